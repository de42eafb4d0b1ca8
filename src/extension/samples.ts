import * as vscode from "vscode";

/** The scheme of the samples: files to try the extension with, which nobody has to keep. */
export const SAMPLE_SCHEME = "sev-status-sample";

/** The samples, one story each, by their names in the folder `samples` of the extension. */
const SAMPLES = {
  "refused-guest.log": "a guest that refused to boot, after its host turned on Secure TSC",
  "booted-guest.log": "a guest that booted with Secure TSC",
  "host.log": "a host, three of whose guests refused to boot",
  "azure-guest.log": "a guest on Azure, under a paravisor",
  "guest.c": "names and values in C source",
} as const;

type SampleName = keyof typeof SAMPLES;

const NAMES = Object.keys(SAMPLES) as SampleName[];

/**
 * `SEV: Open Sample…`: a sample log or source in an editor, to try hovers and the explanation with. With a name as its
 * argument it asks for none. The samples are read-only files of their own scheme, so nothing is written anywhere.
 */
export function registerSamples(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.workspace.registerFileSystemProvider(
      SAMPLE_SCHEME,
      new SampleFiles(vscode.Uri.joinPath(extensionUri, "samples")),
      { isReadonly: true, isCaseSensitive: true },
    ),
    vscode.commands.registerCommand("sevStatus.openSample", async (argument: unknown) => {
      const name = NAMES.find((one) => one === argument) ?? (await pickSample());
      if (name === null) return;
      const uri = vscode.Uri.from({ scheme: SAMPLE_SCHEME, path: `/${name}` });
      await vscode.window.showTextDocument(uri, { preview: false });
    }),
  );
}

async function pickSample(): Promise<SampleName | null> {
  const picked = await vscode.window.showQuickPick(
    NAMES.map((name) => ({ label: name, description: SAMPLES[name], name })),
    { title: "Open a sample", placeHolder: "Nothing is written to your folders" },
  );
  return picked?.name ?? null;
}

/** The samples as a file system, in one flat folder. */
class SampleFiles implements vscode.FileSystemProvider {
  readonly #folder: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.#changed.event;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    if (uri.path === "/") return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    const { byteLength: size } = await this.readFile(uri);
    const permissions = vscode.FilePermission.Readonly;
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size, permissions };
  }

  readDirectory(): [string, vscode.FileType][] {
    return NAMES.map((name) => [name, vscode.FileType.File]);
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    const name = NAMES.find((one) => uri.path === `/${one}`);
    if (name === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#folder, name));
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }
}
