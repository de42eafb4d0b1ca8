import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { Decompress } from "fzstd";

/** Where a log is read from; `name` is null for standard input. */
export interface LogInput {
  readonly name: string | null;
  /** Its bytes; a chunk keeps them until the next one is asked for. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** The log of an operand: `-` is standard input, `.gz` and `.zst` are read as what they hold. */
export function logInput(operand: string): LogInput {
  return operand === "-"
    ? { name: null, chunks: standardInput }
    : { name: operand, chunks: () => fileChunks(operand) };
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
      return typeof code === "string" ? code : "it is damaged";
  }
}

async function* standardInput(): AsyncGenerator<Uint8Array> {
  for await (const chunk of process.stdin) if (chunk instanceof Uint8Array) yield chunk;
}

function fileChunks(file: string): AsyncIterable<Uint8Array> {
  if (file.endsWith(".gz")) return gunzipped(file);
  return file.endsWith(".zst") ? unzstd(file) : plain(file);
}

/** A file as it stands, read into the same memory again and again. */
async function* plain(file: string): AsyncGenerator<Uint8Array> {
  const handle = await open(file);
  try {
    const buffer = new Uint8Array(CHUNK_SIZE);
    for (;;) {
      const { bytesRead } = await handle.read(buffer);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

/** Enough that a chunk costs little beside its bytes, little enough to stay in a processor's cache. */
const CHUNK_SIZE = 256 * 1024;

async function* gunzipped(file: string): AsyncGenerator<Uint8Array> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  source.on("error", (error) => gunzip.destroy(error));
  for await (const chunk of source.pipe(gunzip)) if (chunk instanceof Uint8Array) yield chunk;
}

async function* unzstd(file: string): AsyncGenerator<Uint8Array> {
  const ready: Uint8Array[] = [];
  const stream = new Decompress((chunk) => ready.push(chunk));
  for await (const chunk of createReadStream(file)) {
    if (!(chunk instanceof Uint8Array)) continue;
    stream.push(chunk);
    yield* ready.splice(0);
  }
  stream.push(new Uint8Array(), true);
  yield* ready.splice(0);
}
