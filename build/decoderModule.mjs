import path from "node:path";
import { build } from "esbuild";

const ROOT = path.resolve(import.meta.dirname, "..");

/**
 * A module of the decoder as it is shipped, bundled into memory.
 * @param {string} name of a file in src/decoder, without its ending
 */
export async function decoderModule(name) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`src/decoder/${name}.ts`],
    bundle: true,
    format: "esm",
    write: false,
  });
  const [{ text }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString("base64")}`);
}
