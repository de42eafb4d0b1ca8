import { NotUnderstood } from "./notUnderstood";

/** The file at the top of a kernel's source that has its version. */
export const MAKEFILE = "Makefile";

const ASSIGNMENT =
  /^(?<name>VERSION|PATCHLEVEL|SUBLEVEL|EXTRAVERSION)[ \t]*=[ \t]*(?<text>[^\r]*)/u;
const NUMBER = /^\d{1,5}$/u;
const EXTRA = /^[\w.+~-]{0,64}$/u;
/** They are the first lines; a Makefile without them is not read to its end. */
const MOST_LINES = 200;

/** The release of a kernel's source as upstream writes it (`6.12.117`, `7.3-rc4`), from its Makefile. */
export function sourceRelease(makefile: string): string {
  const assigned = new Map<string, { readonly text: string; readonly line: number }>();
  makefile.split("\n", MOST_LINES).forEach((content, index) => {
    const groups = ASSIGNMENT.exec(content)?.groups;
    if (groups === undefined) return;
    assigned.set(groups["name"] ?? "", { text: (groups["text"] ?? "").trim(), line: index + 1 });
  });
  const valueOf = (name: string, form: RegExp): string => {
    const { text, line } = assigned.get(name) ?? { text: null, line: null };
    if (text !== null && form.test(text)) return text;
    throw new NotUnderstood(
      { file: MAKEFILE, line },
      `expected ${name} = and a number, as the Makefile at the top of a kernel's source has it.`,
    );
  };
  const [version, patchLevel] = [valueOf("VERSION", NUMBER), valueOf("PATCHLEVEL", NUMBER)];
  const subLevel = Number(valueOf("SUBLEVEL", NUMBER));
  const extra = assigned.has("EXTRAVERSION") ? valueOf("EXTRAVERSION", EXTRA) : "";
  return `${version}.${patchLevel}${subLevel === 0 ? "" : `.${subLevel}`}${extra}`;
}
