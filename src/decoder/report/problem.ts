import { REGISTERS } from "../register/decode";
import type { U64Problem } from "../text/u64";
import { list } from "./phrase";
import { quoted } from "../text/quoted";

const VALUE_EXPECTED =
  "expected 64 bits such as 0x887, 887 (bare digits are hex), 0d2183 (decimal) or 0b101 (binary)";

/** Why a text is no value, and what was expected, in one sentence. */
export function u64ProblemSentence({ code, text }: U64Problem): string {
  switch (code) {
    case "empty":
      return `No value is given: ${VALUE_EXPECTED}.`;
    case "not-a-value":
      return `${quoted(text)} is not a value: ${VALUE_EXPECTED}.`;
    case "too-large":
      return `${quoted(text)} does not fit in 64 bits: expected at most 0xffffffffffffffff.`;
  }
}

/** Why a text names no guest kernel. */
export function guestProblemSentence(text: string): string {
  return `No kernel ${quoted(text)}: expected 6.12.80, 6.8.0-45-generic, 6.18+secure-avic, rhel-9.4 or a whole "Linux version" line.`;
}

/** Why a text names no register. */
export function registerProblemSentence(text: string): string {
  return `${quoted(text)} is no register: expected ${list(REGISTERS, "or")}.`;
}

/** Why a text names no feature. */
export function featureProblemSentence(text: string): string {
  return `${quoted(text)} is no SEV_STATUS feature: expected names as Linux prints them (SEV-SNP, DebugSwap, SecureTSC …) or "bit N" with N from 0 to 63, separated by commas.`;
}
