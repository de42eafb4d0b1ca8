import { wrongConstant } from "./constants";
import type { LineHint, SourceHint } from "./hint";
import { RdmsrReader } from "./rdmsr";
import { namesInit2, snpActiveIn } from "./vmsaFeatures";

export type { SourceHint } from "./hint";

/** Longer texts, and longer lines, are made by programs; so many hints nobody reads. */
const MOST_LINES = 10_000;
const LONGEST_LINE = 400;
const MOST_HINTS = 200;

/**
 * What is wrong in source code that names bits of SEV_STATUS and SEV_FEATURES: constants with another bit's value,
 * SNPActive handed to KVM_SEV_INIT2, and the hex digits of `rdmsr` read as decimal. In the order of the lines.
 */
export function sourceHints(lines: Iterable<string>): readonly SourceHint[] {
  const hints: SourceHint[] = [];
  const rdmsr = new RdmsrReader();
  let isInit2 = false;
  let number = -1;
  for (const line of lines) {
    number += 1;
    if (number >= MOST_LINES || hints.length >= MOST_HINTS) break;
    if (line.length > LONGEST_LINE) continue;
    isInit2 ||= namesInit2(line);
    const found = [wrongConstant(line), snpActiveIn(line), rdmsr.read(line)];
    for (const hint of found.filter(isHint)) hints.push({ ...hint, line: number });
  }
  // The command may be named behind the structure that it takes.
  return isInit2 ? hints : hints.filter(({ kind }) => kind !== "vmsa-features");
}

function isHint(hint: LineHint | null): hint is LineHint {
  return hint !== null;
}
