import type {
  FindingLine,
  HostCause,
  HostNote,
  HostView,
  ListPage,
  LogEntry,
  LogLink,
  LogPlace,
  LogView,
  QuotedLine,
  TimelinePart,
} from "../../decoder/report/boot/story/view";
import type { Report } from "../../decoder/report/report";
import type { Guard } from "../shared/guards";
import { count, exactly, flag, keyOf, listOf, nullOr, shape, text } from "../shared/guards";
import { isPhrase, isPhrases, isReport, isTone } from "../shared/reportGuard";

/**
 * What the log explanation's page and the extension say to each other. Each side checks what it receives and lets be
 * what it does not know.
 */
export const PROTOCOL_VERSION = 2;

type Versioned<T> = T & { readonly version: typeof PROTOCOL_VERSION };

/** Which log is explained. */
export interface Target {
  readonly uri: string;
  /** The explained lines, zero-based and inclusive; null for all. */
  readonly lines: { readonly first: number; readonly last: number } | null;
}

/**
 * How far the explanation is. `done`: all was read. `failed`: what follows could not be read. `gone`: there is no such
 * log any more.
 */
export type Stage = "reading" | "done" | "failed" | "gone";

/** Whether the page follows its log: `paused` where it is too large for that. */
export type Following = "live" | "paused" | "off";

/** The lists of the page. */
export type ListName = "problems" | "others";

/**
 * What the page asks for.
 * - `ready`: the page has just been made, and shows nothing yet.
 * - `reveal`: show a place of the log; `openAnyway` in an editor, whatever its size is.
 * - `page`: show another part of a list, from this index on.
 * - `goTo`: show the entry of this boot.
 * - `details`: everything on an entry.
 * - `copy`: put the explanation on the clipboard as text; with an id that entry as Markdown.
 * - `chooseGuest`, `chooseLog`, `decodeValue`: ask for the guest kernel, another log, a value.
 * - `showRecognized`, `openSample`: show which lines are recognized, or a log to try.
 * - `again`: read the log again.
 */
export type ViewMessage = Versioned<
  | { readonly type: "ready" }
  | ({ readonly type: "reveal"; readonly openAnyway: boolean } & LogPlace)
  | { readonly type: "page"; readonly list: ListName; readonly offset: number }
  | { readonly type: "goTo"; readonly boot: number }
  | { readonly type: "details"; readonly id: string }
  | { readonly type: "copy"; readonly id: string | null }
  | { readonly type: "chooseGuest" }
  | { readonly type: "chooseLog" }
  | { readonly type: "decodeValue" }
  | { readonly type: "showRecognized" }
  | { readonly type: "openSample" }
  | { readonly type: "again" }
>;

/** Lines of the log around a place; numbers from 0. */
export interface Excerpt {
  readonly place: LogPlace;
  readonly first: number;
  readonly lines: readonly string[];
  /** Whether an editor can be asked to show it. */
  readonly canOpen: boolean;
}

/**
 * What the extension sends.
 * - `log`: from now on this log is shown, and nothing of an earlier one.
 * - `view`: what it says, as far as it was read.
 * - `stage`: how far it is; `sentence` says what went wrong and is "" where nothing did, `percent` of the bytes.
 * - `focus`: the entry to go to, which the last view has.
 * - `details`: everything on an entry.
 * - `excerpt`: lines around a place; null hides them.
 * - `copied`: the clipboard has what was asked for.
 */
export type HostMessage = Versioned<
  | { readonly type: "log"; readonly name: string; readonly target: Target }
  | { readonly type: "view"; readonly view: LogView }
  | {
      readonly type: "stage";
      readonly stage: Stage;
      readonly sentence: string;
      readonly percent: number | null;
      readonly following: Following;
    }
  | { readonly type: "focus"; readonly id: string }
  | {
      readonly type: "details";
      readonly id: string;
      readonly report: Report;
      readonly findings: readonly FindingLine[];
      readonly more: number;
    }
  | { readonly type: "excerpt"; readonly excerpt: Excerpt | null }
  | { readonly type: "copied"; readonly id: string | null }
>;

