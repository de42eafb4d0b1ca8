// Makes the VSIX from a minified build. With --check: says whether it holds just what it should, and how large it is.
import { spawnSync } from "node:child_process";
import { stat, mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createVSIX, listFiles } from "@vscode/vsce";

const root = path.resolve(import.meta.dirname, "..");
const isCheck = process.argv.includes("--check");

/** All that may be in the package, each with the most bytes that it may have. */
const BUDGET_KIB = {
  // 40 of them are the rows of distributions' kernels with their sources, which a verdict shows; 65 the formats of
  // logs; 30 guests of one's own and from a kernel's source; 75 logs by boot, explained and as problems; 50 short
  // answers, the story of a log and the feature table.
  "dist/web/extension.js": 432,
  // What Node adds to it: files of any size, and .gz and .zst unpacked.
  "dist/extension.js": 24,
  "dist/featureTable.js": 40,
  "dist/logExplanation.js": 24,
  "media/webview.css": 8,
  "media/featureTable.css": 12,
  "media/logExplanation.css": 8,
  "media/featureTable.svg": 2,
  "media/logExplanation.svg": 2,
  "media/icon.png": 32,
  "media/walkthrough/decode.svg": 2,
  "media/walkthrough/explain.svg": 2,
  "media/walkthrough/hover.svg": 2,
  "media/walkthrough/kernel.svg": 4,
  "samples/azure-guest.log": 2,
  "samples/booted-guest.log": 2,
  "samples/guest.c": 2,
  "samples/host.log": 2,
  "samples/refused-guest.log": 2,
  "schemas/guests.schema.json": 8,
  "CHANGELOG.md": 32,
  LICENSE: 4,
  "README.md": 32,
  "THIRD_PARTY_NOTICES.md": 4,
  // A third of it are the settings with their schema; commands, menus and the walkthrough are the rest.
  "package.json": 24,
};
/** Most of it is the bundle that both extension hosts run. */
const VSIX_BUDGET_KIB = 215;

const built = spawnSync(process.execPath, [path.join(root, "build/bundle.mjs"), "--release"], {
  stdio: "inherit",
});
if (built.status !== 0) process.exit(1);

const folder = await mkdtemp(path.join(os.tmpdir(), "sev-status-vsix-"));
const vsix = path.join(isCheck ? folder : root, "sev-status.vsix");
// The same sources give the same bytes, whenever they are packed.
process.env["SOURCE_DATE_EPOCH"] ??= "0";
try {
  await createVSIX({
    cwd: root,
    packagePath: vsix,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const complaints = await complaintsAbout(vsix);
  for (const complaint of complaints) console.error(`package: ${complaint}`);
  if (complaints.length > 0) process.exitCode = 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** What is wrong with the package: files too many, too few or too large. */
async function complaintsAbout(packagePath) {
  const complaints = [];
  const files = await listFiles({ cwd: root, packageManager: 0 });
  for (const file of files) {
    if (!(file in BUDGET_KIB))
      complaints.push(`${file} is in it, and nothing says that it should be.`);
  }
  for (const [file, most] of Object.entries(BUDGET_KIB)) {
    if (!files.includes(file)) {
      complaints.push(`${file} is missing.`);
      continue;
    }
    const { size } = await stat(path.join(root, file));
    console.log(`  ${file}: ${(size / 1024).toFixed(1)} of ${most} KiB`);
    if (size > most * 1024) complaints.push(`${file} has ${size} bytes, more than ${most} KiB.`);
  }
  const { size } = await stat(packagePath);
  console.log(`  the package: ${(size / 1024).toFixed(1)} of ${VSIX_BUDGET_KIB} KiB`);
  if (size > VSIX_BUDGET_KIB * 1024) complaints.push(`the package has ${size} bytes.`);
  return complaints;
}
