import { gunzipped } from "../../../src/logFile/gzip";
import { readProblem } from "../../../src/logFile/logFile";
import { unzstd } from "../../../src/logFile/zstd";

/** What came out of a packed file, and what was wrong with it. */
export interface ReadFile {
  readonly bytes: Buffer;
  readonly problem: string | null;
}

/** Unpacks a file that is read in chunks of at most so many bytes, each into the same memory. */
export async function read(
  kind: "gz" | "zst",
  file: Uint8Array,
  most = 256 * 1024,
): Promise<ReadFile> {
  const chunks: Uint8Array[] = [];
  const source = inChunks(file, most);
  try {
    for await (const chunk of kind === "gz" ? gunzipped(source) : unzstd(source))
      chunks.push(Buffer.from(chunk));
    return { bytes: Buffer.concat(chunks), problem: null };
  } catch (error) {
    return { bytes: Buffer.concat(chunks), problem: readProblem(error) };
  }
}

/** The text of a zstd file, and what was wrong with it. */
export async function zstd(file: Uint8Array): Promise<{ text: string; problem: string | null }> {
  const { bytes, problem } = await read("zst", file);
  return { text: bytes.toString(), problem };
}

async function* inChunks(file: Uint8Array, most: number): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(most);
  for (let start = 0; start < file.length; start += most) {
    await Promise.resolve();
    const chunk = file.subarray(start, start + most);
    buffer.set(chunk);
    yield buffer.subarray(0, chunk.length);
    buffer.fill(0xff);
  }
}
