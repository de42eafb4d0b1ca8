import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { sevStatus } from "./sevStatus";

const ROOT = path.resolve(__dirname, "../../..");
const REFERENCE = "docs/cli.md";
/** Lines left out, in the page's examples. */
const CUT = "[…]";

function read(page: string): string {
  return readFileSync(path.join(ROOT, page), "utf8");
}

/** Every run that a page shows: the arguments, and what they are said to print. */
function shownRuns(page: string): { args: string; output: string }[] {
  return read(page)
    .split("```console\n$ sev-status ")
    .slice(1)
    .map((block) => {
      const [run = ""] = block.split("\n```", 1);
      const end = run.indexOf("\n");
      return { args: run.slice(0, end), output: run.slice(end + 1) };
    });
}

describe("the documentation", () => {
  it("shows runs", () => {
    assert.ok(shownRuns(REFERENCE).length >= 8);
    assert.ok(shownRuns("README.md").length >= 2);
  });

  for (const { args, output } of [...shownRuns(REFERENCE), ...shownRuns("README.md")]) {
    it(`shows what is printed by: sev-status ${args}`, () => {
      const { stdout, stderr } = sevStatus(...args.split(" "));
      const printed = `${stderr}${stdout}`.trimEnd();
      if (!output.endsWith(CUT)) assert.equal(output, printed);
      else {
        const shown = output.slice(0, -CUT.length);
        assert.equal(printed.slice(0, shown.length), shown);
      }
    });
  }

  it("names every option", () => {
    for (const command of ["decode", "check", "scan", "guests", "compare"]) {
      for (const [option] of sevStatus(command, "--help").stdout.matchAll(/--[a-z\d-]+/gu)) {
        assert.ok(read(REFERENCE).includes(`\`${option}`), option);
      }
    }
  });
});
