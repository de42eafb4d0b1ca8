import { counted, grouped } from "../../../text/grouped";
import type { Tone } from "../../report";
import type { Told } from "./entries";
import { TONE_SIGNS } from "./signs";
import type { TimelinePart } from "./view";

/** More boots are put together. */
export const MOST_PARTS = 40;

/** What of several tones is shown. */
const WORST: readonly Tone[] = ["bad", "unknown", "good", "neutral"];

/** The boots in their order, each as wide as its lines are many; where there are too many, several in one part. */
export function timelineOf(told: readonly Told[], lines: number): TimelinePart[] {
  if (told.length === 0) return [];
  const atOnce = Math.ceil(told.length / MOST_PARTS);
  const parts: TimelinePart[] = [];
  for (let at = 0; at < told.length; at += atOnce) {
    const boots = told.slice(at, at + atOnce);
    const next = told[at + atOnce]?.start ?? Math.max(lines, (boots.at(-1)?.lastLine ?? 0) + 1);
    parts.push(partOf(boots, next));
  }
  return parts;
}

function partOf(boots: readonly Told[], next: number): TimelinePart {
  const [first] = boots;
  const last = boots.at(-1);
  const tones = boots.flatMap(({ lines }) => lines.map(({ tone }) => tone));
  const tone = WORST.find((one) => tones.includes(one)) ?? "neutral";
  const shown = boots.find(({ lines }) => lines.some((line) => line.tone === tone)) ?? first;
  const firstLine = first?.start ?? 0;
  const from = first?.first ?? 1;
  const to = last?.last ?? from;
  const numbers = from === to ? grouped(from) : `${grouped(from)}–${grouped(to)}`;
  const problems = boots.filter(({ lines }) => lines.some(({ problem }) => problem !== null));
  const line = shown?.lines.find((one) => one.tone === tone);
  const what =
    boots.length === 1
      ? (line?.brief ?? "")
      : problems.length === 0
        ? ""
        : grouped(problems.length);
  const how =
    boots.length === 1
      ? (line?.word.toLowerCase() ?? "")
      : problems.length === 0
        ? "no problem"
        : counted(problems.length, "problem");
  return {
    tone,
    boot: shown?.first ?? from,
    sign: TONE_SIGNS[tone],
    label: `${numbers} ${TONE_SIGNS[tone]} ${what}`.trim(),
    spoken: `, ${how}, from line ${grouped(firstLine + 1)}`,
    firstLine,
    lines: Math.max(1, next - firstLine),
  };
}
