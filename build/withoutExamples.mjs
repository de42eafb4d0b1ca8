// The formats of logs carry text that they find and text that they must not find, for the tests: none of it is shipped.
import { readFile } from "node:fs/promises";
import ts from "typescript";

const NAMES = new Set(["examples", "nearMisses"]);

/**
 * The source with those lists emptied. Its lines keep their numbers, for source maps.
 *
 * @param {string} source
 */
export function emptied(source) {
  const file = ts.createSourceFile("format.ts", source, ts.ScriptTarget.Latest, true);
  /** @type {ts.ArrayLiteralExpression[]} */
  const lists = [];
  /** @param {ts.Node} node */
  const visit = (node) => {
    if (
      ts.isPropertyAssignment(node) &&
      NAMES.has(node.name.getText()) &&
      ts.isArrayLiteralExpression(node.initializer)
    )
      lists.push(node.initializer);
    else ts.forEachChild(node, visit);
  };
  visit(file);
  return lists.reverse().reduce((text, list) => {
    const [start, end] = [list.getStart(), list.getEnd()];
    const lines = text.slice(start, end).replace(/[^\n]/gu, "");
    return `${text.slice(0, start)}[${lines}]${text.slice(end)}`;
  }, source);
}

/** @type {import("esbuild").Plugin} */
export const withoutExamples = {
  name: "without-examples",
  setup({ onLoad }) {
    // esbuild is a Go program, whose expressions know no flag u.
    onLoad(
      {
        filter: /[\\/]src[\\/]decoder[\\/]log[\\/](?:notices|formats[\\/](?:\w+[\\/])?\w+)\.ts$/,
      },
      async ({ path }) => ({
        contents: emptied(await readFile(path, "utf8")),
        loader: "ts",
      }),
    );
  },
};
