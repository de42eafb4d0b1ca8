import * as vscode from "vscode";
import { quoted } from "../../../decoder/text/quoted";
import type { Target } from "../../../pages/logExplanation/protocol";
import type { LogSource } from "./readLog";
import { UnreadableLog } from "./unreadable";

/** Reads local files of any size, with Node. */
export interface LocalLogs {
  /** The bytes of a file, unpacked where its name says that it is packed; see `logFileChunks`. */
  readonly chunks: (file: string, read: (bytes: number) => void) => AsyncIterable<Uint8Array>;
  /** Why reading failed, in a few words. */
  readonly problem: (error: unknown) => string;
}

/** The most bytes of a file that must be held in memory as a whole. */
const MOST_IN_MEMORY = 64 * 1_048_576;
const CHUNK = 1_048_576;
/** VS Code keeps larger documents from extensions, and may show them only after a question. */
const MOST_IN_EDITOR = 50 * 1_048_576;
/** Larger files are not read again by themselves. */
const MOST_FOLLOWED = 64 * 1_048_576;

/** Opens a log: the open document with its unsaved changes, else the file. */
export async function sourceOf(target: Target, local: LocalLogs | null): Promise<LogSource> {
  const uri = vscode.Uri.parse(target.uri, true);
  const open = vscode.workspace.textDocuments.find(
    (document) => !document.isClosed && document.uri.toString() === uri.toString(),
  );
  // An editor shows the packed bytes of such a file, not its lines.
  if (open !== undefined && !isPacked(uri)) return documentSource(open, target.lines);
  const name = nameOf(uri);
  try {
    if (target.lines !== null)
      return documentSource(await vscode.workspace.openTextDocument(uri), target.lines);
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if ((type & vscode.FileType.Directory) !== 0)
      throw new UnreadableLog(`${quoted(name)} is a folder: expected a log file.`);
    if ((type & vscode.FileType.File) === 0)
      throw new UnreadableLog(`${quoted(name)} is no regular file: expected a log file.`);
    return local !== null && uri.scheme === "file"
      ? localSource(uri, size, local)
      : heldSource(uri, size);
  } catch (error) {
    throw error instanceof UnreadableLog ? error : unreadable(name, error);
  }
}

/** The last part of a log's path. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf("/") + 1) || uri.path;
}

function unreadable(name: string, error: unknown): UnreadableLog {
  const isMissing = error instanceof vscode.FileSystemError && error.code === "FileNotFound";
  const why = isMissing ? "there is no such file" : "its file system does not give it";
  return new UnreadableLog(`${quoted(name)} cannot be read: ${why}.`, isMissing);
}

function isPacked({ path }: vscode.Uri): boolean {
  return path.endsWith(".gz") || path.endsWith(".zst");
}

function localSource(uri: vscode.Uri, size: number, { chunks, problem }: LocalLogs): LogSource {
  const name = nameOf(uri);
  return {
    name,
    size,
    firstLine: 0,
    leads: isPacked(uri) ? "page only" : leadsOf(size),
    following: followingOf(size),
    lines: null,
    async *chunks(read) {
      try {
        yield* chunks(uri.fsPath, read);
      } catch (error) {
        throw new UnreadableLog(`${quoted(name)} cannot be read further: ${problem(error)}.`);
      }
    },
  };
}

/** A file that VS Code gives only as a whole: on a virtual file system, or in the web-worker host. */
function heldSource(uri: vscode.Uri, size: number): LogSource {
  const name = nameOf(uri);
  if (isPacked(uri))
    throw new UnreadableLog(
      `${quoted(name)} is packed: expected a log as plain text, since packed ones can be read only where the extension runs on the file's own machine.`,
    );
  if (size > MOST_IN_MEMORY)
    throw new UnreadableLog(
      `${quoted(name)} has ${Math.ceil(size / 1_048_576)} MiB: expected at most 64 MiB, since larger ones can be read only where the extension runs on the file's own machine.`,
    );
  return {
    name,
    size,
    firstLine: 0,
    leads: leadsOf(size),
    following: followingOf(size),
    lines: null,
    async *chunks(read) {
      yield* slices(await held(uri), read);
    },
  };
}

function leadsOf(size: number): LogSource["leads"] {
  return size > MOST_IN_EDITOR ? "page" : "editor";
}

function followingOf(size: number): LogSource["following"] {
  return size > MOST_FOLLOWED ? "paused" : "live";
}

async function held(uri: vscode.Uri): Promise<Uint8Array> {
  try {
    return await vscode.workspace.fs.readFile(uri);
  } catch (error) {
    throw unreadable(nameOf(uri), error);
  }
}

function documentSource(document: vscode.TextDocument, lines: Target["lines"]): LogSource {
  const name = nameOf(document.uri);
  const text =
    lines === null
      ? document.getText()
      : document.getText(new vscode.Range(lines.first, 0, lines.last, Number.MAX_SAFE_INTEGER));
  const bytes = new TextEncoder().encode(text);
  return {
    name: lines === null ? name : `${name}, ${lineWords(lines)}`,
    size: bytes.length,
    firstLine: lines?.first ?? 0,
    leads: "editor",
    following: lines === null ? followingOf(bytes.length) : "off",
    lines: (line) => (line < document.lineCount ? document.lineAt(line).text : undefined),
    chunks: (read) => slices(bytes, read),
  };
}

function lineWords({ first, last }: NonNullable<Target["lines"]>): string {
  return first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`;
}

/** Bytes in chunks. Between two chunks the host does other work, such as a cancel. */
async function* slices(
  bytes: Uint8Array,
  read: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += CHUNK) {
    const end = Math.min(bytes.length, start + CHUNK);
    read(end);
    yield bytes.subarray(start, end);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
