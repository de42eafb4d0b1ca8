import type { Phrase } from "../../phrase";
import type { Report, Tone } from "../../report";

/** A place in the log: a line from 0 and UTF-16 offsets into it, `end` exclusive. */
export interface LogPlace {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

/** A place and the words of the link to it: `line 12`, `lines 1–4`. */
export interface LogLink extends LogPlace {
  readonly label: string;
}

/** A line of the log as it is quoted: what `start` to `end` of `text` covers carries the value. */
export interface QuotedLine {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly link: LogLink;
}

/** Boots with the same story: one, or all that a card or a row stands for. */
export interface LogEntry {
  /** The same as long as the first of its boots is. */
  readonly id: string;
  readonly tone: Tone;
  /** How it went, in a word: `REFUSED`. A sign beside it says the tone. */
  readonly word: string;
  /** `Boot 2`, `Boots 2, 5 and 9`, `28 boots`. */
  readonly boots: string;
  /** The cause, or the kernel that booted. */
  readonly title: Phrase;
  /** What else is known: SEV_STATUS; empty where nothing is. */
  readonly facts: Phrase;
  /** Of the boot; of several boots the first and the last one. */
  readonly links: readonly LogLink[];
  /** The kernel of a problem and where it is from; null where the title has it. */
  readonly kernel: Phrase | null;
  readonly quoted: QuotedLine | null;
  readonly fix: Phrase | null;
  /** What changed since an earlier boot, what a chosen kernel makes of it. */
  readonly notes: readonly Phrase[];
}

/** A part of a list that is shown page by page. */
export interface ListPage<Item> {
  readonly total: number;
  /** Of the first item shown, from 0. */
  readonly offset: number;
  readonly items: readonly Item[];
}

/** A part of the timeline: one boot, or several where there are too many. */
export interface TimelinePart {
  readonly tone: Tone;
  /** The boot to go to: the first one, or the first with a problem. */
  readonly boot: number;
  /** All that there is room for in a narrow part. */
  readonly sign: string;
  /** `2 ✗ SecureTSC`, `201–400 ✗ 3`. */
  readonly label: string;
  /** What screen readers say after the label. */
  readonly spoken: string;
  readonly firstLine: number;
  /** Its share of the width: how many lines it has. */
  readonly lines: number;
}

/** Ends of guests with one cause, as a host's log reports them. */
export interface HostCause {
  readonly id: string;
  readonly count: number;
  readonly reason: string;
  /** SW_EXITINFO2, or why there is none. */
  readonly mask: string;
  readonly missing: string;
  readonly first: LogLink;
  /** Null for a single one. */
  readonly last: LogLink | null;
}

/** What a host's log says besides the ends of guests. */
export interface HostNote {
  readonly tone: Tone;
  readonly count: number;
  readonly text: Phrase;
  readonly link: LogLink | null;
}

/** A host's log: causes, not boots. */
export interface HostView {
  readonly tone: Tone;
  /** `400 guests refused to boot – all for SecureTSC (0x800)`; null without ends of guests. */
  readonly verdict: Phrase | null;
  readonly fix: Phrase | null;
  /** A grey line on a chosen kernel. */
  readonly notes: readonly Phrase[];
  readonly causes: readonly HostCause[];
  /** How many ends each part of the log has; empty for few ends. */
  readonly bars: readonly number[];
  readonly others: readonly HostNote[];
}

/** What a log says in one look: bounded, however long the log is. */
export interface LogView {
  /** `3 boots · 1 refused · 20 lines`. */
  readonly summary: string;
  readonly boots: number;
  /** Boots with a problem. */
  readonly problemBoots: number;
  /** Nothing was found. */
  readonly isEmpty: boolean;
  readonly timeline: readonly TimelinePart[];
  readonly problems: ListPage<LogEntry>;
  readonly others: ListPage<LogEntry>;
  /** Set where nothing in the log is of a guest. */
  readonly host: HostView | null;
}

/** One finding of a boot and where it stands. */
export interface FindingLine extends LogPlace {
  readonly label: Phrase;
}

/** Everything on one entry: asked for when it is unfolded. */
export interface EntryDetails {
  readonly report: Report;
  readonly findings: readonly FindingLine[];
  /** How many more findings there are. */
  readonly more: number;
}