/** The page's state that VS Code keeps while it is hidden and across a reload. */
export type ViewState = Versioned<{ readonly target: Target }>;

const version = exactly(PROTOCOL_VERSION);
const isListName = keyOf<ListName>({ problems: 0, others: 0 });

const isTarget = shape<Target>({
  uri: text,
  lines: nullOr(shape<NonNullable<Target["lines"]>>({ first: count, last: count })),
});

const PLACE = { line: count, start: count, end: count };
const isLink = shape<LogLink>({ ...PLACE, label: text });

const isEntry = shape<LogEntry>({
  id: text,
  tone: isTone,
  word: text,
  boots: text,
  title: isPhrase,
  facts: isPhrase,
  links: listOf(isLink),
  kernel: nullOr(isPhrase),
  quoted: nullOr(shape<QuotedLine>({ text, start: count, end: count, link: isLink })),
  fix: nullOr(isPhrase),
  notes: isPhrases,
});

const isPage = shape<ListPage<LogEntry>>({ total: count, offset: count, items: listOf(isEntry) });

const isHost = shape<HostView>({
  tone: isTone,
  verdict: nullOr(isPhrase),
  fix: nullOr(isPhrase),
  notes: isPhrases,
  causes: listOf(
    shape<HostCause>({
      id: text,
      count,
      reason: text,
      mask: text,
      missing: text,
      first: isLink,
      last: nullOr(isLink),
    }),
  ),
  bars: listOf(count),
  others: listOf(shape<HostNote>({ tone: isTone, count, text: isPhrase, link: nullOr(isLink) })),
});

const isView = shape<LogView>({
  summary: text,
  boots: count,
  problemBoots: count,
  isEmpty: flag,
  timeline: listOf(
    shape<TimelinePart>({
      tone: isTone,
      boot: count,
      sign: text,
      label: text,
      spoken: text,
      firstLine: count,
      lines: count,
    }),
  ),
  problems: isPage,
  others: isPage,
  host: nullOr(isHost),
});

const isExcerpt = shape<Excerpt>({
  place: shape<LogPlace>(PLACE),
  first: count,
  lines: listOf(text),
  canOpen: flag,
});

const VIEW_MESSAGES: { readonly [T in ViewMessage["type"]]: Guard<ViewMessage & { type: T }> } = {
  ready: shape({ version, type: exactly("ready") }),
  reveal: shape({ version, type: exactly("reveal"), openAnyway: flag, ...PLACE }),
  page: shape({ version, type: exactly("page"), list: isListName, offset: count }),
  goTo: shape({ version, type: exactly("goTo"), boot: count }),
  details: shape({ version, type: exactly("details"), id: text }),
  copy: shape({ version, type: exactly("copy"), id: nullOr(text) }),
  chooseGuest: shape({ version, type: exactly("chooseGuest") }),
  chooseLog: shape({ version, type: exactly("chooseLog") }),
  decodeValue: shape({ version, type: exactly("decodeValue") }),
  showRecognized: shape({ version, type: exactly("showRecognized") }),
  openSample: shape({ version, type: exactly("openSample") }),
  again: shape({ version, type: exactly("again") }),
};

const HOST_MESSAGES: { readonly [T in HostMessage["type"]]: Guard<HostMessage & { type: T }> } = {
  log: shape({ version, type: exactly("log"), name: text, target: isTarget }),
  view: shape({ version, type: exactly("view"), view: isView }),
  stage: shape({
    version,
    type: exactly("stage"),
    stage: keyOf<Stage>({ reading: 0, done: 0, failed: 0, gone: 0 }),
    sentence: text,
    percent: nullOr(count),
    following: keyOf<Following>({ live: 0, paused: 0, off: 0 }),
  }),
  focus: shape({ version, type: exactly("focus"), id: text }),
  details: shape({
    version,
    type: exactly("details"),
    id: text,
    report: isReport,
    findings: listOf(shape<FindingLine>({ ...PLACE, label: isPhrase })),
    more: count,
  }),
  excerpt: shape({ version, type: exactly("excerpt"), excerpt: nullOr(isExcerpt) }),
  copied: shape({ version, type: exactly("copied"), id: nullOr(text) }),
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
