import { MOST_PASTED_LINES, namedFeatures, pastedValue } from "../../decoder/boot/typed";
import type { GuestProfile } from "../../decoder/guest/profile";
import type { Register } from "../../decoder/register/decode";
import { REGISTERS, decode } from "../../decoder/register/decode";
import type { Glance } from "../../decoder/report/glance";
import { u64ProblemSentence } from "../../decoder/report/problem";
import { glanceOf } from "../../decoder/report/value/glance";
import { glanceOnSymbol } from "../../decoder/report/value/symbolGlance";
import { glanceOnToken } from "../../decoder/report/value/tokenGlance";
import { namedThing } from "../../decoder/source/names";
import type { U64Problem } from "../../decoder/text/u64";
import { bitMask, parseU64 } from "../../decoder/text/u64";
import type { ValueArgument } from "./argument";

/** The words before a value in the input box that name its register. */
const REGISTER_WORDS: ReadonlyMap<string, Register> = new Map([
  ...REGISTERS.map((register): [string, Register] => [register, register]),
  ["status", "sev-status"],
  ["sev_status", "sev-status"],
  ["features", "sev-features"],
  ["sev_features", "sev-features"],
  ["sw_exitinfo2", "unsupported-features"],
  ["exitinfo2", "unsupported-features"],
  ["unsupported", "unsupported-features"],
  ["sw_exitinfo1", "exit-info-1"],
  ["exitinfo1", "exit-info-1"],
  ["ghcb", "ghcb-msr"],
  ["ghcb_msr", "ghcb-msr"],
]);

/** The register that a word in front of a value names; undefined for any other word. */
export function registerOfWord(word: string): Register | undefined {
  return REGISTER_WORDS.get(word.toLowerCase());
}

/** What a typed or pasted text says. */
interface Read {
  readonly ok: true;
  /** What the feature table can open; null for anything else. */
  readonly value: ValueArgument | null;
  /** The banner of the kernel that a pasted log names. */
  readonly banner: string | null;
  readonly glance: (guest: GuestProfile | null) => Glance;
}

type Typed = Read | { readonly ok: false; readonly problem: string };

/**
 * Reads what the hover reads: `0x887`, `0b101`, `sev-features 0x21`, `SW_EXITINFO2=0x800`, names of features, names of
 * source code, a line of a log or a whole log. A value alone is one of `alone`.
 */
export function parseTyped(text: string, alone: Register = "sev-status"): Typed {
  const typed = text.trim();
  const match = /^(?:(?<word>[A-Za-z][\w-]*)(?: *[:=] *| +))?(?<value>\S+)$/u.exec(typed);
  const word = match?.groups?.["word"];
  const register = word === undefined ? alone : registerOfWord(word);
  const parsed = parseU64(
    match === null || register === undefined ? typed : (match.groups?.["value"] ?? ""),
  );
  if (parsed.ok && register !== undefined) return readValue({ register, value: parsed.value });
  const isTooLarge = !parsed.ok && parsed.problem.code === "too-large";
  if (typed !== "" && !isTooLarge) {
    const named = namedFeatures(typed);
    const read =
      nameOfSource(typed) ??
      (named === null ? null : readValue({ register: "sev-status", value: named })) ??
      pasted(text);
    if (read !== null) return read;
  }
  return { ok: false, problem: parsed.ok ? "" : problemOf(typed, parsed.problem) };
}

/** Why a text is no value; of several lines it says more that there is none. */
function problemOf(typed: string, problem: U64Problem): string {
  return /[\r\n]/u.test(typed)
    ? "There is no SEV value in this text. Try 0x887, SEV-SNP,SecureTSC, or a line of a log."
    : u64ProblemSentence(problem);
}

function readValue(value: ValueArgument): Read {
  const decoded = decode(value.register, value.value);
  return { ok: true, value, banner: null, glance: (guest) => glanceOf(decoded, guest) };
}

function nameOfSource(text: string): Read | null {
  const thing = namedThing(text);
  if (thing === null) return null;
  const value =
    thing.kind === "feature"
      ? ({ register: "sev-status", value: bitMask(thing.row.bit) } as const)
      : null;
  return { ok: true, value, banner: null, glance: (guest) => glanceOnSymbol(thing, guest) };
}

/** A line as a log has it, or a whole log. */
function pasted(text: string): Typed | null {
  const found = pastedValue(text);
  if (found === "too-long")
    return {
      ok: false,
      problem: `This has more than ${MOST_PASTED_LINES.toLocaleString("en")} lines: save it as a file and run “SEV: Explain This Log” on it.`,
    };
  if (found === null) return null;
  const { fact, field, register, banner } = found;
  return {
    ok: true,
    value: register,
    banner,
    glance: (guest) => glanceOnToken(fact, field, guest),
  };
}
