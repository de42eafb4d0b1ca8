import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

/**
 * A module of the tests, such as the driver of the workbench, for scripts that are no tests.
 * @param {string} name of a file in test, without its ending
 */
export async function testModule(name) {
  const outfile = path.join(ROOT, "dist-test", "modules", `${name}.cjs`);
  await build({
    absWorkingDir: ROOT,
    entryPoints: [`test/${name}.ts`],
    outfile,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    packages: "external",
    logLevel: "warning",
  });
  return import(pathToFileURL(outfile).href);
}
