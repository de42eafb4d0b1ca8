import type { BlockMatch } from "../../finding";
import { callerOf, sourceOf } from "../kit/caller";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Taken } from "../format";
import { matchOf } from "../kit/matches";

const HEADER = /\bVirtual Machine Save Area \(VMSA\):\s*$/u;
const HEX_ROW = /^(?:[\da-f]{2} ){15}[\da-f]{2}\s*$/u;
const FEATURES_ROW = 0x3b0 / 16;
/** Eight bytes of two digits, and the blanks between. */
const FEATURES_LENGTH = 23;

/** The rows of a whole dump: of struct sev_es_save_area, and of what older kernels print (1032 bytes, the last row half). */
const WHOLE = 1648 / 16;
const WHOLE_FORMERLY = Math.floor(1032 / 16);

/** The SEV_FEATURES that stand in a row, the lowest byte first. */
function featuresOf(text: LineText, number: number): BlockMatch {
  const start = text.bodyStart;
  const span = { start, end: start + FEATURES_LENGTH };
  const bytes = text.text.slice(span.start, span.end).split(" ");
  const value = BigInt(`0x${bytes.reverse().join("")}`);
  const match = matchOf(span, number, { kind: "sev-features", value, role: "guest" });
  return text.placeMatch(match, number);
}

/** One dump that is being read. */
class SaveArea {
  /** The prefix that every row of this dump shares. */
  readonly #source: string;
  rows = 0;
  /** Its SEV_FEATURES, once their row was read. */
  readonly found: BlockMatch[] = [];

  constructor(header: LineText) {
    this.#source = sourceOf(header);
  }

  /** Counts a row, if it can be one of this dump. */
  take(text: LineText, number: number): boolean {
    if (sourceOf(text) !== this.#source) return false;
    if (this.rows === FEATURES_ROW) this.found.push(featuresOf(text, number));
    this.rows += 1;
    return true;
  }
}

/** All dumps that are being read at the same time, by who prints them. */
class SaveAreas implements Block {
  /** Null for dumps that without a mark nobody can tell apart. */
  readonly #areas = new Map<string | null, SaveArea | null>();

  constructor(header: LineText) {
    this.#areas.set(callerOf(header), new SaveArea(header));
  }

  take(text: LineText, number: number): Taken {
    if (HEADER.test(text.printed)) return { state: "more", found: this.#begin(text) };
    const caller = callerOf(text);
    const area = this.#areas.get(caller);
    if (area === undefined) return { state: "foreign", found: [] };
    if (!HEX_ROW.test(text.body)) return this.#other(text, caller);
    if (area?.take(text, number) === false) return { state: "foreign", found: [] };
    if (area?.rows !== WHOLE) return { state: "more", found: [] };
    const found = this.#end(caller);
    return { state: this.#areas.size === 0 ? "done" : "more", found };
  }

  close(): readonly BlockMatch[] {
    return [...this.#areas.keys()].flatMap((caller) => this.#end(caller));
  }

  #end(caller: string | null): BlockMatch[] {
    const found = this.#areas.get(caller)?.found ?? [];
    this.#areas.delete(caller);
    return found;
  }

  /** A first line: one thread prints one dump after another, but who has no mark may be several. */
  #begin(text: LineText): BlockMatch[] {
    const caller = callerOf(text);
    const area = this.#areas.get(caller);
    const mayBeWhole = area?.rows === WHOLE_FORMERLY || area?.rows === WHOLE;
    if (caller === null && area !== undefined && !mayBeWhole) {
      this.#areas.set(caller, null);
      return [];
    }
    const found = this.#end(caller);
    this.#areas.set(caller, new SaveArea(text));
    return found;
  }

  /** A line that is no row, of somebody who prints rows. */
  #other(text: LineText, caller: string | null): Taken {
    // Without a mark, bytes of something else may follow, among those that are still to come.
    if (caller === null && !text.printed.trimEnd().endsWith(":"))
      return { state: "foreign", found: [] };
    const found = this.#end(caller);
    if (caller === null) this.#areas.set(caller, null);
    return { state: this.#areas.size === 0 ? "over" : "foreign", found };
  }
}

/**
 * `Virtual Machine Save Area (VMSA):` and 16 bytes a line; SEV_FEATURES are the 8 bytes at offset 0x3b0, the
 * lowest first: `29 00 00 00 00 00 00 00 …` on the 60th line. With dynamic debug only. The rows have nothing that
 * tells whose they are but the mark of the caller; without it two dumps at once say nothing.
 */
export const vmsaDump: BlockFormat = {
  name: "VMSA as bytes",
  software: "kvm",
  anchors: ["Virtual Machine Save Area (VMSA):"],
  begin: (text) => (HEADER.test(text.printed) ? new SaveAreas(text) : null),
  isMember: (text) => HEADER.test(text.printed) || HEX_ROW.test(text.body),
  patience: 4,
  longest: 1024,
  // What it says is certain only when no other dump has begun before it ends.
  holds: true,
};
