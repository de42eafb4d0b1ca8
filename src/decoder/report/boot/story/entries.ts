import type { AssessedBoot } from "../../../boot/assessed";
import { grouped } from "../../../text/grouped";
import type { Phrase } from "../../phrase";
import { list, say, strong } from "../../phrase";
import type { BootLine } from "./bootLine";
import { kernelPhrase } from "./bootLine";
import type { Comparable } from "./changes";
import { changesSince, comparable } from "./changes";
import type { KeptFinding, LinesAtHand } from "./kept";
import { lineLabel, linesLabel, quotedLine } from "./kept";
import type { LogEntry, LogLink } from "./view";

/** A boot, or silent boots one after another, with the lines that tell of it. */
export interface Told {
  readonly first: number;
  readonly last: number;
  /** The line on which it begins. */
  readonly start: number;
  /** Of its first and its last finding; of silent boots the whole. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Null for silent boots. */
  readonly assessed: AssessedBoot | null;
  readonly lines: readonly BootLine[];
}

/** Boots with the same story. Numbers are kept of the first ones only; all are counted. */
export interface Group {
  readonly id: string;
  readonly line: BootLine;
  readonly told: Told;
  readonly numbers: number[];
  count: number;
  last: Told;
  lastLine: BootLine;
  /** Kernels of its boots. */
  readonly kernels: Set<string>;
  /** The kernel of the last boot before that printed a banner. */
  readonly before: { readonly boot: number; readonly release: string } | null;
  readonly since: Phrase | null;
}

/** Numbers of boots beyond these are counted. */
const MOST_NUMBERS = 4;
/** Kernels of one group beyond these are counted. */
const MOST_KERNELS = 4;

/** The groups of a log: problems, each cause once; and the other boots, equal ones in a row once. */
export interface Groups {
  readonly problems: readonly Group[];
  readonly others: readonly Group[];
  /** Where a boot is: by its number. */
  readonly places: ReadonlyMap<number, GroupPlace>;
}

export interface GroupPlace {
  readonly list: "problems" | "others";
  readonly index: number;
}

/** What was told before, to compare the next boots with. */
export interface Earlier {
  /** The kernel of the last boot that printed a banner. */
  kernel: Group["before"];
  compared: Comparable | null;
}

/** Groups boots by what they tell; in the order of the log, after what was told `earlier`. */
export function groupsOf(
  told: Iterable<Told>,
  earlier: Earlier = { kernel: null, compared: null },
): Groups {
  const problems = new Map<string, Group>();
  const places = new Map<number, GroupPlace>();
  const indexes = new Map<Group, number>();
  const others: Group[] = [];
  for (const one of told) {
    const own: Comparable | null = one.assessed === null ? null : comparable(one.assessed);
    const { kernel: before, compared } = earlier;
    const since = own === null || compared === null ? null : changesSince(compared, own);
    for (const [at, line] of one.lines.entries()) {
      const made = (): Group => startOf(one, at, line, before, since);
      if (line.problem === null) {
        const last = others.at(-1);
        const repeats = last !== undefined && since === null && last.line.key === line.key;
        const group = repeats ? last : made();
        if (!repeats) others.push(group);
        join(group, one, line);
        keep(places, one, { list: "others", index: others.length - 1 });
        continue;
      }
      const group = problems.get(line.key) ?? made();
      if (!problems.has(line.key)) {
        indexes.set(group, problems.size);
        problems.set(line.key, group);
      }
      join(group, one, line);
      keep(places, one, { list: "problems", index: indexes.get(group) ?? 0 });
    }
    const kernel = one.assessed?.boot.kernel;
    if (kernel != null) earlier.kernel = { boot: one.first, release: kernel.release };
    earlier.compared = own ?? compared;
  }
  return { problems: [...problems.values()], others, places };
}

/** A boot with a problem is found there, whatever else is told of it. */
function keep(places: Map<number, GroupPlace>, { first }: Told, place: GroupPlace): void {
  if (places.get(first)?.list !== "problems") places.set(first, place);
}

function startOf(
  told: Told,
  at: number,
  line: BootLine,
  before: Group["before"],
  since: Phrase | null,
): Group {
  return {
    id: `${told.first}.${at}`,
    line,
    told,
    numbers: [],
    count: 0,
    last: told,
    lastLine: line,
    kernels: new Set(),
    before,
    since: at === 0 && line.problem === null ? since : null,
  };
}

