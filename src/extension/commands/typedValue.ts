import { tokensOn } from "../../decoder/boot/document";
import { bitByName } from "../../decoder/features";
import type { GuestProfile } from "../../decoder/guest/profile";
import { registerOf } from "../../decoder/log/tokenRegister";
import type { Register } from "../../decoder/register/decode";
import { REGISTERS, decode } from "../../decoder/register/decode";
import type { Glance } from "../../decoder/report/glance";
import { u64ProblemSentence } from "../../decoder/report/problem";
import { glanceOf } from "../../decoder/report/value/glance";
import { glanceOnSymbol } from "../../decoder/report/value/symbolGlance";
import { glanceOnToken } from "../../decoder/report/value/tokenGlance";
import { namedThing } from "../../decoder/source/names";
import { bitMask, maskOf, parseU64 } from "../../decoder/text/u64";
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
  readonly glance: (guest: GuestProfile | null) => Glance;
}

type Typed = Read | { readonly ok: false; readonly problem: string };

/** No line that somebody pastes is longer. */
const LONGEST = 10_000;

/**
 * Reads what the hover reads: `0x887`, `0b101`, `sev-features 0x21`, `SW_EXITINFO2=0x800`, names of features, names of
 * source code, or a whole line of a log. A value alone is SEV_STATUS.
 */
export function parseTyped(text: string): Typed {
  const typed = text.trim();
  const match = /^(?:(?<word>[A-Za-z][\w-]*)(?: *[:=] *| +))?(?<value>\S+)$/u.exec(typed);
  const word = match?.groups?.["word"];
  const register = word === undefined ? "sev-status" : registerOfWord(word);
  const parsed = parseU64(
    match === null || register === undefined ? text : (match.groups?.["value"] ?? ""),
  );
  if (parsed.ok && register !== undefined) return readValue({ register, value: parsed.value });
  const problem = parsed.ok ? "" : u64ProblemSentence(parsed.problem);
  const isTooLarge = !parsed.ok && parsed.problem.code === "too-large";
  if (typed === "" || isTooLarge || typed.length > LONGEST) return { ok: false, problem };
  return nameOfSource(typed) ?? namedFeatures(typed) ?? lineOfLog(typed) ?? { ok: false, problem };
}

function readValue(value: ValueArgument): Read {
  const decoded = decode(value.register, value.value);
  return { ok: true, value, glance: (guest) => glanceOf(decoded, guest) };
}

/** `SEV-SNP,SecureTSC`: the features of a SEV_STATUS; null where one is no name. */
function namedFeatures(text: string): Read | null {
  const bits = text.split(/\s*,\s*|\s+(?!\d)/u).map(bitByName);
  const known = bits.filter((bit) => bit !== null);
  return known.length < bits.length
    ? null
    : readValue({ register: "sev-status", value: maskOf(known) });
}

function nameOfSource(text: string): Read | null {
  const thing = namedThing(text);
  if (thing === null) return null;
  const value =
    thing.kind === "feature"
      ? ({ register: "sev-status", value: bitMask(thing.row.bit) } as const)
      : null;
  return { ok: true, value, glance: (guest) => glanceOnSymbol(thing, guest) };
}

/** A line as a log has it: its mask of unsupported features first, else its first value. */
function lineOfLog(text: string): Read | null {
  const [line = ""] = text.split(/[\r\n]/u);
  const tokens = tokensOn(null, 0, line).map((token) => ({
    ...token,
    register: registerOf(token.fact, token.field),
  }));
  const best =
    tokens.find(({ register }) => register?.register === "unsupported-features") ??
    tokens.find(({ register }) => register !== null) ??
    tokens[0];
  if (best === undefined) return null;
  const { register, fact, field } = best;
  return { ok: true, value: register, glance: (guest) => glanceOnToken(fact, field, guest) };
}
