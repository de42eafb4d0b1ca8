import type { Register } from "../../decoder/register/decode";
import { REGISTERS } from "../../decoder/register/decode";
import { u64ProblemSentence } from "../../decoder/report/problem";
import { parseU64 } from "../../decoder/text/u64";
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

type Typed =
  | { readonly ok: true; readonly value: ValueArgument }
  | { readonly ok: false; readonly problem: string };

/** Reads `0x887`, `sev-features 0x21` or `SW_EXITINFO2=0x800`. A value alone is one of `alone`. */
export function parseTyped(text: string, alone: Register = "sev-status"): Typed {
  const match = /^(?:(?<word>[A-Za-z][\w-]*)(?: *[:=] *| +))?(?<value>\S+)$/u.exec(text.trim());
  const word = match?.groups?.["word"];
  const register = word === undefined ? alone : registerOfWord(word);
  const parsed = parseU64(
    match === null || register === undefined ? text : (match.groups?.["value"] ?? ""),
  );
  return parsed.ok && register !== undefined
    ? { ok: true, value: { register, value: parsed.value } }
    : { ok: false, problem: parsed.ok ? "" : u64ProblemSentence(parsed.problem) };
}
