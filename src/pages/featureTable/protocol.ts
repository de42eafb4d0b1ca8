import type { Register } from "../../decoder/register/decode";
import type { FeatureDetails } from "../../decoder/report/value/featureDetails";
import type { FeatureTable } from "../../decoder/report/value/featureTable";
import type { Guard } from "../shared/guards";
import {
  count,
  exactly,
  flag,
  hexValue,
  keyOf,
  listOf,
  nullOr,
  shape,
  text,
} from "../shared/guards";
import { isFeatureDetails, isFeatureTable, isRegisterName } from "./tableGuard";

/**
 * What the feature table's page and the extension say to each other. Values travel as text, because a `bigint` does
 * not survive JSON; each side checks what it receives and lets be what it does not know.
 */
export const PROTOCOL_VERSION = 2;

type Versioned<T> = T & { readonly version: typeof PROTOCOL_VERSION };

/** Whom the table is for, kept by the page for the extension across a reload. */
export interface TableOrigin {
  /** The log's own kernel, as a guest is named. */
  readonly own: string | null;
  /** The address of the log. */
  readonly log: string | null;
  /** A guest chosen for this view alone, "" for none at all; null without a choice. */
  readonly whatIf: string | null;
}

/** What the clipboard can get: the decode in a format, or a link that opens the same table. */
export type CopyFormat = "text" | "markdown" | "json" | "csv" | "link";

/**
 * What the page asks for. `id` grows with each request, so that an answer says which one it answers.
 * - `ready`: the page has just been made, and shows nothing yet.
 * - `decode`: read `text`, as typed or pasted; a number alone is the content of `register`.
 * - `convert`: show the same features in the positions of `register`.
 * - `compare`: compare with a value or a guest; "" for the value that the table was opened with.
 * - `undo`: take the last change of the value back.
 * - `rebase`: compare with what is shown now from here on.
 * - `chooseGuest`: a guest as people name it; "" to be asked for one, null for none.
 * - `useGuest`: the chosen guest is from now on the workspace's.
 * - `copy`: put the decode on the clipboard. `copyText`: put this text there.
 */
export type ViewMessage = Versioned<
  | { readonly type: "ready"; readonly id: number }
  | {
      readonly type: "decode";
      readonly id: number;
      readonly register: Register;
      readonly text: string;
    }
  | { readonly type: "convert"; readonly id: number; readonly register: Register }
  | { readonly type: "compare"; readonly id: number; readonly text: string }
  | { readonly type: "undo"; readonly id: number }
  | { readonly type: "rebase"; readonly id: number }
  | { readonly type: "chooseGuest"; readonly text: string | null }
  | { readonly type: "useGuest" }
  | { readonly type: "copy"; readonly format: CopyFormat }
  | { readonly type: "copyText"; readonly text: string }
>;

/**
 * What the extension answers.
 * - `features`: the details of every bit, sent once.
 * - `table`: what to show. `inReplyTo` is the newest request it takes into account, null for a value that the page
 *   did not ask for. `problem` says why the request's text is no value; the table is then the last good value's.
 * - `copied`: the clipboard has what was asked for.
 */
export type HostMessage = Versioned<
  | { readonly type: "features"; readonly details: readonly FeatureDetails[] }
  | {
      readonly type: "table";
      readonly inReplyTo: number | null;
      readonly table: FeatureTable;
      readonly problem: string | null;
      /** As typed; "" where the table compares with the value that it was opened with. */
      readonly compareText: string;
      readonly compareProblem: string | null;
      readonly canUndo: boolean;
      /** Whether the value is another one than that the table was opened with. */
      readonly isEdited: boolean;
      /** Earlier values, as the field reads them, the newest first. */
      readonly history: readonly string[];
      readonly origin: TableOrigin;
    }
  | { readonly type: "copied" }
>;

export type TableMessage = Extract<HostMessage, { type: "table" }>;

/** Which rows are shown. */
export type RowFilter = "all" | "named" | "set";

/** The parts of the page below its head. */
export type Tab = "bits" | "kernels" | "seen" | "sources";

/** The page's state that VS Code keeps while it is hidden and across a reload. */
export type ViewState = Versioned<{
  readonly register: Register;
  /** `0x` and 16 digits. */
  readonly value: string;
  readonly filter: RowFilter;
  readonly tab: Tab;
  readonly origin: TableOrigin;
  readonly compared: string;
}>;

const version = exactly(PROTOCOL_VERSION);

const isOrigin = shape<TableOrigin>({
  own: nullOr(text),
  log: nullOr(text),
  whatIf: nullOr(text),
});

const VIEW_MESSAGES: { readonly [T in ViewMessage["type"]]: Guard<ViewMessage & { type: T }> } = {
  ready: shape({ version, type: exactly("ready"), id: count }),
  decode: shape({ version, type: exactly("decode"), id: count, register: isRegisterName, text }),
  convert: shape({ version, type: exactly("convert"), id: count, register: isRegisterName }),
  compare: shape({ version, type: exactly("compare"), id: count, text }),
  undo: shape({ version, type: exactly("undo"), id: count }),
  rebase: shape({ version, type: exactly("rebase"), id: count }),
  chooseGuest: shape({ version, type: exactly("chooseGuest"), text: nullOr(text) }),
  useGuest: shape({ version, type: exactly("useGuest") }),
  copy: shape({
    version,
    type: exactly("copy"),
    format: keyOf<CopyFormat>({ text: 0, markdown: 0, json: 0, csv: 0, link: 0 }),
  }),
  copyText: shape({ version, type: exactly("copyText"), text }),
};

const HOST_MESSAGES: { readonly [T in HostMessage["type"]]: Guard<HostMessage & { type: T }> } = {
  features: shape({ version, type: exactly("features"), details: listOf(isFeatureDetails) }),
  table: shape({
    version,
    type: exactly("table"),
    inReplyTo: nullOr(count),
    table: isFeatureTable,
    problem: nullOr(text),
    compareText: text,
    compareProblem: nullOr(text),
    canUndo: flag,
    isEdited: flag,
    history: listOf(text),
    origin: isOrigin,
  }),
  copied: shape({ version, type: exactly("copied") }),
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
export const isViewState: Guard<ViewState> = shape<ViewState>({
  version,
  register: isRegisterName,
  value: hexValue,
  filter: keyOf<RowFilter>({ all: 0, named: 0, set: 0 }),
  tab: keyOf<Tab>({ bits: 0, kernels: 0, seen: 0, sources: 0 }),
  origin: isOrigin,
  compared: text,
});
