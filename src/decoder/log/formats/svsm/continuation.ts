import { bitByName } from "../../../features";
import type { BlockMatch } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Taken } from "../format";
import { SVSM_LIST_ANCHORS } from "../kit/svsmLists";
import type { ListRole } from "./list";
import { PRINTED, listMatch, roleOfList } from "./list";

/** A list that ends with its line. */
const LIST =
  /\b(?<what>Required features not available|Unsupported features enabled):(?<names>[ \w-]{0,400})$/u;
/** A line of names, or of the rest of one. */
const REST = /^[A-Z_-]{1,24}(?: [A-Z_-]{1,24}){0,11} ?$/u;
/** What a mail that quotes a line puts before it, or a person that indents it: no program's prefix. */
const QUOTE = /^[\s>]*$/u;

/** The names that SVSM prints, in its order. Source: COCONUT-SVSM kernel/src/sev/status.rs, Display of SEVStatusFlags. */
const NAMES: readonly string[] = [
  "SEV",
  "SEV-ES",
  "SEV-SNP",
  "VTOM",
  "REFLECT_VC",
  "RESTRICTED_INJECTION",
  "ALTERNATE_INJECTION",
  "DEBUG_SWAP",
  "PREVENT_HOST_IBS",
  "SNP_BTB_ISOLATION",
  "SECURE_TSC",
  "VMSA_REG_PROT",
];

/** A list of names as SVSM prints it, as far as it was read. */
interface List {
  /** Of SEV_STATUS, of the whole names. */
  readonly bits: readonly number[];
  /** Whether the text ends in the middle of a name. */
  readonly isCut: boolean;
}

/** The list of a text that holds SVSM's names alone, each once, in its order. Null for any other text. */
function listOf(text: string): List | null {
  const words = text.split(" ").filter((word) => word !== "");
  const places = words.map((word) => NAMES.indexOf(word));
  const isCut = places.at(-1) === NONE;
  const whole = isCut ? places.slice(0, -1) : places;
  if (!whole.every((place, index) => place > (whole[index - 1] ?? NONE))) return null;
  const [cut = ""] = words.slice(whole.length);
  const later = NAMES.slice((whole.at(-1) ?? NONE) + 1);
  if (isCut && !later.some((name) => name.startsWith(cut))) return null;
  return { bits: whole.flatMap((place) => bitByName(NAMES[place] ?? "") ?? []), isCut };
}

/** What indexOf gives for a word that is no name. */
const NONE = -1;

/** The quotation marks before a line's message; null where a program's prefix stands there. */
function quotesOf({ text, bodyStart }: LineText): string | null {
  const before = text.slice(0, bodyStart);
  return QUOTE.test(before) ? before.replaceAll(/\s/gu, "") : null;
}

class Continuation implements Block {
  readonly #role: ListRole;
  readonly #quotes: string | null;
  #names: string;

  constructor(first: LineText, role: ListRole, names: string) {
    this.#role = role;
    this.#quotes = quotesOf(first);
    this.#names = names;
  }

  take(text: LineText, number: number): Taken {
    const names = this.#joined(text);
    const list = names === null ? null : listOf(names);
    if (names === null || list === null) return { state: "foreign", found: [] };
    this.#names = names;
    if (list.isCut) return { state: "more", found: [] };
    const start = text.bodyStart;
    const span = { start, end: text.printed.trimEnd().length };
    const match = listMatch(span, number, this.#role, list.bits);
    return { state: "more", found: [text.placeMatch(match, number)] };
  }

  readonly close = (): readonly BlockMatch[] => [];

  /** The list with a line that goes on with it: behind a name, or in the middle of one. Null where the line does not. */
  #joined(text: LineText): string | null {
    const quotes = quotesOf(text);
    const isSameText = quotes === "" || (quotes !== null && quotes === this.#quotes);
    if (!isSameText || !REST.test(text.body)) return null;
    const ways = [`${this.#names} ${text.body}`, this.#names.trimEnd() + text.body];
    return ways.find((joined) => listOf(joined) !== null) ?? null;
  }
}

/**
 * `[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJECTION` and `SECURE_TSC` on the next line: SVSM prints one
 * line, and a mail, a terminal or a paste has wrapped it. The value is that of all names so far.
 */
export const listContinuation: BlockFormat = {
  name: "features that the SVSM needs or refuses, on several lines",
  software: "svsm",
  anchors: SVSM_LIST_ANCHORS,
  begin: (text) => {
    const { what, names } = LIST.exec(text.printed)?.groups ?? {};
    const role = roleOfList(what);
    if (role === null || names === undefined || !PRINTED.test(text.text)) return null;
    return listOf(names) === null ? null : new Continuation(text, role, names);
  },
  isMember: (text) => REST.test(text.body),
  patience: 0,
  longest: NAMES.length + 1,
  holds: false,
};
