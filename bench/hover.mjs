// How long a hover at the end of a large document takes.
import { decoderModule } from "../build/decoderModule.mjs";
import { kernelLog, samples } from "./kernelLog.mjs";

const DOCUMENT_BYTES = 50_000_000;
/** Hovers before those that count, and those. */
const WARMING = 2000;
const COUNTED = 20_000;

/**
 * @typedef {object} Hovers
 * @property {string} on which lines
 * @property {number} p50 in ms
 * @property {number} p99 in ms
 */

/** @returns {Promise<Hovers[]>} */
export async function measureHovers() {
  const { recogniseLine } = await decoderModule("log/document/recognise");
  const lines = [...kernelLog(DOCUMENT_BYTES)].join("").trimEnd().split("\n");
  const telling = samples().flatMap((sample) => sample.split("\n"));
  const ordinaryEnd = lines.length;
  lines.push(...telling);
  const at = (/** @type {number} */ number) => lines[number];
  return [
    ["ordinary lines", ordinaryEnd - 1000, ordinaryEnd],
    ["the samples' lines", ordinaryEnd, lines.length],
  ].map(([on, first, end]) => ({
    on,
    ...percentiles((count) => recogniseLine(at, first + (count % (end - first)))),
  }));
}

/** @param {(count: number) => unknown} hover */
function percentiles(hover) {
  for (let count = 0; count < WARMING; count++) hover(count);
  const taken = new Float64Array(COUNTED);
  for (let count = 0; count < COUNTED; count++) {
    const started = performance.now();
    hover(count);
    taken[count] = performance.now() - started;
  }
  taken.sort();
  return { p50: taken[COUNTED / 2], p99: taken[Math.floor(COUNTED * 0.99)] };
}
