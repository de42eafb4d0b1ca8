// How long a hover at the end of a large document takes.
import { decoderModule } from "../build/decoderModule.mjs";
import { kernelLog, samples } from "./kernelLog.mjs";

const DOCUMENT_BYTES = 50_000_000;
/** How many lines the editor reads before it lets others work. */
const LINES_AT_ONCE = 50;
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
  const { DocumentBoots, tokensOn } = await decoderModule("boot/document");
  const lines = [...kernelLog(DOCUMENT_BYTES)].join("").trimEnd().split("\n");
  const telling = samples().flatMap((sample) => sample.split("\n"));
  const ordinaryEnd = lines.length;
  lines.push(...telling);
  const log = new DocumentBoots(lines.length);
  while (!log.isRead) log.read((/** @type {number} */ number) => lines[number], LINES_AT_ONCE);
  return [
    ["ordinary lines", ordinaryEnd - 1000, ordinaryEnd],
    ["the telling lines", ordinaryEnd, lines.length],
  ].map(([on, first, end]) => ({
    on,
    ...percentiles((count) => {
      const line = first + (count % (end - first));
      return tokensOn(log, line, lines[line]);
    }),
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
