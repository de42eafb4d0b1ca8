import type { BrowserContext, Page } from "playwright-core";
import type { GuestProfile } from "../../src/decoder/guest/profile";
import { guestProfile } from "../../src/decoder/guest/profile";
import { featureDetails } from "../../src/decoder/report/value/featureDetails";
import type { ValueArgument } from "../../src/extension/commands/argument";
import { FeatureTableSession } from "../../src/extension/pages/featureTable/session";
import type { ViewMessage } from "../../src/pages/featureTable/protocol";
import { PROTOCOL_VERSION, isViewMessage } from "../../src/pages/featureTable/protocol";
import type { PageFiles, StandInOptions } from "./standIn";
import { StandIn } from "./standIn";

export interface TablePageOptions extends ValueArgument, Omit<StandInOptions, "receive"> {
  readonly guest?: string;
}

/** The feature table's page in a browser; the session that answers is the extension's own. */
export class TablePage {
  readonly page: Page;
  readonly session: FeatureTableSession;
  guest: GuestProfile | null;
  /** The kernel of the value's log. */
  own: GuestProfile | null = null;
  /** What the page has sent, oldest first. */
  readonly sent: ViewMessage[] = [];
  /** What went wrong in the page, refusals by its security policy among it. */
  readonly errors: string[];
  /** Whether requests are left unanswered. */
  silent = false;
  readonly #standIn: StandIn;

  private constructor(standIn: StandIn, session: FeatureTableSession, guest: GuestProfile | null) {
    this.#standIn = standIn;
    this.page = standIn.page;
    this.errors = standIn.errors;
    this.session = session;
    this.guest = guest;
  }

  static async open(
    context: BrowserContext,
    files: PageFiles,
    { guest, register, value, ...options }: TablePageOptions,
  ): Promise<TablePage> {
    const standIn = await StandIn.open(context, files, {
      ...options,
      receive: (message) => opened.#receive(message),
    });
    const session = new FeatureTableSession({ register, value });
    const opened = new TablePage(
      standIn,
      session,
      guest === undefined ? null : guestProfile(guest),
    );
    await standIn.load();
    return opened;
  }

  /** Sends the page what it is to show now. */
  async answer(): Promise<void> {
    await this.send(this.session.answer({ guest: this.guest, own: this.own }));
  }

  /** Sends the page anything at all. */
  send(message: unknown): Promise<void> {
    return this.#standIn.send(message);
  }

  /** What the page has kept for the next one. */
  kept(): Promise<unknown> {
    return this.#standIn.kept();
  }

  async #receive(message: unknown): Promise<void> {
    if (!isViewMessage(message)) {
      this.errors.push(`not a message: ${JSON.stringify(message)}`);
      return;
    }
    this.sent.push(message);
    if (this.silent) return;
    switch (message.type) {
      case "copy":
      case "copyText":
        await this.send({ version: PROTOCOL_VERSION, type: "copied" });
        return;
      case "useGuest":
        return;
      case "chooseGuest":
        this.guest = guestProfile(message.text ?? "");
        break;
      case "ready":
        await this.send({ version: PROTOCOL_VERSION, type: "features", details: featureDetails() });
        this.session.take(message);
        break;
      default:
        this.session.take(message);
    }
    await this.answer();
  }
}
