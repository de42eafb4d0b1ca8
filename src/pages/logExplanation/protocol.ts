import type { Report } from "../../decoder/report/report";
import type { Phrase } from "../../decoder/report/phrase";
import type { Guard } from "../shared/guards";
import { count, exactly, flag, keyOf, listOf, nullOr, shape, text } from "../shared/guards";
import { isPhrase, isReport } from "../shared/reportGuard";

/**
 * What the log explanation's page and the extension say to each other. Each side checks what it receives and lets be
 * what it does not know.
 */
export const PROTOCOL_VERSION = 1;

type Versioned<T> = T & { readonly version: typeof PROTOCOL_VERSION };

/** Which log is explained. */
export interface Target {
  readonly uri: string;
  /** The explained lines, zero-based and inclusive; null for all. */
  readonly lines: { readonly first: number; readonly last: number } | null;
}

/** One finding of a boot, and where it stands: a line from 0, UTF-16 offsets into it, `end` exclusive. */
export interface FindingLine {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly label: Phrase;
}

/** One boot as it is shown. */
export interface BootView {
  /** Its zero-based index among the boots. */
  readonly index: number;
  /** The log is still being read, and more may belong to it. */
  readonly isOpen: boolean;
  readonly report: Report;
  /** The first findings. */
  readonly findings: readonly FindingLine[];
  /** How many more findings there are. */
  readonly more: number;
}

/**
 * How far the explanation is. `done`: all was read. `failed`: what follows could not be read. `gone`: the
 * window was loaded anew, and nothing is left of it.
 */
export type Stage = "reading" | "done" | "failed" | "gone";

/**
 * What the page asks for.
 * - `ready`: the page has just been made, and shows nothing yet.
 * - `reveal`: show a place of the log in an editor.
 * - `copy`: put the boot of this index on the clipboard as Markdown.
 * - `chooseGuest`: ask for the guest kernel.
 * - `again`: read the log again; `target` is the one that the page shows.
 */
export type ViewMessage = Versioned<
  | { readonly type: "ready" }
  | {
      readonly type: "reveal";
      readonly line: number;
      readonly start: number;
      readonly end: number;
    }
  | { readonly type: "copy"; readonly index: number }
  | { readonly type: "chooseGuest" }
  | { readonly type: "again" }
>;

/**
 * What the extension sends.
 * - `log`: from now on this log is shown, and nothing of an earlier one. `leads` says whether its lines can be opened.
 * - `boots`: boots that are new, or have changed.
 * - `stage`: how far it is, in words too; `percent` of the bytes, null where that is not known.
 * - `copied`: the clipboard has the boot of this index.
 */
export type HostMessage = Versioned<
  | {
      readonly type: "log";
      readonly name: string;
      readonly target: Target;
      readonly leads: boolean;
    }
  | { readonly type: "boots"; readonly boots: readonly BootView[] }
  | {
      readonly type: "stage";
      readonly stage: Stage;
      readonly sentence: string;
      readonly percent: number | null;
    }
  | { readonly type: "copied"; readonly index: number }
>;

/** The page's state that VS Code keeps while it is hidden and across a reload. */
export type ViewState = Versioned<{ readonly target: Target }>;

const version = exactly(PROTOCOL_VERSION);

const isTarget = shape<Target>({
  uri: text,
  lines: nullOr(shape<NonNullable<Target["lines"]>>({ first: count, last: count })),
});

const isBoot = shape<BootView>({
  index: count,
  isOpen: flag,
  report: isReport,
  findings: listOf(shape<FindingLine>({ line: count, start: count, end: count, label: isPhrase })),
  more: count,
});

const VIEW_MESSAGES: { readonly [T in ViewMessage["type"]]: Guard<ViewMessage & { type: T }> } = {
  ready: shape({ version, type: exactly("ready") }),
  reveal: shape({ version, type: exactly("reveal"), line: count, start: count, end: count }),
  copy: shape({ version, type: exactly("copy"), index: count }),
  chooseGuest: shape({ version, type: exactly("chooseGuest") }),
  again: shape({ version, type: exactly("again") }),
};

const HOST_MESSAGES: { readonly [T in HostMessage["type"]]: Guard<HostMessage & { type: T }> } = {
  log: shape({ version, type: exactly("log"), name: text, target: isTarget, leads: flag }),
  boots: shape({ version, type: exactly("boots"), boots: listOf(isBoot) }),
  stage: shape({
    version,
    type: exactly("stage"),
    stage: keyOf<Stage>({ reading: 0, done: 0, failed: 0, gone: 0 }),
    sentence: text,
    percent: nullOr(count),
  }),
  copied: shape({ version, type: exactly("copied"), index: count }),
};

/** Whether a value from the page is a message of this version. */
export function isViewMessage(value: unknown): value is ViewMessage {
  return Object.values(VIEW_MESSAGES).some((guard) => guard(value));
}

/** Whether a value from the extension is a message of this version. */
export function isHostMessage(value: unknown): value is HostMessage {
  return Object.values(HOST_MESSAGES).some((guard) => guard(value));
}

/** Whether a kept value is a state of this version. */
export const isViewState: Guard<ViewState> = shape<ViewState>({ version, target: isTarget });
