import type { BitState, Glance, GlanceRow } from "../glance";
import { TONE_SIGNS } from "../glance";
import type { Tone } from "../report";
import { BIT_CHARACTERS, stripGroups } from "./glanceText";
import { escaped, phraseMarkdown } from "./markdown";

/**
 * The only HTML: our own spans with theme colours, in the form that VS Code lets through. They hold no text of a
 * document, and where HTML is off the same words are left.
 */
function coloured(text: string, { color, background }: Colours): string {
  const style = [
    `color:var(--vscode-${color});`,
    ...(background === undefined
      ? []
      : [`background-color:var(--vscode-${background});`, "border-radius:3px;"]),
  ].join("");
  return `<span style="${style}">${text}</span>`;
}

interface Colours {
  readonly color: string;
  readonly background?: string;
}

const TONES: Readonly<Record<Tone, Colours | null>> = {
  good: { color: "charts-green" },
  bad: { color: "editorError-foreground" },
  unknown: { color: "editorWarning-foreground" },
  neutral: null,
};

/** How bits are marked; the others are plain. */
const BITS: ReadonlyMap<BitState, Colours> = new Map([
  ["lacking", { color: "editorHoverWidget-background", background: "editorError-foreground" }],
  ["set", { color: "badge-foreground", background: "badge-background" }],
] as const);

function inTone(text: string, tone: Tone): string {
  const colours = TONES[tone];
  return colours === null ? text : coloured(text, colours);
}

/** The strip as code, with the marked bits in colour. */
function strip(bits: readonly BitState[]): string {
  const groups = stripGroups(bits).map((group) =>
    group
      .map((state) => {
        const colours = BITS.get(state);
        const text = BIT_CHARACTERS[state];
        return colours === undefined ? text : coloured(text, colours);
      })
      .join(""),
  );
  return `<code>${groups.join(" ")}</code>`;
}

function rowMarkdown({ sign, tone, bits, names, state }: GlanceRow): string {
  const shown = names.map(escaped).join(" ");
  const parts = [
    inTone(sign, tone),
    escaped(bits),
    tone === "bad" && shown !== "" ? `**${shown}**` : shown,
    tone === "bad" ? inTone(escaped(state), tone) : escaped(state),
  ];
  return parts.filter((part) => part !== "").join(" &nbsp;");
}

/** The verdict line of a glance, with its sign. */
export function verdictMarkdown({ verdict, tone }: Glance): string {
  return `${inTone(TONE_SIGNS[tone], tone)} ${phraseMarkdown(verdict)}`;
}

/**
 * A glance as Markdown for a hover, the verdict first. Text from outside is escaped. `isTold`: a problem at the same
 * place says the verdict already.
 */
export function glanceMarkdown(glance: Glance, { isTold = false } = {}): string {
  const { title, bits, rows, lines, fix } = glance;
  const shown = phraseMarkdown(title);
  const heading = isTold ? [] : [verdictMarkdown(glance)];
  const details = [
    bits === null ? shown : `${shown} &nbsp;${strip(bits)}`,
    ...rows.map(rowMarkdown),
    ...lines.map(phraseMarkdown),
  ];
  return [
    ...heading,
    details.join("  \n"),
    ...(fix === null ? [] : [`**Fix:** ${phraseMarkdown(fix)}`]),
  ].join("\n\n");
}
