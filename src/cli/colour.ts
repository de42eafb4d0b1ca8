import type { Tone } from "../decoder/report/report";
import type { Paint } from "../decoder/report/render/text";
import { PLAIN } from "../decoder/report/render/text";

const ESCAPE = "\u001b[";
const BOLD = "1";
const COLOURS: Readonly<Record<Tone, string | null>> = {
  good: "32",
  bad: "31",
  unknown: "33",
  neutral: null,
};

/** Emphasis by ANSI escape sequences. */
const ANSI: Paint = {
  strong: (text) => painted(BOLD, text),
  tone: (tone, text) => {
    const colour = COLOURS[tone];
    return colour === null ? text : painted(colour, text);
  },
};

function painted(style: string, text: string): string {
  return `${ESCAPE}${style}m${text}${ESCAPE}0m`;
}

/** Colour at a terminal that has it, unless NO_COLOR (https://no-color.org) asks for none. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  const refused = (environment["NO_COLOR"] ?? "") !== "" || environment["TERM"] === "dumb";
  return stream.isTTY === true && !refused ? ANSI : PLAIN;
}
