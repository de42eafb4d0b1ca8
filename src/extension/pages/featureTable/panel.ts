import * as vscode from "vscode";
import { decode } from "../../../decoder/register/decode";
import type { GuestProfile } from "../../../decoder/guest/profile";
import type { NamedGuest } from "../../../decoder/guest/lookup";
import { reportOn } from "../../../decoder/report/value/decodeReport";
import { markdownOf } from "../../../decoder/report/render/markdown";
import type { HostMessage, ViewMessage } from "../../../pages/featureTable/protocol";
import { PROTOCOL_VERSION, isViewMessage, isViewState } from "../../../pages/featureTable/protocol";
import type { ValueArgument } from "../../commands/argument";
import { isRecord, valueArgument } from "../../commands/argument";
import { loadPage } from "../webviewPage";
import { FIRST_SHOWN, FeatureTableSession } from "./session";

/** The command that opens the feature table; hover links hand it `{ register, value }`, and the `guest` of the boot. */
export const OPEN_FEATURE_TABLE = "sevStatus.openFeatureTable";
/** The webview panel's type, which the manifest activates on. */
export const FEATURE_TABLE_VIEW = "sevStatus.featureTable";

const TITLE = "SEV Feature Table";

/** What the feature table needs of the extension. */
export interface FeatureTableServices {
  readonly extensionUri: vscode.Uri;
  readonly guest: {
    /** The chosen guest; null where none is chosen. */
    readonly current: () => GuestProfile | null;
    /** The guest that a text names; null where it names none. */
    readonly lookUp: (text: string) => GuestProfile | null;
    /** Where there are guests besides those of the catalog. */
    readonly sources: () => readonly { readonly guests: () => readonly NamedGuest[] }[];
    readonly onDidChange: vscode.Event<void>;
    /** Chooses a guest as people name it; "" asks the user, null chooses none. */
    readonly choose: (text: string | null) => Thenable<void>;
  };
}

/** Registers the command that opens the feature table, and what restores it after a reload. */
export function registerFeatureTable(services: FeatureTableServices): vscode.Disposable {
  const table = new FeatureTablePanel(services);
  return vscode.Disposable.from(
    table,
    vscode.commands.registerCommand(OPEN_FEATURE_TABLE, (wish: unknown) => {
      table.open(valueArgument(wish), isRecord(wish) ? wish["guest"] : undefined);
    }),
    vscode.window.registerWebviewPanelSerializer(FEATURE_TABLE_VIEW, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        table.restore(panel, isViewState(state) ? valueArgument(state) : null);
        return Promise.resolve();
      },
    }),
    services.guest.onDidChange(() => {
      table.refresh();
    }),
  );
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly session: FeatureTableSession;
}

/** The one panel of the feature table, while it is open. */
class FeatureTablePanel implements vscode.Disposable {
  readonly #services: FeatureTableServices;
  #open: OpenPanel | null = null;
  /** The guest of the boot that the value is from; asked while none is chosen. */
  #bootGuest: GuestProfile | null = null;

  constructor(services: FeatureTableServices) {
    this.#services = services;
  }

  /**
   * Reveals the panel, or makes it, with a value; null keeps what is shown. `bootGuest` comes from a link, which can
   * come from anywhere: what names no guest is none.
   */
  open(shown: ValueArgument | null, bootGuest: unknown): void {
    if (shown !== null)
      this.#bootGuest =
        typeof bootGuest === "string" ? this.#services.guest.lookUp(bootGuest) : null;
    if (this.#open === null) {
      const column = vscode.window.activeTextEditor === undefined ? "Active" : "Beside";
      const panel = vscode.window.createWebviewPanel(
        FEATURE_TABLE_VIEW,
        TITLE,
        vscode.ViewColumn[column],
      );
      this.#adopt(panel, shown ?? FIRST_SHOWN);
      return;
    }
    const { panel, session } = this.#open;
    panel.reveal();
    if (shown === null) return;
    session.show(shown);
    this.refresh();
  }

  /** Takes over a panel of an earlier window; a panel opened meanwhile stays the only one. */
  restore(panel: vscode.WebviewPanel, shown: ValueArgument | null): void {
    if (this.#open === null) this.#adopt(panel, shown ?? FIRST_SHOWN);
    else panel.dispose();
  }

  /** Shows what is shown once more, for the guest that is chosen now. */
  refresh(): void {
    if (this.#open === null) return;
    const { guest } = this.#services;
    const others = guest.sources().flatMap((source) => source.guests());
    this.#post(this.#open.session.answer(this.#guest(), others));
  }

  #guest(): GuestProfile | null {
    return this.#services.guest.current() ?? this.#bootGuest;
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, shown: ValueArgument): void {
    const { webview } = panel;
    this.#open = { panel, session: new FeatureTableSession(shown) };
    panel.onDidDispose(() => {
      this.#open = null;
      this.#bootGuest = null;
    });
    webview.onDidReceiveMessage(async (message: unknown) => {
      if (isViewMessage(message)) await this.#receive(message);
    });
    loadPage(webview, this.#services.extensionUri, { name: "featureTable", title: TITLE });
  }

  async #receive(message: ViewMessage): Promise<void> {
    switch (message.type) {
      case "copy":
        await this.#copy();
        return;
      case "chooseGuest":
        // The page offers only what it was given, but what comes from a page is checked all the same.
        if (!this.#isChoice(message.text)) break;
        // Who chooses no guest wants none, not the boot's.
        if (message.text === null) this.#bootGuest = null;
        await this.#services.guest.choose(message.text);
        break;
      default:
        this.#open?.session.take(message);
    }
    this.refresh();
  }

  /** "" asks the user, null chooses none; anything else must name a guest. */
  #isChoice(text: string | null): boolean {
    return text === null || text === "" || this.#services.guest.lookUp(text) !== null;
  }

  async #copy(): Promise<void> {
    if (this.#open === null) return;
    const { register, value } = this.#open.session.shown;
    const report = reportOn(decode(register, value), this.#guest());
    await vscode.env.clipboard.writeText(markdownOf(report));
    this.#post({ version: PROTOCOL_VERSION, type: "copied" });
  }

  #post(message: HostMessage): void {
    // A hidden page is not there to receive it; it asks again when it is made anew.
    void this.#open?.panel.webview.postMessage(message);
  }
}
