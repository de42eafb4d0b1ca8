import { DocumentLog } from "../log/document/documentLog";
import type { LineEdit } from "../log/document/unreadLines";
import { readAlone } from "../log/document/readAlone";
import type { Fact, Finding, Match, Token } from "../log/finding";
import type { Lines } from "../log/line/lineText";
import { LineOrder } from "../log/scan/order";
import { countWhile } from "../text/partition";
import type { Boot } from "./boot";
import { BootDriver } from "./driver";
import type { SeenEnding } from "./ends";
import type { SilentBoots } from "./silent";

/**
 * The findings and boots of a document that changes: the same as a scan of the whole document gives. Lines count from
 * 0. What is appended costs no more than its own lines.
 */
export class DocumentBoots {
  readonly #log: DocumentLog;
  #known = new Known();

  /** `lines`: how many the document has. */
  constructor(lines: number) {
    this.#log = new DocumentLog(lines);
  }

  /** How many lines the document has. */
  get lines(): number {
    return this.#log.lines;
  }

  /** Up to which line, exclusive, everything was read; the number of lines where nothing is left. */
  get readTo(): number {
    return this.#log.readTo;
  }

  /** Whether nothing is left to read. */
  get isRead(): boolean {
    return this.#log.isRead;
  }

  /** Lines of the document were replaced. What the removed ones said is gone at once; the new ones are to be read. */
  edit(change: LineEdit): void {
    if (change.first < this.#known.beyond) this.#known = new Known();
    this.#log.edit(change);
  }

  /** Reads on, about `most` lines; gives how many lines it read. `lines` are those of the document as it is now. */
  read(lines: Lines, most: number): number {
    return this.#log.read(lines, most);
  }

  /** What was found so far, in the order of the lines. */
  findings(): readonly Finding[] {
    return this.#upToDate().findings;
  }

  /** What was found so far on a line, and in blocks that go over it. */
  findingsOn(line: number): readonly Finding[] {
    const { findings, blocks } = this.#upToDate();
    const first = countWhile(findings, (one) => one.line < line);
    const next = countWhile(findings, (one) => one.line <= line);
    const around = blocks.filter((one) => one.line < line && lastLineOf(one) >= line);
    return [...around, ...findings.slice(first, next)];
  }

  /** Whether a line is one of those that report an end, which may be lines of a block. */
  isPartOf(line: number, { line: first, otherLines }: SeenEnding): boolean {
    const lines = [first, ...otherLines];
    return lines.includes(line) || this.findingsOn(line).some((one) => lines.includes(one.line));
  }

  /** The boots of what was found so far, by their numbers; a boot in which nothing was found is none. */
  boots(): ReadonlyMap<number, Boot> {
    return this.#upToDate().boots();
  }

  /** Boots, one after another, of which the document shows no more than the beginning. */
  silent(): readonly SilentBoots[] {
    const { silent, driver } = this.#upToDate();
    return [...silent, ...driver.silentSoFar(this.lines)];
  }

  /** What was found so far of a boot, in the order of the lines. */
  findingsOf(boot: number): readonly Finding[] {
    return this.#upToDate().byBoot.get(boot) ?? [];
  }

  /** The boot of a line, counting from 1. */
  bootOf(line: number): number {
    const known = this.#upToDate();
    const [finding] = known.isMixed ? this.findingsOn(line) : [];
    if (finding !== undefined) return finding.boot;
    const begun = countWhile(known.starts, (start) => start <= line);
    return Math.max(1, begun);
  }

  /** The lines of a boot, the last one included. */
  linesOf(boot: number): { readonly first: number; readonly last: number } {
    const { starts, isMixed } = this.#upToDate();
    const first = starts[boot - 1] ?? 0;
    if (isMixed) {
      const own = this.findingsOf(boot);
      return { first, last: Math.max(first, own.at(-1)?.line ?? first) };
    }
    return { first, last: Math.max(0, (starts[boot] ?? this.lines) - 1) };
  }

  /** Whether everything was read of the boot that a line belongs to: what its lines show is final then. */
  isBootRead(line: number): boolean {
    if (this.isRead) return true;
    return line < this.readTo && this.#upToDate().driver.isOver(this.bootOf(line));
  }

  #upToDate(): Known {
    this.#known.takeFrom(this.#log);
    return this.#known;
  }
}

