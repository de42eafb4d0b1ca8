import * as vscode from "vscode";

const SCHEME = "sev-test";

/** The ending by which VS Code knows a file's language. */
const EXTENSIONS: Readonly<Record<string, string>> = {
  log: "log",
  plaintext: "txt",
  c: "c",
  rust: "rs",
  python: "py",
  diff: "diff",
  markdown: "md",
  json: "json",
  yaml: "yaml",
};

/**
 * Files in memory. An untitled document would get the name of one that was closed before, whose closing may still be
 * under way and then empties the new one.
 */
class MemoryFiles implements vscode.FileSystemProvider {
  readonly #files = new Map<string, Uint8Array>();
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  readonly onDidChangeFile = this.#changed.event;

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  stat(uri: vscode.Uri): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: this.readFile(uri).length };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.#files.get(path);
    if (content === undefined) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    this.#files.set(path, content);
  }

  readDirectory(): [string, vscode.FileType][] {
    return [];
  }

  createDirectory(): void {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete({ path }: vscode.Uri): void {
    this.#files.delete(path);
  }

  rename(): void {
    throw vscode.FileSystemError.NoPermissions();
  }
}

const files = new MemoryFiles();
let registered: vscode.Disposable | null = null;
let made = 0;

/** A new file with a name that none had before. */
export function newFile(content: string, language: string): vscode.Uri {
  registered ??= vscode.workspace.registerFileSystemProvider(SCHEME, files, {
    isCaseSensitive: true,
  });
  const extension = EXTENSIONS[language];
  if (extension === undefined) throw new Error(`no file ending is known for ${language}`);
  made += 1;
  const uri = vscode.Uri.from({ scheme: SCHEME, path: `/test-${made}.${extension}` });
  files.writeFile(uri, new TextEncoder().encode(content));
  return uri;
}
