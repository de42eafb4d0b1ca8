/**
 * Sentences made of plain text and code, so that every host can render them in its own way and text that comes
 * from a log can never turn into markup.
 */
export type Span =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "strong"; readonly text: string };

export type Phrase = readonly Span[];

/** Text that is shown as it stands in a program, a log or a command line. */
export function code(text: string): Span {
  return { kind: "code", text };
}

/** Text that carries the answer. */
export function strong(text: string): Span {
  return { kind: "strong", text };
}

/** A sentence: `say\`${strong("SecureTSC")} came with ${code("6.14")}\``. Strings and numbers become plain text. */
export function say(
  parts: TemplateStringsArray,
  ...values: readonly (Span | Phrase | string | number)[]
): Phrase {
  return parts.flatMap((part, index) => {
    const spans: Span[] = part === "" ? [] : [{ kind: "text", text: part }];
    const value = values[index];
    if (value === undefined) return spans;
    if (typeof value === "string" || typeof value === "number") {
      return [...spans, { kind: "text", text: String(value) } as const];
    }
    return "kind" in value ? [...spans, value] : [...spans, ...value];
  });
}

/** The sentence without any mark-up. */
export function plain(phrase: Phrase): string {
  return phrase.map((span) => span.text).join("");
}

/** `a`, `a and b`, `a, b and c`. */
export function list(words: readonly string[], conjunction = "and"): string {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} ${conjunction} ${words.at(-1) ?? ""}`;
}

/** More names than these are counted. */
const MOST_NAMES = 4;

/** The names of features, or how many where they are many: `SecureTSC SecureAVIC`, `55 features`. */
export function namesInBrief(names: readonly string[]): string {
  return names.length > MOST_NAMES ? `${names.length} features` : names.join(" ");
}
