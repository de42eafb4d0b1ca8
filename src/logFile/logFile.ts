import { createReadStream } from "node:fs";
import type { ReadStream } from "node:fs";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";

/** Large enough that the reading, not the asking for it, takes the time. */
const CHUNK_BYTES = 1_048_576;

/**
 * The bytes of a log on a disk, in chunks: `.gz` and `.zst` are read as what they hold. With each chunk `read` is
 * told how many bytes of the file were read for it, from the beginning. Throws what reading throws; the file is
 * closed after the last chunk, and when no more are asked for.
 */
export async function* logFileChunks(
  file: string,
  read: (bytes: number) => void = () => undefined,
): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  try {
    for await (const chunk of contentOf(file, source)) {
      read(source.bytesRead);
      yield chunk;
    }
  } finally {
    source.destroy();
  }
}

/** Why a log cannot be read, in a few words. */
export function readProblem(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : null;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "it may not be read";
    default:
      // Those of the unpacking begin with Z_; its other errors have no code.
      return typeof code === "string" && !code.startsWith("Z_") ? code : "it is damaged";
  }
}

/** What a stream gives that is bytes: all that a stream without an encoding gives. */
export async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}

function contentOf(file: string, source: ReadStream): AsyncIterable<Uint8Array> {
  if (file.endsWith(".gz")) return gunzipped(source);
  return file.endsWith(".zst") ? unzstd(source) : bytesOf(source);
}

async function* gunzipped(source: ReadStream): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  yield* bytesOf(source.pipe(gunzip));
}

async function* unzstd(source: ReadStream): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of bytesOf(source)) {
    stream.push(chunk);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(), true);
  yield* ready.splice(0);
}
