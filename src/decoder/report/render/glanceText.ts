import { visible } from "../../text/visible";
import type { BitState, Glance } from "../glance";
import { TONE_SIGNS } from "../glance";
import { plain } from "../phrase";
import { SIGNS } from "../report";
import type { Paint } from "./text";
import { PLAIN, columns } from "./text";

/** The characters of a strip: X is missing, ? not shown by the text. */
export const BIT_CHARACTERS: Readonly<Record<BitState, string>> = {
  clear: ".",
  set: "1",
  lacking: "X",
  open: "?",
};

/** Bits shown at least; higher ones only where one of them is set. */
const LEAST_BITS = 24;

/** The bits of a strip in groups of four, highest first; from bit 23 down, or from the highest that is set. */
export function stripGroups(bits: readonly BitState[]): readonly (readonly BitState[])[] {
  const isSet = bits.map((state) => state === "set" || state === "lacking");
  const highest = isSet.lastIndexOf(true);
  const count = Math.max(LEAST_BITS, Math.ceil((highest + 1) / 4) * 4);
  return Array.from({ length: count / 4 }, (_, group) => {
    const low = count - 4 - group * 4;
    return bits.slice(low, low + 4).reverse();
  });
}

/** The bits as text: `.... .... .... X... 1... .111`; X is missing, ? not shown. */
function stripText(bits: readonly BitState[]): string {
  return stripGroups(bits)
    .map((group) => group.map((state) => BIT_CHARACTERS[state]).join(""))
    .join(" ");
}

/** A glance as plain text: the verdict, what to do, then the bits. Ends without a newline. */
export function glanceText(glance: Glance, paint: Paint = PLAIN): string {
  const { title, verdict, tone, bits, rows, lines, fix } = glance;
  const table = columns(
    rows.map((row) => [`  ${row.sign} ${row.bits.padStart(4)}`, row.names.join(" "), row.state]),
  ).map((text, index) => (rows[index]?.sign === SIGNS.lacks ? paint.tone("bad", text) : text));
  return [
    `${paint.strong(visible(plain(title)))}: ${paint.tone(tone, `${TONE_SIGNS[tone]} ${visible(plain(verdict))}`)}`,
    ...(fix === null ? [] : [`  Fix: ${visible(plain(fix))}`]),
    ...(bits === null ? [] : [`  ${stripText(bits)}`]),
    ...table,
    ...lines.map((line) => `  ${visible(plain(line))}`),
  ].join("\n");
}

/** A glance in one line: title, verdict and fix. */
export function glanceLine({ title, verdict, tone, fix }: Glance): string {
  const answer = `${plain(title)}: ${TONE_SIGNS[tone]} ${plain(verdict)}`;
  return visible(fix === null ? answer : `${answer} · Fix: ${plain(fix)}`);
}

/** The longest part of a line that is worth quoting. */
const LONGEST_LINE = 400;

/** A glance for a mail: the line that it is about, where that stands, and the answer. Ends without a newline. */
export function quotedGlance(quoted: {
  readonly where: string;
  readonly line: string;
  readonly glance: Glance;
}): string {
  const line = visible(quoted.line.trim());
  const cut = line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line;
  return [`${visible(quoted.where)}:`, `  ${cut}`, "", glanceText(quoted.glance)].join("\n");
}