/** What the steps so far come to. */
class Known {
  readonly findings: Finding[] = [];
  /** Those of several lines. */
  readonly blocks: Finding[] = [];
  readonly byBoot = new Map<number, Finding[]>();
  /** The first line of each boot; that of boot 1 is at 0. */
  readonly starts: number[] = [];
  readonly silent: SilentBoots[] = [];
  /** Lines before this one must stay as they are. */
  beyond = 0;
  isMixed = false;
  #steps = 0;
  #hasEnded = false;
  readonly #over = new Map<number, Boot>();
  #boots: ReadonlyMap<number, Boot> | null = null;
  readonly driver = new BootDriver({
    finding: (finding) => {
      this.#add(finding);
    },
    boot: (boot) => this.#over.set(boot.number, boot),
    silent: (boots) => this.silent.push(boots),
    begins: (_, line) => this.starts.push(line),
  });
  readonly #order = new LineOrder(this.driver.take);

  /** Takes what was read since the last time. */
  takeFrom(log: DocumentLog): void {
    if (this.#hasEnded) return;
    const before = this.#steps;
    for (const { line, step } of log.stepsFrom(this.#steps)) {
      this.#steps += 1;
      // A line that says nothing is no step, and may have ended the block that others wait for.
      if (line > this.beyond) this.#order.release();
      this.beyond = line + 1;
      this.#order.push(step, line);
    }
    if (log.readTo > this.beyond && !log.isRead) this.#order.release();
    if (log.isRead && (log.tail.length > 0 || this.#order.isWaiting)) {
      // What open blocks say at the end holds until the next line comes: then everything is put together anew.
      this.#order.release(log.tail);
      this.beyond = Infinity;
      this.#hasEnded = true;
    }
    if (before !== this.#steps || this.#hasEnded) this.#boots = null;
    this.isMixed ||= this.driver.isMixed;
  }

  boots(): ReadonlyMap<number, Boot> {
    this.#boots ??= new Map(
      [...this.#over.values(), ...this.driver.soFar()]
        .sort((a, b) => a.number - b.number)
        .map((boot) => [boot.number, boot]),
    );
    return this.#boots;
  }

  #add(finding: Finding): void {
    this.findings.push(finding);
    if (lastLineOf(finding) > finding.line) this.blocks.push(finding);
    const others = this.byBoot.get(finding.boot);
    if (others === undefined) this.byBoot.set(finding.boot, [finding]);
    else others.push(finding);
  }
}

/** The last line of a finding; a block has several. */
export function lastLineOf({ line, tokens }: Finding): number {
  return tokens.reduce((last, token) => Math.max(last, token.line), line);
}

/** Longer lines are data, not something that a program prints: nothing on them is explained. */
const LONGEST_LINE = 262_144;

/** A text that can be explained, and the fact that it shows a field of. */
export interface ExplainedToken extends Token {
  readonly fact: Fact;
}

/**
 * The texts on a line that can be explained, in their order: by what was read of the document, and by the line alone where
 * only that says something (source code tests a bit) or the line was not reached yet.
 */
export function tokensOn(log: DocumentBoots | null, line: number, text: string): ExplainedToken[] {
  const found = explained(log?.findingsOn(line) ?? [])
    .filter((token) => token.line === line)
    .sort(inOrder);
  if (text.length > LONGEST_LINE) return found;
  const others = explained(readAlone(text, line)).sort(inOrder);
  return [...found, ...withoutOverlaps(others, found)].sort(inOrder);
}

function inOrder(a: Token, b: Token): number {
  return a.start - b.start;
}

/** Those of the tokens that share nothing with the others; both are in order, and none of a list overlap. */
function withoutOverlaps(
  own: readonly ExplainedToken[],
  others: readonly Token[],
): ExplainedToken[] {
  let next = 0;
  return own.filter(({ start, end }) => {
    while ((others[next]?.end ?? Infinity) <= start) next += 1;
    return end <= (others[next]?.start ?? Infinity);
  });
}

function explained(matches: readonly Match[]): ExplainedToken[] {
  return matches.flatMap(({ fact, tokens }) =>
    tokens.map(({ line, start, end, field }) => ({ line, start, end, field, fact })),
  );
}
