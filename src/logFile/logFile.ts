import { open } from "node:fs/promises";
import { internalProblem } from "../decoder/text/quoted";
import { DamagedFile } from "./damaged";
import { gunzipped } from "./gzip";
import { utf8Chunks } from "./utf16";
import { unzstd } from "./zstd";

/** Bytes of a chunk: large enough to cost few calls, small enough for a processor's cache. */
const CHUNK_BYTES = 256 * 1024;

/** Receives how many bytes of the file were read so far. */
type Progress = (bytes: number) => void;

/**
 * The bytes of a log on a disk, in chunks, each of which keeps them until the next one is asked for: `.gz` and `.zst`
 * are read as what they hold, all of it that can be unpacked, and UTF-16 as UTF-8. `read` is told how far the file was
 * read. Throws what reading throws, after all that came before; the file is closed after the last chunk, and when no
 * more are asked for.
 */
export function logFileChunks(
  file: string,
  read: Progress = () => undefined,
): AsyncGenerator<Uint8Array> {
  return utf8Chunks(unpacked(file, plain(file, read)));
}

function unpacked(file: string, bytes: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (file.endsWith(".gz")) return gunzipped(bytes);
  return file.endsWith(".zst") ? unzstd(bytes) : bytes;
}

/** The bytes of a log that comes by a stream, UTF-16 as UTF-8. */
export function streamChunks(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  return utf8Chunks(bytesOf(stream));
}

/** A file without unpacking; every chunk reuses the same memory. */
async function* plain(file: string, read: Progress): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(CHUNK_BYTES);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer);
      if (bytesRead === 0) return;
      bytes += bytesRead;
      read(bytes);
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Why a file cannot be read, in a few words; "internal" for any other error. */
export function readProblem(error: unknown): string {
  if (error instanceof DamagedFile) return error.message;
  const code = error instanceof Error && "code" in error ? error.code : null;
  switch (code) {
    case "ENOENT":
      return "there is no such file";
    case "ELOOP":
      return "its symbolic links lead in a circle";
    case "EISDIR":
      return "it is a folder";
    case "EACCES":
    case "EPERM":
      return "it may not be read";
    case "ERR_FS_FILE_TOO_LARGE":
      return "it is too large";
    default:
      // System errors have such codes; Node's own begin with ERR_.
      return typeof code === "string" && /^E(?!RR_)[A-Z0-9]+$/u.test(code)
        ? code
        : internalProblem(error);
  }
}

/** Narrows the type of the chunks: a stream without an encoding yields only bytes. */
async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) if (chunk instanceof Uint8Array) yield chunk;
}
