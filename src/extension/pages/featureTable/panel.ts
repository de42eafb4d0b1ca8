import * as vscode from "vscode";
import { decode, statusOf } from "../../../decoder/register/decode";
import { matrix } from "../../../decoder/guest/matrix";
import type { GuestProfile } from "../../../decoder/guest/profile";
import { featureDetails } from "../../../decoder/report/value/featureDetails";
import { reportOn } from "../../../decoder/report/value/decodeReport";
import { kernelName } from "../../../decoder/report/guest/kernelChoices";
import { CHOSEN_BY } from "../../../decoder/report/guest/kernelsLine";
import { matrixCsv } from "../../../decoder/report/guest/matrixReport";
import { decodeJson } from "../../../decoder/report/render/json";
import { markdownOf } from "../../../decoder/report/render/markdown";
import { glanceText } from "../../../decoder/report/render/glanceText";
import { glanceOf } from "../../../decoder/report/value/glance";
import type {
  CopyFormat,
  HostMessage,
  TableOrigin,
  ViewMessage,
} from "../../../pages/featureTable/protocol";
import { PROTOCOL_VERSION, isViewMessage, isViewState } from "../../../pages/featureTable/protocol";
import type { ValueArgument } from "../../commands/argument";
import { isRecord, valueArgument } from "../../commands/argument";
import { askedAbout } from "../../guest/askedAbout";
import { pickGuest } from "../../guest/pickGuest";
import type { Services } from "../../services";
import { loadPage } from "../webviewPage";
import { valueInSight } from "./inSight";
import { tableLink } from "./link";
import type { RecentList } from "../../recentList";
import { tableMemory } from "./memory";
import type { Asker } from "./session";
import { FIRST_SHOWN, FeatureTableSession } from "./session";

/** The command that opens the feature table; hover links pass `{ register, value }` and the boot's `guest`. */
export const OPEN_FEATURE_TABLE = "sevStatus.openFeatureTable";
/** The type of the webview panel; the manifest activates the extension for it. */
export const FEATURE_TABLE_VIEW = "sevStatus.featureTable";

const TITLE = "SEV Feature Table";
const version = PROTOCOL_VERSION;

/** Registers the command that opens the feature table, and restores the table after a reload. */
export function registerFeatureTable(
  services: Services,
  workspaceState: vscode.Memento,
): vscode.Disposable {
  const table = new FeatureTablePanel(services, tableMemory(workspaceState));
  return vscode.Disposable.from(
    table,
    vscode.commands.registerCommand(OPEN_FEATURE_TABLE, async (argument: unknown) => {
      const wish = isRecord(argument) ? argument : {};
      const asked = valueArgument(argument);
      // Without a value of its own the command takes what is under the cursor or selected.
      const seen = asked === null ? await valueInSight(services) : null;
      table.open(asked ?? seen?.value ?? null, seen ?? wish);
    }),
    vscode.window.registerWebviewPanelSerializer(FEATURE_TABLE_VIEW, {
      deserializeWebviewPanel: (panel, state: unknown) => {
        table.restore(panel, state);
        return Promise.resolve();
      },
    }),
    services.guest.onDidChange(() => {
      table.refresh();
    }),
  );
}

/** The value and guest that a table is opened for. It comes from a link, which can come from anywhere. */
export interface TableWish {
  readonly guest?: unknown;
  readonly uri?: unknown;
  /** A kernel to show the verdict for, for this view only. */
  readonly whatIf?: unknown;
}

interface OpenPanel {
  readonly panel: vscode.WebviewPanel;
  readonly session: FeatureTableSession;
}

/** The one panel of the feature table, while it is open. */
class FeatureTablePanel implements vscode.Disposable {
  readonly #services: Services;
  readonly #memory: RecentList<ValueArgument>;
  #open: OpenPanel | null = null;
  /** The own kernel of the value's boot, and its log; null if the value is from no log. */
  #own: GuestProfile | null = null;
  #log: vscode.Uri | null = null;
  /** The choice made in the page, for this view only; undefined before the first one. */
  #whatIf: GuestProfile | null | undefined;

  constructor(services: Services, memory: RecentList<ValueArgument>) {
    this.#services = services;
    this.#memory = memory;
  }

  /**
   * Reveals the panel, or makes it, with a value; null keeps what is shown, or shows the last value of this workspace.
   */
  open(shown: ValueArgument | null, { guest, uri, whatIf }: TableWish): void {
    if (shown !== null) {
      this.#own = typeof guest === "string" ? this.#services.guest.lookUp(guest) : null;
      this.#log = typeof uri === "string" ? vscode.Uri.parse(uri) : null;
      const named = typeof whatIf === "string" ? this.#services.guest.lookUp(whatIf) : null;
      this.#whatIf = named ?? undefined;
      void this.#memory.add(shown);
    }
    if (this.#open === null) {
      const column = vscode.window.activeTextEditor === undefined ? "Active" : "Beside";
      const panel = vscode.window.createWebviewPanel(
        FEATURE_TABLE_VIEW,
        TITLE,
        vscode.ViewColumn[column],
      );
      this.#adopt(panel, new FeatureTableSession(shown ?? this.#memory.last() ?? FIRST_SHOWN));
      return;
    }
    const { panel, session } = this.#open;
    panel.reveal();
    if (shown === null) return;
    session.show(shown);
    this.refresh();
  }

