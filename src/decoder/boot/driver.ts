import type { Finding, PlacedMatch } from "../log/finding";
import { isOfHost } from "../log/formats/host";
import type { LineMark, Side, Stage } from "../log/formats/marks";
import { STAGES } from "../log/formats/marks";
import type { LineEvent } from "../log/scan/order";
import type { Boot } from "./boot";
import { BootFacts } from "./boot";
import type { SilentBoots } from "./silent";
import { isSilentStage } from "./silent";

/** Who wants to know what a log says, in the order of its lines. */
export interface BootListener {
  /** A finding, with the number of its boot; `line` as it was read, null for what a block states. */
  readonly finding: (finding: Finding, line: string | null) => void;
  /** A boot is over in which something was found. If it is absent, no boot is built. */
  readonly boot?: (boot: Boot) => void;
  /** Boots, one after another, of which the log shows no more than the beginning. */
  readonly silent: (boots: SilentBoots) => void;
  /** A boot begins on a line, from 0. */
  readonly begins?: (number: number, line: number) => void;
}

/** A boot that is not over. */
interface OpenBoot {
  readonly number: number;
  /** Nothing was found in it. */
  isEmpty: boolean;
  /** What was found; null before the first finding, and if the listener wants no boots. */
  facts: BootFacts | null;
  /** Of its beginning, from 0. */
  readonly line: number;
  /** Who prints its guest's lines; null before the first of these. */
  printer: string | null;
  /** The first and the last stage that its lines mark. */
  first: Stage;
  stage: Stage;
  /** A line shows that the log is the host's. */
  isHost: boolean;
  /** A guest came to its end: whatever begins now is the next boot. */
  hasEnded: boolean;
}

/** More boots are not kept open: a log passes on no more consoles at once. */
const MOST_OPEN = 64;

const KERNEL = STAGES.indexOf("kernel");

/**
 * Cuts a log into boots and gathers what each of them shows. Guests whose lines stand in one log are told apart by who
 * prints them; what the host prints while several of them run belongs to none of them.
 */
export class BootDriver {
  readonly #listener: BootListener;
  /** In the order in which they were last written to. */
  #open: OpenBoot[];
  #count = 1;
  /** Silent boots, as long as the next one is silent too. */
  #silent: SilentBoots | null = null;

  constructor(listener: BootListener) {
    this.#listener = listener;
    this.#open = [opened(1, 0, null)];
    listener.begins?.(1, 0);
  }

  /** The next line that says something. */
  readonly take = ({ line, marks, found, printer }: LineEvent, raw: string | null = null): void => {
    for (const mark of marks) this.#mark(mark, line, printer);
    for (const match of found) {
      const boot = isOfHost(match) ? this.#hostsBoot(line) : this.#guestsBoot(line, printer);
      const finding = findingIn(match, boot.number);
      boot.isEmpty = false;
      if (this.#listener.boot !== undefined)
        (boot.facts ??= new BootFacts(boot.number)).add(finding);
      const { fact, software } = match;
      if (software === "linux" && fact.kind !== "guest-kernel" && stageOf(boot) < KERNEL)
        boot.stage = "kernel";
      if (fact.kind === "termination") boot.hasEnded = true;
      this.#listener.finding(finding, raw);
    }
  };

  /** The boots that are not over and in which something was found, as far as they are known. */
  soFar(): Boot[] {
    return this.#inOrder().flatMap((one) => boot(one) ?? []);
  }

  /** Those in which nothing was found, as they would be told at the end of a log with so many lines. */
  silentSoFar(lines: number): SilentBoots[] {
    const silent: SilentBoots[] = [];
    let before = this.#silent;
    for (const one of this.#inOrder()) {
      const next = silentBoot(one, lines - 1);
      if (next === null && one.isEmpty) continue;
      const both = joined(before, next);
      if (both === null && before !== null) silent.push(before);
      before = both ?? next;
    }
    return before === null ? silent : [...silent, before];
  }

  /** Whether a boot is over. */
  isOver(number: number): boolean {
    return number <= this.#count && !this.#open.some((one) => one.number === number);
  }

  /** Whether the lines of several guests stand in the log side by side. */
  get isMixed(): boolean {
    return this.#open.length > 1;
  }

  /**
   * There are no more lines: the log has `lines`. Where it is cut off, nothing is known of what would have followed in a
   * boot without a finding.
   */
  end(lines: number, state: "whole" | "cut off" = "whole"): void {
    const open = this.#inOrder();
    this.#open = [];
    for (const one of open) if (state === "whole" || !one.isEmpty) this.#close(one, lines - 1);
    this.#tellSilent();
  }

  #mark(mark: LineMark, line: number, printer: string): void {
    if (mark === "host") {
      this.#hostsBoot(line).isHost = true;
      return;
    }
    // A VMM that starts says nothing of the guests that run already.
    const isOther = mark === "vmm" && this.#current.printer !== null;
    const current = mark === "vmm" ? this.#current : this.#guestsBoot(line, printer);
    const isNext = STAGES.indexOf(mark) <= stageOf(current) || current.hasEnded;
    const marked = isOther
      ? this.#begin(line, null, null)
      : isNext
        ? this.#begin(line, current.printer, current)
        : current;
    marked.stage = mark;
    if (marked.first === "none") marked.first = mark;
  }

