// Type-checks every room with its own tsconfig, so that the decoder is compiled with no ambient types at all.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";

const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const projects = ["src/decoder", "src/pages", ".", "test"];

let failed = false;
for (const project of projects) {
  const { status } = spawnSync(process.execPath, [tsc, "-p", project], { stdio: "inherit" });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
