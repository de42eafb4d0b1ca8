import type { GuestLookup } from "../../decoder/guest/lookup";
import type { GuestProfile } from "../../decoder/guest/profile";
import { compareGuestsReport } from "../../decoder/report/guest/compareGuestsReport";
import { compareValuesReport } from "../../decoder/report/value/compareValuesReport";
import { guestProblemSentence, u64ProblemSentence } from "../../decoder/report/problem";
import type { Report } from "../../decoder/report/report";
import { parseU64 } from "../../decoder/text/u64";
import { registerOfWord } from "./typedValue";

/** The context of a comparison: the guest for two values, and the look-up of guest names. */
export interface Asking {
  readonly guest: GuestProfile | null;
  readonly lookUp: GuestLookup;
}

/** The report on a comparison, or one sentence on why the text cannot be compared. */
export type Comparison =
  { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly problem: string };

/** The longest text that can name two things. */
const LONGEST = 500;

/**
 * Compares what a text names: `0x887 0x87` (SEV_STATUS), `sev-features 0x221 0x1`, or two guest kernels as in
 * `6.12.77 6.12.78`. Blanks or a comma stand between the two.
 */
export function compareTwo(text: string, { guest, lookUp }: Asking): Comparison {
  const words = text
    .slice(0, LONGEST)
    .split(/[\s,]+/u)
    .filter((word) => word !== "");
  const named = words.length === 3 ? registerOfWord(words[0] ?? "") : undefined;
  const [a, b, more] = named === undefined ? words : words.slice(1);
  if (a === undefined || b === undefined || more !== undefined || text.length > LONGEST)
    return { ok: false, problem: EXPECTED };
  const one = parseU64(a);
  const other = parseU64(b);
  if (one.ok && other.ok) {
    const register = named ?? "sev-status";
    const compared = { register, a: one.value, b: other.value, guest };
    return { ok: true, report: compareValuesReport(compared) };
  }
  const wrong = one.ok ? other : one;
  // After a register's name, or beside a value, only a value makes sense.
  if (!wrong.ok && (named !== undefined || one.ok || other.ok))
    return { ok: false, problem: u64ProblemSentence(wrong.problem) };
  const first = lookUp(a);
  const second = lookUp(b);
  if (first === null) return { ok: false, problem: guestProblemSentence(a) };
  if (second === null) return { ok: false, problem: guestProblemSentence(b) };
  return { ok: true, report: compareGuestsReport({ a: first, b: second, status: null }) };
}

const EXPECTED =
  "Expected two values, such as 0x887 0x87 or sev-features 0x221 0x1, or two guest kernels, such as 6.12.77 6.12.78.";