function join(group: Group, told: Told, line: BootLine): void {
  const boots = told.last - told.first + 1;
  for (let number = told.first; number <= told.last; number++)
    if (group.numbers.length < MOST_NUMBERS) group.numbers.push(number);
  group.count += boots;
  group.last = told;
  group.lastLine = line;
  const release = told.assessed?.boot.kernel?.release;
  if (release !== undefined && group.kernels.size <= MOST_KERNELS) group.kernels.add(release);
}

/** What was kept of a log. */
export interface Kept {
  /** The first findings of a boot. */
  readonly findings: (boot: number) => readonly KeptFinding[];
  readonly lines: LinesAtHand;
}

/** A group as it is shown. */
export function entryOf(group: Group, kept: Kept): LogEntry {
  const { id, line, told, since } = group;
  const { tone, word, title, facts, fix, notes, problem } = line;
  const quoted = problem === null ? null : quoteOf(line, told, kept);
  return {
    id,
    tone,
    word,
    boots: bootsLabel(group),
    title,
    facts,
    links: linksOf(group, quoted?.link ?? null, kept),
    kernel: problem === null || told.assessed === null ? null : kernelsOf(group, told.assessed),
    quoted,
    fix,
    notes: since === null ? notes : [since, ...notes],
  };
}

/** `Boot 2`, `Boots 2, 5 and 9`, `Boots 4–97`, `28 boots (2 … 56)`. */
function bootsLabel({ numbers, count, told, last }: Group): string {
  if (count === 1) return `Boot ${grouped(told.first)}`;
  if (last.last - told.first + 1 === count)
    return `Boots ${grouped(told.first)}–${grouped(last.last)}`;
  if (count <= MOST_NUMBERS) return `Boots ${list(numbers.map(grouped))}`;
  return `${grouped(count)} boots (${grouped(told.first)} … ${grouped(last.last)})`;
}

function kernelsOf({ kernels, before }: Group, assessed: AssessedBoot): Phrase {
  if (kernels.size < 2) return kernelPhrase(assessed, before);
  const names = [...kernels].slice(0, MOST_KERNELS);
  const more = kernels.size > MOST_KERNELS ? [...names, "others"] : names;
  return say`Kernels ${strong(list(more))} (banners)`;
}

function linksOf(
  { line, told, count, last, lastLine }: Group,
  quoted: LogLink | null,
  kept: Kept,
): LogLink[] {
  const { findings } = kept;
  const whole = linkTo(told.firstLine, told.lastLine, findings(told.first));
  if (count === 1 || last === told) return [quoted ?? whole];
  if (line.problem === null) return [linkTo(told.firstLine, last.lastLine, findings(told.first))];
  const first = quoted ?? { ...whole, label: lineLabel(told.firstLine) };
  const end = quoteOf(lastLine, last, kept)?.link;
  return [first, end ?? { ...linkTo(last.firstLine, last.firstLine, findings(last.first)) }];
}

/** A link to lines; it selects what was found on the first of them. */
function linkTo(first: number, last: number, findings: readonly KeptFinding[]): LogLink {
  const { start = 0, end = 0 } = findings.find(({ line }) => line === first) ?? {};
  return { label: linesLabel(first, last), line: first, start, end };
}

/** The line that shows a problem: the one that reports the end, else the one with what failed; null where none was kept. */
function quoteOf({ ending }: BootLine, told: Told, kept: Kept): LogEntry["quoted"] {
  const findings = kept.findings(told.first);
  const shown =
    ending === null
      ? ([...findings].reverse().find(({ fact }) => TELLING.has(fact.kind)) ?? findings.at(-1))
      : findings.find(({ line }) => line === ending.line);
  if (shown !== undefined) return quotedLine(shown, kept.lines);
  if (ending === null || told.assessed === null) return null;
  const link = { label: lineLabel(ending.line), line: ending.line, start: 0, end: 0 };
  return { text: "", start: 0, end: 0, link };
}

/** What can say by itself why a boot failed. */
const TELLING: ReadonlySet<string> = new Set([
  "sev-features",
  "sev-status",
  "hypervisor-features",
  "guest-request-error",
  "notice",
  "vmgexit",
]);
