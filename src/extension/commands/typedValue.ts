import type { Register } from "../../decoder/register/decode";
import { REGISTERS } from "../../decoder/register/decode";
import { u64ProblemSentence } from "../../decoder/report/problem";
import { MOST_PASTED_LINES, namedFeatures, pastedValue } from "../../decoder/boot/typed";
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

/** What a text says, or why it says nothing. */
type Typed =
  | {
      readonly ok: true;
      readonly value: ValueArgument;
      /** The banner of the kernel that a pasted log names. */
      readonly banner: string | null;
    }
  | { readonly ok: false; readonly problem: string };

/**
 * Reads what people type and paste: `0x887`, `sev-features 0x21`, `SW_EXITINFO2=0x800`, `SEV-SNP,SecureTSC`, a line of a
 * log or a whole log. A value alone is one of `alone`, names are SEV_STATUS.
 */
export function parseTyped(text: string, alone: Register = "sev-status"): Typed {
  const match = /^(?:(?<word>[A-Za-z][\w-]*)(?: *[:=] *| +))?(?<value>\S+)$/u.exec(text.trim());
  const word = match?.groups?.["word"];
  const register = word === undefined ? alone : registerOfWord(word);
  const parsed = parseU64(match === null ? text : (match.groups?.["value"] ?? ""));
  if (parsed.ok && match !== null && register !== undefined)
    return { ok: true, value: { register, value: parsed.value }, banner: null };
  const named = text.trim() === "" ? null : namedFeatures(text);
  if (named !== null)
    return { ok: true, value: { register: "sev-status", value: named }, banner: null };
  const pasted = pastedValue(text);
  if (pasted === "too-long")
    return {
      ok: false,
      problem: `This has more than ${MOST_PASTED_LINES.toLocaleString("en")} lines: save it as a file and run “SEV: Explain This Log” on it.`,
    };
  if (pasted !== null) {
    const { banner, ...value } = pasted;
    return { ok: true, value, banner };
  }
  return { ok: false, problem: problemOf(text) };
}

/** Why a text is no value. A number that is malformed or too large says more than that there is none. */
function problemOf(text: string): string {
  const shown = text.trim();
  const parsed = parseU64(shown);
  if (parsed.ok || /[\r\n]/u.test(shown))
    return "There is no SEV value in this text. Try 0x887, SEV-SNP,SecureTSC, or a line of a log.";
  return u64ProblemSentence(parsed.problem);
}
