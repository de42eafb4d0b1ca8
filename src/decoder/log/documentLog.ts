import { BootStarts } from "./bootStarts";
import type { Boot } from "./boots";
import { BootCollector } from "./boots";
import type { Finding } from "./finding";
import { countWhile } from "./partition";
import type { Lines } from "./reading";
import { inOrder } from "./scanner";
import type { OpenBlocks, Step, Told } from "./stepReader";
import { StepReader, isSilent } from "./stepReader";
import type { Gap, LineEdit } from "./unreadLines";
import { UnreadLines } from "./unreadLines";
import { replaceItems } from "../lists";

/** A line that told something or stands in a block, and where it stands by now. */
interface Entry {
  line: number;
  /** Where it stood when it was read: what it told has places from then. */
  readonly readAt: number;
  readonly step: Step;
  /** What it told, as it was given last. */
  made: readonly Finding[];
}

/**
 * The findings and boots of a document that changes. Each line is read once, when {@link read} comes to it, and again
 * only when an edit may have changed what it says: the edited lines, those of a block that was open before them,
 * and those after them until the blocks are the same again. Read to its end, it holds what a scan of the whole finds.
 */
export class DocumentLog {
  #lines: number;
  #entries: Entry[] = [];
  /** What blocks that are open at the end have to say. */
  #tail: readonly Told[] = [];
  readonly #unread: UnreadLines;
  #facts: Facts | null = null;

  /** `lines`: how many the document has. */
  constructor(lines: number) {
    this.#lines = lines;
    this.#unread = new UnreadLines(lines);
  }

  /** How many lines the document has. */
  get lines(): number {
    return this.#lines;
  }

  /** Up to which line, exclusive, everything was read; the number of lines where nothing is left. */
  get readTo(): number {
    return this.#unread.first?.from ?? this.#lines;
  }

  /** Whether nothing is left to read. */
  get isRead(): boolean {
    return this.#unread.first === null;
  }

  /** Lines of the document were replaced. What the removed ones said is gone at once; the new ones are to be read. */
  edit(change: LineEdit): void {
    const { first, removed, inserted } = change;
    const end = first + removed;
    this.#unread.edit(change, this.#openBefore(end) === null ? "nothing-open" : "block-open");
    const from = this.#indexOf(first);
    const behind = this.#indexOf(end);
    const moved = inserted - removed;
    if (moved !== 0) {
      for (const entry of this.#entries.slice(behind)) entry.line += moved;
    }
    this.#entries.splice(from, behind - from);
    this.#lines += moved;
    this.#tail = [];
    this.#facts = null;
  }

  /** Reads on, about `most` lines; gives how many lines it read. `lines` are those of the document as it is now. */
  read(lines: Lines, most: number): number {
    let count = 0;
    for (let gap = this.#unread.first; gap !== null; gap = this.#unread.first) {
      if (count >= most) return count;
      count += this.#readGap(gap, { lines, most: most - count });
      this.#facts = null;
      if (this.isRead)
        this.#tail = StepReader.resumed(this.#openBefore(this.#lines), this.#lines, lines).end();
    }
    return count;
  }

  /** What was found so far, in the order of the lines. */
  findings(): readonly Finding[] {
    return this.#known().findings;
  }

  /** The boots of what was found so far, by their numbers; a boot in which nothing was found is none. */
  boots(): ReadonlyMap<number, Boot> {
    const known = this.#known();
    known.boots ??= bootsOf(known);
    return known.boots;
  }

  /** What was found so far of a boot, in the order of the lines. */
  findingsOf(boot: number): readonly Finding[] {
    const known = this.#known();
    known.byBoot ??= byBootOf(known.findings);
    return known.byBoot.get(boot) ?? [];
  }

  /** The boot of a line, counting from 1. */
  bootOf(line: number): number {
    return this.#known().starts.bootOf(line);
  }

  /** The lines of a boot, from 0, the last one included. */
  linesOf(boot: number): { readonly first: number; readonly last: number } {
    const { starts } = this.#known();
    const next = starts.startOf(boot + 1) ?? this.#lines;
    return { first: starts.startOf(boot) ?? 0, last: Math.max(0, next - 1) };
  }

  /** Whether everything was read of the boot that a line belongs to: what it says of its kernel is final then. */
  isBootRead(line: number): boolean {
    if (this.isRead) return true;
    // A line that was not read is part of its boot: while somebody waits for it, no facts are put together in vain.
    return line < this.readTo && this.linesOf(this.bootOf(line)).last < this.readTo;
  }

  #readGap(gap: Gap, { lines, most }: { readonly lines: Lines; readonly most: number }): number {
    const beyond = this.#unread.second ?? this.#lines;
    const first = this.#indexOf(gap.from);
    const reader = StepReader.resumed(this.#openBefore(gap.from), gap.from, lines);
    const fresh: Entry[] = [];
    let old = first;
    let at = gap.from;
    let holds = at === gap.end && gap.after === "nothing-open" && reader.open === null;
    while (!holds && at < beyond && at - gap.from < most) {
      const step = reader.line(lines(at) ?? "", at);
      if (!isSilent(step)) fresh.push({ line: at, readAt: at, step, made: [] });
      let before: OpenBlocks = null;
      const entry = this.#entries[old];
      if (entry?.line === at) {
        before = entry.step.open;
        old += 1;
      }
      at += 1;
      if (at > gap.end) holds = areSame(step.open, before, at - gap.end);
      else if (at === gap.end) holds = gap.after === "nothing-open" && step.open === null;
    }
    replaceItems(this.#entries, first, old - first, fresh);
    if (holds || at === beyond) this.#unread.close();
    else this.#unread.advance(at);
    return at - gap.from;
  }

  /** The blocks that are open before a line. */
  #openBefore(line: number): OpenBlocks {
    const entry = this.#entries[this.#indexOf(line) - 1];
    return entry?.line === line - 1 ? entry.step.open : null;
  }

  /** The first entry at a line or after it. */
  #indexOf(line: number): number {
    return countWhile(this.#entries, (entry) => entry.line < line);
  }

  #known(): Facts {
    this.#facts ??= factsOf(this.#entries, this.#tail);
    return this.#facts;
  }
}

