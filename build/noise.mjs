// Scans ordinary text for values that are not there: npm run test:noise [FOLDER...]
// Reads 200 MB or more of source code, documentation and logs that the machine has, and says how much it was of what.
// A Linux banner is a finding by the contract wherever it stands: banners are named, and are no noise.
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { decoderModule } from "./decoderModule.mjs";

const ROOT = path.resolve(import.meta.dirname, "..");
const FOLDERS = ["node_modules", "/usr/src", "/usr/include", "/usr/share", "/usr/lib", "/var/log"];
/** How many kinds of text the summary names, the largest first. */
const KINDS_NAMED = 12;
const MEGABYTE = 1_000_000;
const WANTED = 200 * MEGABYTE;
const LARGEST = 64 * MEGABYTE;

/** The folders to read: those given, else what a Linux machine has. */
const folders = process.argv.length > 2 ? process.argv.slice(2) : FOLDERS;

const { LogReader } = await decoderModule("log/scan/logReader");
let read = 0;
let files = 0;
let findings = 0;
let banners = 0;
/** @type {Map<string, number>} bytes by the file's extension */
const kinds = new Map();
for (const folder of folders) {
  const before = read;
  for (const file of textFiles(path.resolve(ROOT, folder))) scan(file);
  console.log(`${folder}: ${((read - before) / MEGABYTE).toFixed(1)} MB`);
}
const largest = [...kinds].sort(([, a], [, b]) => b - a).slice(0, KINDS_NAMED);
console.log(
  largest.map(([kind, bytes]) => `${kind} ${(bytes / MEGABYTE).toFixed(1)} MB`).join(", "),
);
console.log(
  `${files} files, ${(read / MEGABYTE).toFixed(1)} MB, ${findings} findings, ${banners} Linux banners`,
);
if (findings > 0 || read < WANTED) process.exitCode = 1;

/** @param {string} folder */
function* textFiles(folder) {
  let entries;
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  } catch {
    return;
  }
  for (const entry of entries) if (entry.isFile()) yield path.join(entry.parentPath, entry.name);
}

/** @param {string} file */
function scan(file) {
  let bytes;
  try {
    if (statSync(file).size > LARGEST) return;
    bytes = readFileSync(file);
  } catch {
    return;
  }
  // What holds NUL bytes near its beginning is a program or a picture.
  if (bytes.subarray(0, 4096).includes(0)) return;
  read += bytes.length;
  files += 1;
  const kind = path.extname(file) || "no extension";
  kinds.set(kind, (kinds.get(kind) ?? 0) + bytes.length);
  const found = [];
  const reader = new LogReader(new TextDecoder(), (event) => {
    for (const match of event.found) found.push(match);
  });
  reader.push(bytes);
  reader.end();
  const bannersHere = found.filter(({ fact }) => fact.kind === "guest-kernel").length;
  banners += bannersHere;
  findings += found.length - bannersHere;
  for (const { line, fact, text } of found) {
    console.log(`${file}:${line + 1}: ${fact.kind} ${JSON.stringify(text)}`);
  }
}
