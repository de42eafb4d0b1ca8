import type { Span } from "../../../text/span";

/** A severity that is spoken of; JSON's key of that name is part of every line of some clouds' logs. */
const SPOKEN_OF = /\bsever(?:e|ity|ities)\b(?!["']\s{0,4}:|\s{0,2}=)/iu;

/** A declaration of one byte, or of a constant. */
const BYTE_BEFORE =
  /(?:\b(?:u?int8(?:_t)?|(?:__)?[us]8|byte|u?char)\s{1,8}(?:const\s{1,8})?|#\s{0,4}define\s{1,8}|\benum\b[^;}]{0,60}[{,]\s{0,8})$/iu;
/** A declaration of as many bits as the register has. */
const WIDE_BEFORE = /\b(?:u?int64(?:_t)?|(?:__)?[us]64|unsigned long|long long)\s{1,8}$/iu;
/** The end of a statement, or of an enumerator that has its line to itself. */
const STATEMENT_ENDS = /^\s{0,8};\s{0,8}(?:$|\/[/*])/u;
const ENUMERATOR_ENDS = /^\s{0,8},\s{0,8}(?:$|\/[/*])/u;

/** As much of a line before a name and behind a value as is looked at. */
const BESIDE = 100;

/** A value and the name that it has on its line. */
interface NamedByte {
  readonly nameStart: number;
  readonly operator: string;
  readonly value: bigint;
  readonly token: Span;
}

/**
 * Whether a line's values under the name SEV_STATUS are a severity's status: other software has bytes of that name,
 * whose values the register could hold too. Values of more than a byte are never taken for one.
 */
export function severityOn(line: string): (named: NamedByte) => boolean {
  let isSpokenOf: boolean | null = null;
  return ({ nameStart, operator, value, token }) => {
    if (value > 0xffn) return false;
    isSpokenOf ??= SPOKEN_OF.test(line);
    if (isSpokenOf) return true;
    const before = line.slice(Math.max(0, nameStart - BESIDE), nameStart);
    if (BYTE_BEFORE.test(before)) return true;
    // Source that assigns a byte's literal: no program's reading of the register.
    if (operator !== "=" || WIDE_BEFORE.test(before) || token.end - token.start > 4) return false;
    const after = line.slice(token.end, token.end + BESIDE);
    const isEnumerator = nameStart <= BESIDE && before.trim() === "" && ENUMERATOR_ENDS.test(after);
    return isEnumerator || STATEMENT_ENDS.test(after);
  };
}