  /** Adopts a panel from before a reload, unless a new one is already open. */
  restore(panel: vscode.WebviewPanel, state: unknown): void {
    if (this.#open !== null) {
      panel.dispose();
      return;
    }
    const kept = isViewState(state) ? state : null;
    const shown = kept === null ? null : valueArgument(kept);
    if (kept !== null) this.#restoreOrigin(kept.origin);
    this.#adopt(panel, new FeatureTableSession(shown ?? FIRST_SHOWN, kept?.compared));
  }

  #restoreOrigin({ own, log, whatIf }: TableOrigin): void {
    const { guest } = this.#services;
    this.#own = own === null ? null : guest.lookUp(own);
    this.#log = log === null ? null : vscode.Uri.parse(log);
    if (whatIf !== null) this.#whatIf = whatIf === "" ? null : (guest.lookUp(whatIf) ?? undefined);
  }

  /** Shows the same value for the current guest. */
  refresh(): void {
    if (this.#open === null) return;
    this.#post(this.#open.session.answer(this.#asker()));
  }

  #asker(): Asker {
    const { guest } = this.#services;
    const choice = guest.for(this.#log);
    const own = this.#own;
    const base = {
      own,
      others: guest.sources().flatMap((source) => source.guests()),
      lookUp: (text: string) => guest.lookUp(text),
      history: this.#memory.all(),
      origin: {
        own: own?.id ?? null,
        log: this.#log?.toString() ?? null,
        whatIf: this.#whatIf === undefined ? null : (this.#whatIf?.id ?? ""),
      },
    };
    if (this.#whatIf !== undefined)
      return { ...base, guest: this.#whatIf, from: CHOSEN_BY["what-if"] };
    if (choice !== null) return { ...base, guest: choice.profile, from: CHOSEN_BY[choice.by] };
    return { ...base, guest: own };
  }

  dispose(): void {
    this.#open?.panel.dispose();
  }

  #adopt(panel: vscode.WebviewPanel, session: FeatureTableSession): void {
    const { webview } = panel;
    const { extensionUri } = this.#services;
    this.#open = { panel, session };
    panel.iconPath = vscode.Uri.joinPath(extensionUri, "media", "featureTable.svg");
    panel.onDidDispose(() => {
      this.#open = null;
      this.#own = null;
      this.#log = null;
      this.#whatIf = undefined;
    });
    webview.onDidReceiveMessage(async (message: unknown) => {
      if (isViewMessage(message)) await this.#receive(message);
    });
    loadPage(webview, extensionUri, { name: "featureTable", title: TITLE });
  }

  async #receive(message: ViewMessage): Promise<void> {
    if (this.#open === null) return;
    const { session } = this.#open;
    switch (message.type) {
      case "copy":
        await this.#copy(this.#copied(message.format, session.shown));
        return;
      case "copyText":
        await this.#copy(message.text);
        return;
      case "useGuest":
        await this.#useGuest();
        return;
      case "chooseGuest":
        await this.#choose(message.text, session.shown);
        break;
      case "ready":
        this.#post({ version, type: "features", details: featureDetails() });
        session.take(message);
        break;
      default:
        session.take(message);
        if (message.type === "decode") this.#remember(session);
    }
    this.refresh();
  }

  /** Keeps a value that was typed or pasted; a pasted log's kernel is the value's own from then on. */
  #remember({ shown, banner }: FeatureTableSession): void {
    void this.#memory.add(shown);
    const own = banner === null ? null : this.#services.guest.lookUp(banner);
    if (own === null) return;
    this.#own = own;
    this.#log = null;
  }

  /** Applies a what-if choice of the page; writes no setting. "" asks the user, null shows no verdict. */
  async #choose(text: string | null, value: ValueArgument): Promise<void> {
    if (text !== "") {
      // The page offers only known kernels, but messages from a page are never trusted.
      const profile = text === null ? null : this.#services.guest.lookUp(text);
      if (text === null || profile !== null) this.#whatIf = profile;
      return;
    }
    const picked = await pickGuest(this.#services.guest, {
      asked: askedAbout(value),
      chosen: this.#asker().guest?.id,
      own: this.#own === null ? null : { profile: this.#own, from: "the log's own" },
      isWhatIf: true,
    });
    if (picked === null) return;
    this.#whatIf = picked.text === null ? undefined : this.#services.guest.lookUp(picked.text);
  }

  /** Writes the guest that is shown into the workspace's settings. */
  async #useGuest(): Promise<void> {
    const { guest } = this.#asker();
    if (guest === null) return;
    if (vscode.workspace.workspaceFolders === undefined) {
      await vscode.window.showInformationMessage(
        "There is no workspace to choose a guest kernel for: open a folder, or set sevStatus.guest in the settings.",
      );
      return;
    }
    await this.#services.guest.chooseForWorkspace(kernelName(guest));
    this.#whatIf = undefined;
    this.refresh();
  }

  #copied(format: CopyFormat, { register, value }: ValueArgument): string {
    const { guest } = this.#asker();
    const decoded = decode(register, value);
    switch (format) {
      case "text":
        return `${glanceText(glanceOf(decoded, guest))}\n`;
      case "markdown":
        return markdownOf(reportOn(decoded, guest));
      case "json":
        return `${JSON.stringify(decodeJson(decoded, guest), null, 2)}\n`;
      case "csv":
        return matrixCsv(matrix(statusOf(decoded) ?? value, this.#asker().others));
      case "link":
        return tableLink(this.#services.id, { register, value }, guest);
    }
  }

  async #copy(text: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    this.#post({ version, type: "copied" });
  }

  #post(message: HostMessage): void {
    // A hidden page misses the message; it sends `ready` when VS Code creates it again.
    void this.#open?.panel.webview.postMessage(message);
  }
}
