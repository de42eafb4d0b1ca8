import { visible } from "../../text/visible";
import type { BitState, Glance, GlanceRow } from "../glance";
import { TONE_SIGNS } from "../glance";
import { plain } from "../phrase";
import { columns } from "./text";

const STATE_CHARACTERS: Readonly<Record<BitState, string>> = {
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
export function stripText(bits: readonly BitState[]): string {
  return stripGroups(bits)
    .map((group) => group.map((state) => STATE_CHARACTERS[state]).join(""))
    .join(" ");
}

/** A row's names, or nothing for bits without a name. */
export function rowNames({ names }: GlanceRow): string {
  return names.join(" ");
}

/** A glance as plain text: the verdict first. Ends without a newline. */
export function glanceText(glance: Glance): string {
  const { title, verdict, tone, bits, rows, lines, fix } = glance;
  return [
    `${visible(plain(title))}: ${TONE_SIGNS[tone]} ${visible(plain(verdict))}`,
    ...(bits === null ? [] : [`  ${stripText(bits)}`]),
    ...columns(
      rows.map((row) => [`  ${row.sign} ${row.bits.padStart(4)}`, rowNames(row), row.state]),
    ),
    ...lines.map((line) => `  ${visible(plain(line))}`),
    ...(fix === null ? [] : [`  Fix: ${visible(plain(fix))}`]),
  ].join("\n");
}
