import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { findingsOf } from "../findings";

const ROOT = path.resolve(__dirname, "../../../../..");
const MEGABYTE = 1_000_000;
/** Enough to be ordinary, little enough to be read at every run; `npm run test:noise` reads much more. */
const WANTED = 20 * MEGABYTE;
const TEXT = /\.(?:js|ts|mjs|cjs|json|md|css|html|txt|yml)$/u;

describe("ordinary text", () => {
  it("gives no finding: 20 MB of the sources in node_modules", () => {
    let read = 0;
    for (const entry of readdirSync(path.join(ROOT, "node_modules"), { recursive: true })) {
      if (read >= WANTED) break;
      if (typeof entry !== "string" || !TEXT.test(entry)) continue;
      let text: string;
      try {
        text = readFileSync(path.join(ROOT, "node_modules", entry), "utf8");
      } catch {
        // A folder with such a name.
        continue;
      }
      read += text.length;
      const found = findingsOf(text);
      assert.deepEqual(
        found.map(({ line, fact }) => `${entry}:${line + 1} ${fact.kind}`),
        [],
      );
    }
    console.log(`      read ${(read / MEGABYTE).toFixed(1)} MB of ordinary text`);
    assert.ok(read >= WANTED, "too little text in node_modules");
  });
});
