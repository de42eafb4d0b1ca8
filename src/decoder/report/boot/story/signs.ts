import type { Tone } from "../../report";

/** A sign for each tone, so that colour carries no meaning alone. */
export const TONE_SIGNS: Readonly<Record<Tone, string>> = {
  good: "✓",
  bad: "✗",
  unknown: "?",
  neutral: "–",
};
