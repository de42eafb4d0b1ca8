import * as vscode from "vscode";
import { LARGEST_FILE, SOURCE_FILES } from "../../decoder/guest/sourceTree";
import type { GuestSource } from "./guestSource";
import type { FolderGuests } from "./sourceFolder";
import { guestsOfFolder } from "./sourceFolder";

/** The kernels with source in a workspace folder; read again when a source file changes. */
export class SourceTrees implements GuestSource, vscode.Disposable {
  readonly title = "kernel source in this workspace";
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #watchers: readonly vscode.Disposable[] = [];
  #read: readonly FolderGuests[] = [];
  /** Settles when everything is read; null while idle. A change meanwhile starts another reading. */
  #reading: Promise<void> | null = null;
  #isStale = false;

  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeWorkspaceFolders(() => {
      this.#watch();
    });
    this.#watch();
  }

  guests() {
    return this.#read.flatMap(({ guests }) => guests);
  }

  ready() {
    return this.#reading ?? Promise.resolve();
  }

  problems() {
    return this.#read.flatMap(({ problems }) => problems);
  }

  dispose(): void {
    this.#subscription.dispose();
    for (const watcher of this.#watchers) watcher.dispose();
    this.#changed.dispose();
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const reread = () => {
      this.#isStale = true;
      this.#reading ??= this.#readAll();
    };
    this.#watchers = folders().flatMap((folder) => {
      const pattern = new vscode.RelativePattern(folder, `{${SOURCE_FILES.join(",")}}`);
      const watcher = vscode.workspace.createFileSystemWatcher(pattern);
      const { onDidChange, onDidCreate, onDidDelete } = watcher;
      return [watcher, ...[onDidChange, onDidCreate, onDidDelete].map((event) => event(reread))];
    });
    reread();
  }

  async #readAll(): Promise<void> {
    try {
      while (this.#isStale) {
        this.#isStale = false;
        const before = this.#read;
        this.#read = await Promise.all(folders().map((folder) => guestsOfFolder(of(folder))));
        // Most workspaces hold no kernel: fire no event for them.
        if ([...before, ...this.#read].some(isSomething)) this.#changed.fire();
      }
    } finally {
      this.#reading = null;
    }
  }
}

function folders(): readonly vscode.WorkspaceFolder[] {
  return vscode.workspace.workspaceFolders ?? [];
}

function isSomething({ guests, problems }: FolderGuests): boolean {
  return guests.length > 0 || problems.length > 0;
}

function of({ name, uri }: vscode.WorkspaceFolder) {
  const statOf = async (path: string): Promise<vscode.FileStat | null> => {
    try {
      return await vscode.workspace.fs.stat(vscode.Uri.joinPath(uri, path));
    } catch (error) {
      if (isMissing(error)) return null;
      throw new Error(`${path}: the file cannot be read.`, { cause: error });
    }
  };
  return {
    name,
    has: async (path: string) => {
      try {
        return (await statOf(path)) !== null;
      } catch {
        return false;
      }
    },
    read: async (path: string) => {
      const stat = await statOf(path);
      if (stat === null) return null;
      // A link may lead out of the folder. The kernel has no links here.
      if (stat.type !== vscode.FileType.File)
        throw new Error(`${path}: expected a file, and no link.`);
      if (stat.size > LARGEST_FILE) {
        throw new Error(`${path}: the file is larger than ${LARGEST_FILE} bytes.`);
      }
      return new TextDecoder().decode(
        await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, path)),
      );
    },
  };
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof vscode.FileSystemError &&
    (error.code === "FileNotFound" || error.code === "FileNotADirectory")
  );
}
