import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import os from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type * as eslint from "eslint";
import type * as tseslint from "typescript-eslint";

const ROOT = path.resolve(__dirname, "../../..");
/** ESLint and its plugin are not bundled into the tests. */
const load = createRequire(path.join(ROOT, "package.json"));

const MOST_FILES = 24;

describe("the lint rules for rooms", () => {
  let project = "";
  let complaints: (file: string) => string[] = () => [];

  before(async () => {
    const { Linter } = load("eslint") as typeof eslint;
    const { parser } = load("typescript-eslint") as typeof tseslint;
    const plugin = pathToFileURL(path.join(ROOT, "build/eslint/rooms.mjs")).href;
    const rooms = ((await import(plugin)) as { default: eslint.ESLint.Plugin }).default;
    project = mkdtempSync(path.join(os.tmpdir(), "sev-status-rooms-"));
    const linter = new Linter({ cwd: project });
    const config: eslint.Linter.Config = {
      files: ["**/*.ts"],
      languageOptions: { parser },
      plugins: { rooms },
      rules: { "rooms/order": "error", "rooms/no-circle": "error" },
    };
    complaints = (file) => {
      const filename = path.join(project, file);
      return linter
        .verify(sources.get(file) ?? "", [config], { filename })
        .map(({ message }) => message);
    };
  });

  after(() => {
    rmSync(project, { recursive: true, force: true });
  });

  const sources = new Map<string, string>();

  /** Writes files, and lints the first one. */
  function lint(files: Readonly<Record<string, string>>): string[] {
    sources.clear();
    rmSync(path.join(project, "src"), { recursive: true, force: true });
    for (const [file, text] of Object.entries(files)) {
      sources.set(file, text);
      mkdirSync(path.dirname(path.join(project, file)), { recursive: true });
      writeFileSync(path.join(project, file), text);
    }
    return complaints(Object.keys(files)[0] ?? "");
  }

  it("accept an import of a room above", () => {
    const files = {
      "src/decoder/guest/check.ts": 'import { bit } from "../text/u64";\nexport const a = bit;\n',
      "src/decoder/text/u64.ts": "export const bit = 1n;\n",
    };
    assert.deepEqual(lint(files), []);
  });

  it("refuse an import of a room below, type-only too", () => {
    for (const text of [
      'import { check } from "../guest/check";\nexport const a = check;\n',
      'import type { Check } from "../guest/check";\nexport type A = Check;\n',
      'export { check } from "../guest/check";\n',
      'export * from "../guest/check";\n',
      'export type A = import("../guest/check").Check;\n',
      'export const a = import("../guest/check");\n',
    ])
      assert.deepEqual(
        lint({ "src/decoder/text/u64.ts": text, "src/decoder/guest/check.ts": "export {};\n" }),
        ["src/decoder/text comes before src/decoder/guest and may not import it."],
        text,
      );
  });

  it("keep the formats of two programs apart, whatever they are called", () => {
    const files = {
      "src/decoder/log/formats/newVmm.ts": 'export * from "./kvm/messages";\n',
      "src/decoder/log/formats/kvm/messages.ts": "export {};\n",
    };
    assert.deepEqual(lint(files), [
      "src/decoder/log/formats/newVmm and src/decoder/log/formats/kvm may not import each other.",
    ]);
  });

  it("keep the two hosts apart", () => {
    const files = {
      "src/cli/main.ts": 'export * from "../extension/extension";\n',
      "src/extension/extension.ts": "export {};\n",
    };
    assert.deepEqual(lint(files), ["src/cli and src/extension may not import each other."]);
  });

  it("leave logs on a disk to the entries that have Node", () => {
    const logFile = { "src/logFile/logFile.ts": "export {};\n" };
    const text = 'export * from "../logFile/logFile";\n';
    assert.deepEqual(lint({ "src/extension/nodeHost.ts": text, ...logFile }), []);
    assert.deepEqual(lint({ "src/cli/scan.ts": text, ...logFile }), []);
    assert.deepEqual(lint({ "src/extension/extension.ts": text, ...logFile }), [
      "Only src/extension/nodeHost and src/cli may import src/logFile.",
    ]);
  });

  it("refuse a file that is in no room", () => {
    const files = {
      "src/misc/helper.ts": 'export * from "../cli/main";\n',
      "src/cli/main.ts": "export {};\n",
    };
    assert.deepEqual(lint(files), [
      '"src/misc/helper.ts" is in no room: add its room to build/eslint/rooms.mjs.',
    ]);
  });

  it("refuse a circle of any length, and name it", () => {
    const files = {
      "src/decoder/guest/a.ts": 'import type { B } from "./b";\nexport type A = B;\n',
      "src/decoder/guest/b.ts": 'export type { C as B } from "./deep";\n',
      "src/decoder/guest/deep/index.ts": 'export type { A as C } from "../a";\n',
    };
    assert.deepEqual(lint(files), [
      "The imports go round in a circle: src/decoder/guest/a.ts > src/decoder/guest/b.ts > src/decoder/guest/deep/index.ts > src/decoder/guest/a.ts.",
    ]);
  });

  it("accept two ways to one file, which are no circle", () => {
    const files = {
      "src/decoder/guest/a.ts": 'export * from "./b";\nexport * from "./c";\n',
      "src/decoder/guest/b.ts": 'export * from "./c";\n',
      "src/decoder/guest/c.ts": "export {};\n",
    };
    assert.deepEqual(lint(files), []);
  });
});

describe("the folders of src", () => {
  it(`have no more than ${MOST_FILES} files each`, () => {
    const counts = new Map<string, number>();
    const entries = readdirSync(path.join(ROOT, "src"), { recursive: true, withFileTypes: true });
    for (const entry of entries)
      if (entry.isFile()) counts.set(entry.parentPath, (counts.get(entry.parentPath) ?? 0) + 1);
    const crowded = [...counts].filter(([, count]) => count > MOST_FILES);
    assert.deepEqual(crowded, [], "a room is missing");
  });
});
