// Executes the check of Debian's kernel images in an emulator, and compares with `check`: npm run test:real-kernels
// Fetches images on each side of each change of the check with apt, into the cache folder; needs no root and installs
// nothing. What is missing is named in one sentence, and is a failure. The last line is "N passed, N failed".
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { decoderModule } from "./decoderModule.mjs";
import { missingPackages, offeredImages, vmlinuzOf } from "./realKernels/images.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const EMULATOR = path.join(import.meta.dirname, "realKernels", "emulate.py");
const CLI = path.join(ROOT, "dist", "cli.js");

/** Of UEFI, with which the stub goes back to the firmware. */
const EFI_UNSUPPORTED = "0x8000000000000003";

/** No SEV, no SEV-SNP, then features alone and together; all ones show the whole mask of what is refused. */
const STATUSES = [
  ...["0x0", "0x3", "0x7", "0x87", "0x807", "0x887", "0x27", "0x8007", "0x10007", "0x24307"],
  ...["0x40007", "0x800007", "0x1000007", "0xffffffffffffffff"],
];
/** On both paths. */
const BOTH = [...STATUSES, ...randomStatuses(4)].map((status) => `${status}:2`);
/** @type {readonly string[]} PATH:STATUS:VERSION, with `:dirty` where the memory behind the image is not zero */
const RUNS = [
  ...BOTH.map((run) => `decompressor:${run}`),
  ...["0x3:1", "0x7:1", "0x807:1", "0x3:2:dirty", "0x7:2:dirty"].map(
    (run) => `decompressor:${run}`,
  ),
  ...BOTH.map((run) => `efi-stub:${run}`),
  // Here the whole kernel is decompressed first, which takes half a minute.
  "efi-stub:0x7:1",
];

/**
 * Values with SEV-SNP on and other features at random, the same in each run of the test.
 * @param {number} count
 */
function randomStatuses(count) {
  let state = 0x2545f491n;
  const next = () =>
    (state = (state * 6364136223846793005n + 1442695040888963407n) & (2n ** 64n - 1n));
  return Array.from({ length: count }, () => `0x${((next() & next() & next()) | 7n).toString(16)}`);
}

let passed = 0;
let failed = 0;
try {
  await main();
} catch (error) {
  failed++;
  console.error(error instanceof Error ? error.message : String(error));
}
console.log(`${passed} passed, ${failed} failed`);
if (failed > 0) process.exitCode = 1;

async function main() {
  const missing = missingPackages();
  if (missing.length > 0)
    throw new Error(
      `Kernels cannot be executed here without Debian's packages ${missing.join(", ")}: install them with apt.`,
    );
  const built = spawnSync(process.execPath, ["build/bundle.mjs"], { cwd: ROOT, stdio: "inherit" });
  if (built.status !== 0) throw new Error("The command line was not built.");
  const { guestProfile } = await decoderModule("guest/profile");
  const images = chosenImages(offeredImages(), guestProfile);
  if (images.length < 4)
    throw new Error(`Debian's suites offer only ${images.length} of the kernels to test.`);
  for (const image of images) test(image);
}

/**
 * The first and the last of the releases in a row that do the same: both sides of each change.
 * @param {readonly import("./realKernels/images.mjs").Image[]} offered
 * @param {(text: string) => any} guestProfile
 */
function chosenImages(offered, guestProfile) {
  const sorted = offered
    .map((image) => ({ ...image, does: behaviourOf(guestProfile(image.release)) }))
    .sort((a, b) => a.release.localeCompare(b.release, "en", { numeric: true }));
  return sorted.filter(
    ({ does }, at) => does !== sorted[at - 1]?.does || does !== sorted[at + 1]?.does,
  );
}

function behaviourOf({ snpGuest, check, bugs = [] }) {
  const ids = bugs.map(({ id }) => id);
  return JSON.stringify([snpGuest, check, ids], (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
}

/** @param {import("./realKernels/images.mjs").Image} image */
function test(image) {
  const before = failed;
  let count = 0;
  try {
    const [{ banner }, ...runs] = executed(vmlinuzOf(image));
    assert.equal(runs.length, RUNS.length);
    for (const run of runs) {
      const wanted = expected(`Linux version ${banner}`, run);
      try {
        assert.deepEqual(run, wanted);
        passed++;
        count++;
      } catch {
        failed++;
        console.error(
          `  FAILED  ${image.release}: check ${JSON.stringify(wanted)}, kernel ${JSON.stringify(run)}`,
        );
      }
    }
  } catch (error) {
    failed++;
    console.error(
      `  FAILED  ${image.release}: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
  if (failed === before) console.log(`  ok  ${image.release}: ${count} runs`);
}

/** @param {string} file */
function executed(file) {
  const { status, stdout, stderr } = spawnSync(
    "/usr/bin/python3",
    ["-B", EMULATOR, file, ...RUNS],
    {
      encoding: "utf8",
      maxBuffer: 1 << 24,
    },
  );
  if (status !== 0) throw new Error(`the emulator ended with ${status}: ${stderr.trim()}`);
  return stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** What a run leaves behind that ends as `check` says. */
function expected(guest, { boot, sevStatus, ghcbVersion, dirty = false }) {
  const asked = { boot, sevStatus, ghcbVersion, ...(dirty ? { dirty } : {}) };
  const args = ["--guest", guest, "--boot", boot, "--ghcb-version", String(ghcbVersion)];
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [CLI, "check", sevStatus, ...args, "--advise", "--json"],
    { encoding: "utf8" },
  );
  if (stdout === "") throw new Error(stderr);
  const { verdict, advice } = JSON.parse(stdout);
  const bug = advice.bugs.find(({ effect }) => effect === "may-end");
  if (dirty && bug !== undefined)
    return { ...asked, outcome: "terminates", how: "ghcb-msr", ghcbMsr: short(bug.ghcbMsr) };
  // A kernel without the check goes on too, whatever becomes of it.
  if (verdict.outcome !== "refuses") return { ...asked, outcome: "boots" };
  if (verdict.how === "ghcb-msr-termination")
    return { ...asked, outcome: "terminates", how: "ghcb-msr", ghcbMsr: short(verdict.ghcbMsr) };
  if (verdict.how === "efi-unsupported")
    return { ...asked, outcome: "exits", efiStatus: EFI_UNSUPPORTED, console: verdict.message };
  assert.equal(verdict.how, "ghcb-termination");
  return {
    ...{ ...asked, outcome: "terminates", how: "ghcb", exitCode: "0x8000fffe" },
    ...{ exitInfo1: short(verdict.exitInfo1), exitInfo2: short(verdict.exitInfo2) },
  };
}

/** @param {string} hex with leading zeros */
function short(hex) {
  return `0x${BigInt(hex).toString(16)}`;
}
