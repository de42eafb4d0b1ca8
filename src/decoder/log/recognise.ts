import { ghcbDump } from "./ghcbDump";
import { KVM_FORMATS } from "./kvm";
import { LINUX_FORMATS } from "./linux";
import { namedValue } from "./named";
import { RDMSR_FORMATS } from "./rdmsr";
import type { LineFormat, Lines, Recognised } from "./reading";

/** Every format there is. Where two find the same text, the one that comes first in this list has it. */
export const FORMATS: readonly LineFormat[] = [
  ...KVM_FORMATS,
  ghcbDump,
  ...LINUX_FORMATS,
  ...RDMSR_FORMATS,
  namedValue,
];

/** Nothing is looked for beyond this many UTF-16 units of a line: no program prints such a line. */
const LONGEST_LINE = 16_384;

/** What a line of a document says, in the order of the line. Texts never overlap. */
export function recogniseLine(lines: Lines, number: number): Recognised[] {
  const line = (lines(number) ?? "").slice(0, LONGEST_LINE);
  const found: Recognised[] = [];
  for (const { anchors, recognise } of FORMATS) {
    if (!anchors.some((anchor) => line.includes(anchor))) continue;
    for (const one of recognise(line, { lines, number })) {
      if (found.every(({ start, end }) => one.end <= start || end <= one.start)) found.push(one);
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** What stands at a UTF-16 offset of a line, its end included as an editor's hover does; null for nothing. */
export function recogniseAt(lines: Lines, number: number, offset: number): Recognised | null {
  return (
    recogniseLine(lines, number).find(({ start, end }) => start <= offset && offset <= end) ?? null
  );
}
