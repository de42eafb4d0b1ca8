import * as vscode from "vscode";
import { wrap } from "../../decoder/text/wrap";
import type { GuestChoice } from "../guest/guestChoice";

const BEGINNING = new vscode.Range(0, 0, 0, 0);

/** What a page needs. */
interface Content {
  readonly guest: Pick<GuestChoice, "onDidChange">;
  /** The current text; called again when the guest changes. */
  readonly text: () => string;
}

/** A read-only text page of the extension, one for each scheme. */
export class TextPage implements vscode.Disposable {
  readonly #uri: vscode.Uri;
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscription: vscode.Disposable;

  constructor(scheme: string, title: string, { guest, text }: Content) {
    this.#uri = vscode.Uri.from({ scheme, path: `/${title}` });
    this.#subscription = vscode.Disposable.from(
      guest.onDidChange(() => {
        this.#changed.fire(this.#uri);
      }),
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: () => pageText(text()),
      }),
    );
  }

  /**
   * Shows the beginning of its text of now; in the group of editors where it is open already, else in the one in
   * front.
   */
  async show(): Promise<void> {
    this.#changed.fire(this.#uri);
    await vscode.window.showTextDocument(this.#uri, {
      preview: true,
      selection: BEGINNING,
      viewColumn: this.#group()?.viewColumn ?? vscode.ViewColumn.Active,
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  #group(): vscode.TabGroup | undefined {
    const isPage = ({ input }: vscode.Tab) =>
      input instanceof vscode.TabInputText && input.uri.toString() === this.#uri.toString();
    return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isPage));
  }
}

/** The longest line, unless a single word is longer: an editor does not wrap plain text by itself. */
const WIDTH = 100;

/** A text wrapped for a page. */
export function pageText(text: string): string {
  return `${wrap(text, WIDTH)}\n`;
}
