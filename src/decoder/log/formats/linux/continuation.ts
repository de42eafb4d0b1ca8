import type { BlockMatch } from "../../finding";
import { maskOf } from "../../../text/u64";
import { callerOf, maySucceed, sourceOf } from "../kit/caller";
import { featureWords } from "../kit/featureWords";
import { hasSvsmList } from "../kit/svsmLists";
import { statusByNames } from "./boot";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Taken } from "../format";

const STATUS = /\bSEV: Status:(?<names>[ \w-]{0,600})$/u;
const NAMES = /^[A-Za-z][\w-]{0,24}(?: [A-Za-z][\w-]{0,24}){0,40} {0,4}$/u;

/** The bits of a line that holds names of features and nothing else. */
function namesOf(text: LineText): number[] | null {
  return NAMES.test(text.body) ? featureWords(text.body) : null;
}

class Continuation implements Block {
  readonly #source: string;
  readonly #caller: string | null;
  #bits: readonly number[];

  constructor(first: LineText, bits: readonly number[]) {
    this.#source = sourceOf(first);
    this.#caller = callerOf(first);
    this.#bits = bits;
  }

  take(text: LineText, number: number): Taken {
    // Behind another list, names are the rest of that one.
    if (STATUS.test(text.printed) || hasSvsmList(text.printed)) return { state: "over", found: [] };
    // Another guest's console, or another processor.
    if (!maySucceed(text, this.#source) || callerOf(text) !== this.#caller)
      return { state: "foreign", found: [] };
    const more = namesOf(text);
    const last = this.#bits.at(-1) ?? -1;
    // The kernel prints bits from the lowest up: lower ones are somebody else's words.
    if (more?.[0] === undefined || more[0] <= last) return { state: "foreign", found: [] };
    this.#bits = [...this.#bits, ...more];
    const start = text.bodyStart;
    const span = { start, end: text.printed.trimEnd().length };
    const match = statusByNames(span, number, maskOf(this.#bits));
    return { state: "more", found: [text.placeMatch(match, number)] };
  }

  readonly close = (): readonly BlockMatch[] => [];
}

/**
 * `SEV: Status: SEV SEV-ES ` on one line and `SEV-SNP DebugSwap ` on one of the next: the kernel prints the
 * names one by one, and another processor's message may come between. The value is that of all names so far.
 * Since 6.9.
 */
export const statusContinuation: BlockFormat = {
  name: "SEV status by names, on several lines",
  software: "linux",
  anchors: ["SEV: Status:"],
  begin: (text) => {
    const names = STATUS.exec(text.printed)?.groups?.["names"];
    if (names === undefined) return null;
    const bits = names.trim() === "" ? [] : featureWords(names);
    return bits === null ? null : new Continuation(text, bits);
  },
  isMember: (text) => namesOf(text) !== null,
  patience: 2,
  longest: 12,
  holds: false,
};
