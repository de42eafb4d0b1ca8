import type { Register } from "../../decoder/register/decode";
import type { FeatureTable } from "../../decoder/report/value/featureTable";
import type { Phrase } from "../../decoder/report/phrase";
import type { Guard } from "../shared/guards";
import { count, exactly, hexValue, keyOf, nullOr, shape, text } from "../shared/guards";
import { isPhrases } from "../shared/reportGuard";
import { isFeatureTable, isRegisterName } from "./tableGuard";

/**
 * What the feature table's page and the extension say to each other. Values travel as text, because a `bigint` does
 * not survive JSON; each side checks what it receives and lets be what it does not know.
 */
export const PROTOCOL_VERSION = 1;

type Versioned<T> = T & { readonly version: typeof PROTOCOL_VERSION };

/**
 * What the page asks for. `id` grows with each request, so that an answer says which one it answers.
 * - `ready`: the page has just been made, and shows nothing yet.
 * - `decode`: read `text`, as typed, as the content of `register`.
 * - `chooseGuest`: a guest as people name it; "" to be asked for one, null for none.
 * - `copy`: put the decode on the clipboard as Markdown.
 */
export type ViewMessage = Versioned<
  | { readonly type: "ready"; readonly id: number }
  | {
      readonly type: "decode";
      readonly id: number;
      readonly register: Register;
      readonly text: string;
    }
  | { readonly type: "chooseGuest"; readonly text: string | null }
  | { readonly type: "copy" }
>;

/**
 * What the extension answers.
 * - `table`: what to show. `inReplyTo` is the newest request it takes into account, null for a value that the page
 *   did not ask for. `changes` compares it with what the table was opened with. `problem` says why the request's text is no value; the table is then the last good value's.
 * - `copied`: the clipboard has the Markdown.
 */
export type HostMessage = Versioned<
  | {
      readonly type: "table";
      readonly inReplyTo: number | null;
      readonly table: FeatureTable;
      readonly changes: readonly Phrase[];
      readonly problem: string | null;
    }
  | { readonly type: "copied" }
>;

/** Which rows are shown. */
export type RowFilter = "all" | "set";

/** The page's state that VS Code keeps while it is hidden and across a reload. */
export type ViewState = Versioned<{
  readonly register: Register;
  /** `0x` and 16 digits. */
  readonly value: string;
  readonly filter: RowFilter;
}>;

const version = exactly(PROTOCOL_VERSION);

const VIEW_MESSAGES: { readonly [T in ViewMessage["type"]]: Guard<ViewMessage & { type: T }> } = {
  ready: shape({ version, type: exactly("ready"), id: count }),
  decode: shape({ version, type: exactly("decode"), id: count, register: isRegisterName, text }),
  chooseGuest: shape({ version, type: exactly("chooseGuest"), text: nullOr(text) }),
  copy: shape({ version, type: exactly("copy") }),
};

const HOST_MESSAGES: { readonly [T in HostMessage["type"]]: Guard<HostMessage & { type: T }> } = {
  table: shape({
    version,
    type: exactly("table"),
    inReplyTo: nullOr(count),
    table: isFeatureTable,
    changes: isPhrases,
    problem: nullOr(text),
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
  filter: keyOf<RowFilter>({ all: 0, set: 0 }),
});
