// Runs every `$ sev-status …` that the documentation shows and puts in what it prints now.
// A block that ends in […] keeps as many lines as it has. Makes the page of doubts anew.
import { spawnSync } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { decoderModule } from "./decoderModule.mjs";
import { doubtsPage } from "./doubtsPage.mjs";

const root = path.resolve(import.meta.dirname, "..");
const CUT = "[…]";
const RUN = /(?<=```console\n\$ sev-status )(?<args>[^\n]*)\n(?<shown>[^`]*)(?=\n```)/gu;

for (const page of ["README.md", "docs/cli.md"]) {
  const file = path.join(root, page);
  const text = await readFile(file, "utf8");
  await writeFile(
    file,
    text.replaceAll(RUN, (_, args, shown) => `${args}\n${printed(args, shown)}`),
  );
}

const { DOUBTS } = await decoderModule("doubts/index");
await writeFile(path.join(root, "docs/doubts.md"), await doubtsPage(DOUBTS));

function printed(args, shown) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [path.join(root, "dist/cli.js"), ...args.split(" ")],
    { encoding: "utf8" },
  );
  const output = `${stderr}${stdout}`.trimEnd();
  if (!shown.endsWith(CUT)) return output;
  const lines = shown.split("\n").length - 1;
  return [...output.split("\n").slice(0, lines), CUT].join("\n");
}
