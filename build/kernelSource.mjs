// Reads the kernel sources that Debian packages, whole and damaged: npm run test:kernel-source
// Fetches linux-source-6.1 and linux-source-6.12 with apt into a temporary folder, extracts only the files that are
// read, and compares with the catalog. The last line is "N passed, N failed".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");
const BRANCHES = ["6.1", "6.12"];
const SEV = "arch/x86/boot/compressed/sev.c";
const MSR_INDEX = "arch/x86/include/asm/msr-index.h";
const IDENT_MAP = "arch/x86/boot/compressed/ident_map_64.c";
const DECLARATIONS = [
  "arch/x86/boot/compressed/misc.h",
  "arch/x86/include/asm/sev.h",
  "drivers/firmware/efi/libstub/x86-stub.c",
];

const { SOURCE_FILES, sourceTreeGuest, guestProfile } = await decoder();
const folder = mkdtempSync(path.join(tmpdir(), "kernel-source-"));
let passed = 0;
let failed = 0;
try {
  for (const branch of BRANCHES) readBranch(branch);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

/** @param {string} branch */
function readBranch(branch) {
  /** @type {Map<string, string>} */
  let tree;
  try {
    tree = fetchTree(branch);
  } catch (error) {
    failed++;
    console.error(error instanceof Error ? error.message : String(error));
    return;
  }
  const release = guestOf(tree).id.replace("source:", "");
  console.log(`linux-source-${branch}: Linux ${release}`);
  test("has the masks and boot paths that the catalog has for its release", () => {
    const known = guestProfile(release);
    assert.equal(known.distribution, null);
    assert.deepEqual(guestOf(tree).check, known.check);
  });
  test("names the lines that were read", () => {
    const { sources, verification } = guestOf(tree);
    assert.equal(verification, "verified");
    assert.ok(sources.length >= 5);
    for (const source of sources.slice(1)) assert.match(source, /^(?:arch|drivers)\/.+:\d+$/u);
  });
  test("has the same masks with the names of 7.1", () => {
    const renamed = edited(tree, SEV, (text) =>
      text.replaceAll("SNP_FEATURES_PRESENT", "SNP_FEATURES_IMPL"),
    );
    assert.deepEqual(guestOf(renamed).check, guestOf(tree).check);
  });
  test("has no check once it is removed", () => {
    let removed = edited(tree, SEV, (text) => {
      const start = text.indexOf("#define SNP_FEATURES_IMPL_REQ");
      const check = text.indexOf("void snp_check_features(void)");
      return text.slice(0, start) + text.slice(text.indexOf("\n}\n", check) + 3);
    });
    for (const file of [IDENT_MAP, ...DECLARATIONS]) {
      removed = edited(removed, file, (text) =>
        text
          .replaceAll("snp_get_unsupported_features", "nothing_of_that")
          .replaceAll("snp_check_features", "nothing_of_that"),
      );
    }
    const guest = guestOf(removed);
    assert.equal(guest.snpGuest, true);
    assert.equal(guest.check, null);
  });
  test("is told by file and line where the check's definition alone is removed", () => {
    const cut = edited(tree, SEV, (text) =>
      text.replaceAll("snp_check_features", "check_of_another_name"),
    );
    assert.match(
      problemOf(cut),
      /^arch\/x86\/boot\/compressed\/\S+:\d+: "snp_check_features" is named here/u,
    );
  });
  test("is told by file and line where a bracket is not closed", () => {
    const cut = edited(tree, SEV, (text) =>
      text.replace("MSR_AMD64_SNP_RESERVED_MASK)", "MSR_AMD64_SNP_RESERVED_MASK"),
    );
    assert.match(problemOf(cut), /sev\.c:\d+: expected "\)" and found the end of the line/u);
  });
  test("is told by file and line where a bit is not defined", () => {
    const cut = edited(tree, MSR_INDEX, (text) =>
      text.replace("#define MSR_AMD64_SNP_ALT_INJ\t", "#define MSR_AMD64_SNP_ALT\t"),
    );
    assert.match(problemOf(cut), /sev\.c:\d+: "MSR_AMD64_SNP_ALT_INJ" is not defined/u);
  });
  for (const file of ["Makefile", MSR_INDEX, SEV]) {
    test(`is told where ${file} is missing`, () => {
      const cut = new Map(tree);
      assert.ok(cut.delete(file));
      assert.equal(problemOf(cut), `${file}: there is no such file in the tree.`);
    });
  }
}

/**
 * The files of a branch's newest source package that are read.
 * @param {string} branch
 * @returns {Map<string, string>}
 */
function fetchTree(branch) {
  const name = `linux-source-${branch}`;
  if (
    !runs("apt-get", ["download", name]) &&
    !(runs("apt-get", ["update"]) && runs("apt-get", ["download", name]))
  ) {
    throw new Error(`apt has no package ${name} here, so that its source cannot be read.`);
  }
  const file = readdirSync(folder).find((one) => one.startsWith(`${name}_`));
  const wanted = SOURCE_FILES.map((one) => `${name}/${one}`);
  // tar also fails where a branch does not have one of the files: what must be there is looked for below.
  const script = `set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -xO "./usr/src/$2.tar.xz" | tar -xJ "\${@:3}"`;
  runs("bash", ["-c", script, "extract", file, name, ...wanted]);
  const tree = new Map(
    SOURCE_FILES.flatMap((one) => {
      const text = textOf(path.join(folder, name, one));
      return text === null ? [] : [[one, text]];
    }),
  );
  if (!tree.has(MSR_INDEX)) throw new Error(`${file} does not have ${MSR_INDEX}.`);
  return tree;
}

/**
 * Whether a program ends well in the temporary folder.
 * @param {string} program
 * @param {readonly string[]} args
 */
function runs(program, args) {
  return spawnSync(program, args, { cwd: folder, stdio: "ignore" }).status === 0;
}

/** @param {string} file */
function textOf(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

/**
 * A tree with a file's text changed, which must make a difference.
 * @param {Map<string, string>} tree
 * @param {string} file
 * @param {(text: string) => string} edit
 */
function edited(tree, file, edit) {
  const text = tree.get(file) ?? "";
  const after = edit(text);
  assert.notEqual(after, text, `${file} is not what the test expects`);
  return new Map(tree).set(file, after);
}

/** @param {Map<string, string>} tree */
function resultOf(tree) {
  return sourceTreeGuest((file) => tree.get(file) ?? null, { id: null, secureAvic: false });
}

/** @param {Map<string, string>} tree */
function guestOf(tree) {
  const result = resultOf(tree);
  assert.ok(result.ok, result.problem);
  return result.profile;
}

/** @param {Map<string, string>} tree */
function problemOf(tree) {
  const result = resultOf(tree);
  assert.ok(!result.ok, "it was read");
  return result.problem;
}

/**
 * @param {string} title
 * @param {() => void} body
 */
function test(title, body) {
  try {
    body();
    passed++;
    console.log(`  ok  ${title}`);
  } catch (error) {
    failed++;
    console.error(`  FAILED  ${title}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The decoder as it is shipped, bundled into memory. */
async function decoder() {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    stdin: {
      contents: `export { SOURCE_FILES, sourceTreeGuest } from "./src/decoder/guest/sourceTree";
export { guestProfile } from "./src/decoder/guest/profile";`,
      resolveDir: ROOT,
      loader: "ts",
    },
    bundle: true,
    format: "esm",
    write: false,
  });
  const [{ text }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