  /** The boot of a guest's line. A line without a printer, which a person may have cut out, follows the newest line. */
  #guestsBoot(line: number, printer: string): OpenBoot {
    const current = this.#current;
    if (printer === "" || current.printer === printer) return current;
    const own = this.#open.find((one) => one.printer === printer);
    if (own !== undefined) return this.#moveToEnd(own);
    const free = this.#open.find((one) => one.printer === null);
    if (free === undefined) return this.#begin(line, printer, null);
    free.printer = printer;
    return this.#moveToEnd(free);
  }

  /** The boot of a host's line: with several guests nothing shows which of them it is about. */
  #hostsBoot(line: number): OpenBoot {
    if (this.#open.length < 2) return this.#current;
    const guests = this.#open.filter(
      ({ printer, hasEnded }) => printer !== null && printer !== HOST && !hasEnded,
    );
    if (guests.length < 2) return this.#current;
    const host = this.#open.find(({ printer }) => printer === HOST);
    return host === undefined ? this.#begin(line, HOST, null) : this.#moveToEnd(host);
  }

  get #current(): OpenBoot {
    return this.#open.at(-1) ?? this.#begin(0, null, null);
  }

  /** A boot begins, after another one of the same printer. */
  #begin(line: number, printer: string | null, before: OpenBoot | null): OpenBoot {
    if (before !== null) {
      this.#open = this.#open.filter((one) => one !== before);
      this.#close(before, line - 1);
    }
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.length >= MOST_OPEN) {
      this.#open.shift();
      this.#close(oldest, line - 1);
    }
    this.#count += 1;
    const begun = opened(this.#count, line, printer);
    this.#open.push(begun);
    this.#listener.begins?.(this.#count, line);
    return begun;
  }

  #inOrder(): OpenBoot[] {
    return [...this.#open].sort((a, b) => a.number - b.number);
  }

  #moveToEnd(one: OpenBoot): OpenBoot {
    if (this.#open.at(-1) !== one)
      this.#open = [...this.#open.filter((other) => other !== one), one];
    return one;
  }

  #close(one: OpenBoot, lastLine: number): void {
    if (!one.isEmpty) {
      this.#tellSilent();
      const over = boot(one);
      if (over !== null) this.#listener.boot?.(over);
      return;
    }
    const next = silentBoot(one, lastLine);
    if (next === null) return;
    const both = joined(this.#silent, next);
    if (both === null) this.#tellSilent();
    this.#silent = both ?? next;
  }

  #tellSilent(): void {
    if (this.#silent !== null) this.#listener.silent(this.#silent);
    this.#silent = null;
  }
}

/** Copied field by field: a spread costs much more, and logs have millions of them. */
function findingIn(match: PlacedMatch, boot: number): Finding {
  const { start, end, fact, tokens, line, text, software, format } = match;
  return { start, end, fact, tokens, line, text, software, format, boot };
}

/** The printer of a host's lines among several guests: no prefix of a line is this. */
const HOST = "\n";

function opened(number: number, line: number, printer: string | null): OpenBoot {
  return {
    number,
    isEmpty: true,
    facts: null,
    line,
    printer,
    first: "none",
    stage: "none",
    isHost: false,
    hasEnded: false,
  };
}

/** A boot that shows no more than its beginning; null for any other. */
function silentBoot(one: OpenBoot, lastLine: number): SilentBoots | null {
  const { number, isEmpty, line, stage } = one;
  return isEmpty && isSilentStage(stage)
    ? { first: number, last: number, firstLine: line, lastLine, stage }
    : null;
}

/** Silent boots and the one that follows them; null where it does not follow. */
function joined(before: SilentBoots | null, next: SilentBoots | null): SilentBoots | null {
  if (before === null || next === null || next.first !== before.last + 1) return null;
  return { ...next, first: before.first, firstLine: before.firstLine };
}

function stageOf({ stage }: OpenBoot): number {
  return STAGES.indexOf(stage);
}

function boot(one: OpenBoot): Boot | null {
  return one.facts?.boot({ side: sideOf(one), firstStage: one.first, stage: one.stage }) ?? null;
}

/** Nothing that comes before a kernel's banner in a guest's boot comes before the host's. */
function sideOf({ first, isHost, printer }: OpenBoot): Side {
  if (isHost || printer === HOST) return "host";
  return first === "none" || first === "kernel" ? null : "guest";
}
