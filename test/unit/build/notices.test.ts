import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { bundledPackages, noticeComplaints } from "../../../build/notices.mjs";

const ROOT = path.resolve(__dirname, "../../..");

function textOf(file: string): string {
  return readFileSync(path.join(ROOT, file), "utf8");
}

/** esbuild's metafile for a file with these sources. */
function built(file: string, ...sources: readonly string[]) {
  const inputs = Object.fromEntries(sources.map((source) => [source, { bytesInOutput: 1 }]));
  return { outputs: { [file]: { inputs } } };
}

describe("the packages in shipped files", () => {
  it("are known by the paths of their sources", () => {
    const metafiles = [
      built("dist/cli.js", "src/cli/main.ts", "node_modules/fzstd/esm/index.mjs"),
      built("dist/extension.js", "../../node_modules/@a/b/node_modules/@c/d/index.js"),
      built("dist/web.js", "node_modules/fzstd/esm/index.mjs", "node_modules/fzstd/esm/more.mjs"),
    ];
    assert.deepEqual(
      bundledPackages(metafiles),
      new Map([
        ["fzstd", new Set(["dist/cli.js", "dist/web.js"])],
        ["@c/d", new Set(["dist/extension.js"])],
      ]),
    );
  });

  it("are not those of which nothing is left in the file", () => {
    const inputs = { "node_modules/fzstd/esm/index.mjs": { bytesInOutput: 0 } };
    assert.deepEqual(bundledPackages([{ outputs: { "dist/cli.js": { inputs } } }]), new Map());
  });
});

describe("the notices", () => {
  const metafiles = [
    built("dist/cli.js", "node_modules/fzstd/esm/index.mjs"),
    built("dist/extension.js", "node_modules/fzstd/esm/index.mjs"),
  ];

  it("name each package, with the files that contain it", () => {
    const notices = "# Notices\n\n## fzstd\n\nIn `dist/cli.js` and `dist/extension.js`.\n";
    assert.deepEqual(noticeComplaints(metafiles, notices), []);
  });

  it("are wrong without a package", () => {
    assert.deepEqual(noticeComplaints(metafiles, "# Notices\n\nfzstd is not among them.\n"), [
      'THIRD_PARTY_NOTICES.md has no section "## fzstd" with its licence.',
    ]);
  });

  it("are wrong without a file", () => {
    assert.deepEqual(noticeComplaints(metafiles, "## fzstd\n\nIn `dist/cli.js`.\n"), [
      "THIRD_PARTY_NOTICES.md does not say that dist/extension.js contains fzstd.",
    ]);
  });

  it("are wrong with a package that is not there", () => {
    assert.deepEqual(noticeComplaints([], "## fzstd\n"), [
      "THIRD_PARTY_NOTICES.md names fzstd, which no shipped file contains.",
    ]);
  });

  it("of this project hold fzstd's licence to the word, and are part of the VSIX", () => {
    const quoted = textOf("THIRD_PARTY_NOTICES.md").replaceAll(/^> ?/gmu, "");
    assert.ok(quoted.includes(textOf("node_modules/fzstd/LICENSE").trim()));
    assert.match(textOf(".vscodeignore"), /^!THIRD_PARTY_NOTICES\.md$/mu);
  });
});