/** What the entries come to. */
interface Facts {
  readonly starts: BootStarts;
  readonly findings: readonly Finding[];
  /** Both are put together when somebody asks. */
  byBoot: ReadonlyMap<number, readonly Finding[]> | null;
  boots: ReadonlyMap<number, Boot> | null;
}

function factsOf(entries: readonly Entry[], tail: readonly Told[]): Facts {
  const starts = new BootStarts();
  for (const { step, line, readAt } of entries) starts.take(step, line, readAt);
  const findings: Finding[] = [];
  for (const entry of entries) {
    entry.made = made(entry, starts);
    for (const finding of entry.made) findings.push(finding);
  }
  for (const told of tail) findings.push(starts.finding(told));
  const isOrdered = findings.every(
    (finding, index) => index === 0 || inOrder(findings[index - 1] ?? finding, finding) <= 0,
  );
  return {
    starts,
    findings: isOrdered ? findings : findings.sort(inOrder),
    byBoot: null,
    boots: null,
  };
}

/** What an entry told, at the lines where it stands by now: the same objects as before where nothing has changed. */
function made({ step, line, readAt, made: before }: Entry, starts: BootStarts): readonly Finding[] {
  if (step.found.length === 0) return before;
  const moved = line - readAt;
  // The first line of a block may have been removed, and its last one not been read again yet.
  const found = step.found.filter((told) => told.line + moved >= 0);
  const holds =
    before.length === found.length &&
    before.every(
      (finding, index) =>
        finding.line === (found[index]?.line ?? 0) + moved &&
        finding.boot === starts.bootOf(finding.line),
    );
  if (holds) return before;
  return found.map((told) =>
    starts.finding({
      ...told,
      line: told.line + moved,
      parts: told.parts.map((part) => ({ ...part, line: part.line + moved })),
    }),
  );
}

function byBootOf(findings: readonly Finding[]): ReadonlyMap<number, readonly Finding[]> {
  const byBoot = new Map<number, Finding[]>();
  for (const finding of findings) {
    const others = byBoot.get(finding.boot);
    if (others === undefined) byBoot.set(finding.boot, [finding]);
    else others.push(finding);
  }
  return byBoot;
}

function bootsOf({ findings, starts }: Facts): ReadonlyMap<number, Boot> {
  const collector = new BootCollector((boot) => starts.sideOf(boot));
  const boots = new Map<number, Boot>();
  const add = (boot: Boot | null) => {
    if (boot !== null) boots.set(boot.number, boot);
  };
  for (const finding of findings) add(collector.add(finding));
  add(collector.end());
  return boots;
}

/** Whether the same blocks are open as before, all of them begun within the `last` lines, which are the same too. */
function areSame(now: OpenBlocks, before: OpenBlocks, last: number): boolean {
  if (now === null || before === null) return now === before;
  return now.every((lines, index) => lines <= last && lines === before[index]);
}
