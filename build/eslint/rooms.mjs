// An ESLint plugin for the order of the rooms (docs/architecture.md). Type-only imports count like any other.
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import ts from "typescript";

/**
 * The rooms of src/ in order: each may import those above it. A room is a folder or a file without its extension. Rooms
 * of one row know nothing of each other; with `/*` every file and folder in there is such a room.
 */
export const ROOMS = [
  ["src/decoder/text"],
  ["src/decoder/features"],
  ["src/decoder/ghcb"],
  ["src/decoder/register"],
  ["src/decoder/topics"],
  ["src/decoder/source"],
  ["src/decoder/guest"],
  ["src/decoder/log/software"],
  ["src/decoder/log/notices"],
  ["src/decoder/log/finding"],
  ["src/decoder/log/tokenRegister"],
  ["src/decoder/log/line"],
  ["src/decoder/log/formats/format"],
  ["src/decoder/log/formats/kit"],
  ["src/decoder/log/formats/*"],
  [
    "src/decoder/log/formats/index",
    "src/decoder/log/formats/host",
    "src/decoder/log/formats/marks",
  ],
  ["src/decoder/log/formats/match"],
  ["src/decoder/log/scan"],
  ["src/decoder/log/document"],
  ["src/decoder/boot"],
  ["src/decoder/doubts"],
  ["src/decoder/report/phrase"],
  ["src/decoder/report/problem", "src/decoder/report/report"],
  ["src/decoder/report/glance"],
  ["src/decoder/report/render"],
  ["src/decoder/report/guest"],
  ["src/decoder/report/value"],
  ["src/decoder/report/boot"],
  ["src/decoder/report/editor"],
  ["src/logFile", "src/pages"],
  ["src/extension", "src/cli"],
];

/** Rooms that only these may import, besides themselves. */
export const ONLY = {
  "src/logFile": ["src/extension/nodeHost", "src/cli"],
  "src/pages": ["src/extension"],
};

/** @typedef {{ readonly room: string, readonly row: number }} Place */

/**
 * The room of a file: the longest name that fits. The path is from the project's folder, with `/`.
 *
 * @param {string} file
 * @returns {Place | null}
 */
export function placeOf(file) {
  const bare = file.replace(/\.ts$/u, "");
  let best = null;
  for (const [row, rooms] of ROOMS.entries())
    for (const name of rooms) {
      const folder = name.replace(/\/\*$/u, "");
      if (!isIn(bare, folder)) continue;
      if (best !== null && folder.length <= best.length) continue;
      const [child] = bare.slice(folder.length + 1).split("/");
      best = { row, room: folder === name ? name : `${folder}/${child}`, length: folder.length };
    }
  return best === null ? null : { room: best.room, row: best.row };
}

/** Whether a path is a room, or stands in it. */
function isIn(bare, room) {
  return bare === room || bare.startsWith(`${room}/`);
}

/** Why one file may not import another; null where it may. */
export function complaintOf(from, to) {
  const importer = placeOf(from);
  const imported = placeOf(to);
  if (importer === null || imported === null)
    return `"${importer === null ? from : to}" is in no room: add its room to build/eslint/rooms.mjs.`;
  if (importer.room === imported.room) return null;
  const only = ONLY[imported.room];
  if (only !== undefined && !only.some((room) => isIn(from.replace(/\.ts$/u, ""), room)))
    return `Only ${only.join(" and ")} may import ${imported.room}.`;
  if (importer.row === imported.row)
    return `${importer.room} and ${imported.room} may not import each other.`;
  return importer.row < imported.row
    ? `${importer.room} comes before ${imported.room} and may not import it.`
    : null;
}

/** The file that a relative import means, with its whole path; null for a package. */
function resolve(from, specifier) {
  if (!specifier.startsWith(".")) return null;
  const target = path.resolve(path.dirname(from), specifier);
  const files = [`${target}.ts`, path.join(target, "index.ts"), target];
  return files.find((file) => existsSync(file)) ?? `${target}.ts`;
}

/** Imports of files as they were when they were read: an editor keeps this for as long as it lints. */
const read = new Map();

function importsOf(file) {
  const { mtimeMs = null } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs === null || !file.endsWith(".ts")) return [];
  const known = read.get(file);
  if (known?.mtimeMs === mtimeMs) return known.imports;
  const { importedFiles } = ts.preProcessFile(readFileSync(file, "utf8"));
  const imports = importedFiles
    .map(({ fileName }) => resolve(file, fileName))
    .filter((one) => one !== null);
  read.set(file, { mtimeMs, imports });
  return imports;
}

/** The shortest way by imports from one file to another, both included; null where there is none. */
function wayBetween(first, last) {
  const before = new Map([[first, null]]);
  // A map is gone through in the order in which it grows.
  for (const [file] of before) {
    if (file === last) {
      const way = [];
      for (let step = file; step !== null; step = before.get(step)) way.unshift(step);
      return way;
    }
    for (const next of importsOf(file)) if (!before.has(next)) before.set(next, file);
  }
  return null;
}

/** Calls back for each import of a file, whatever its form, with the file that it means. */
function onImports(context, report) {
  const visit = ({ source }) => {
    if (typeof source?.value !== "string") return;
    const file = resolve(context.filename, source.value);
    const message = file === null ? null : report(file);
    if (message !== null) context.report({ node: source, messageId: "why", data: { message } });
  };
  return {
    ImportDeclaration: visit,
    ExportNamedDeclaration: visit,
    ExportAllDeclaration: visit,
    ImportExpression: visit,
    TSImportType: visit,
  };
}

function fromProject(context, file) {
  return path.relative(context.cwd, file).replaceAll(path.sep, "/");
}

const meta = (description) => ({
  type: "problem",
  docs: { description },
  schema: [],
  messages: { why: "{{message}}" },
});

const order = {
  meta: meta("Rooms import only rooms that come before them"),
  create: (context) =>
    onImports(context, (file) => {
      const to = fromProject(context, file);
      return to.startsWith("src/") ? complaintOf(fromProject(context, context.filename), to) : null;
    }),
};

const noCircle = {
  meta: meta("No file imports itself, directly or by others"),
  create: (context) =>
    onImports(context, (file) => {
      const way = wayBetween(file, context.filename);
      if (way === null) return null;
      const files = [context.filename, ...way].map((one) => fromProject(context, one));
      return `The imports go round in a circle: ${files.join(" > ")}.`;
    }),
};

export default { rules: { order, "no-circle": noCircle } };
