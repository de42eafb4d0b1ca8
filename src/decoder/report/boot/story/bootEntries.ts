import type { AssessedBoot } from "../../../boot/assessed";
import type { SilentBoots } from "../../../boot/silent";
import type { Finding } from "../../../log/finding";
import type { Paint } from "../../render/text";
import { bootLines, silentLine } from "./bootLine";
import type { Earlier, Told } from "./entries";
import { entryOf, groupsOf } from "./entries";
import { entryText, hostText } from "./entryText";
import { hostView } from "./hostView";
import type { KeptFinding } from "./kept";
import { MOST_FINDINGS, keptFinding, quotedLine } from "./kept";

/** What is kept of a line that may be quoted, around its value. */
const LONGEST_LINE = 1024;

/** What is kept of a boot until it is told. */
interface KeptBoot {
  readonly findings: KeptFinding[];
  readonly lines: Map<number, string>;
  /** A finding is a guest's. */
  hasGuestFinding: boolean;
}

/**
 * Tells the boots of a log one after another, each as soon as it is over, in the words of the explanation page. It keeps
 * a bounded part of the boots that are not over, and of those told the last kernel and SEV_STATUS.
 */
export class BootEntries {
  readonly #kept = new Map<number, KeptBoot>();
  readonly #earlier: Earlier = { kernel: null, compared: null };

  /** The next finding; `line`: the line of the log that it stands on, where it is of one line. */
  addFinding(finding: Finding, line: string | null): void {
    const { boot } = finding;
    const kept = this.#kept.get(boot) ?? {
      findings: [],
      lines: new Map<number, string>(),
      hasGuestFinding: false,
    };
    this.#kept.set(boot, kept);
    const one = keptFinding(finding);
    if (one.isOfGuest) kept.hasGuestFinding = true;
    if (kept.findings.length >= MOST_FINDINGS) return;
    kept.findings.push(one);
    if (line !== null) kept.lines.set(one.line, around(line, one.start));
  }

  /** A boot as lines of text; with `isSoFar` it goes on. */
  boot(assessed: AssessedBoot, isSoFar: boolean, paint: Paint): string[] {
    const { number, firstLine, lastLine } = assessed.boot;
    const kept = this.#take(number, isSoFar);
    if (isHosts(assessed, kept)) {
      const host = hostView([assessed], { findings: () => kept.findings, bars: [] });
      const quote = ({ line }: { readonly line: number }) => quoteIn(kept, line);
      return hostText(host, quote, paint);
    }
    const lines = bootLines(assessed);
    const place = { first: number, last: number, start: firstLine, firstLine, lastLine };
    return this.#texts({ ...place, assessed, lines }, kept, isSoFar, paint);
  }

  /** Silent boots as lines of text. */
  silent(boots: SilentBoots, paint: Paint): string[] {
    const { first, last, firstLine, lastLine } = boots;
    const place = { first, last, start: firstLine, firstLine, lastLine };
    const told = { ...place, assessed: null, lines: [silentLine(boots)] };
    return [...this.#texts(told, NOTHING_KEPT, false, paint), WHERE_TO_LOOK];
  }

  /** A boot was told otherwise. */
  drop(number: number): void {
    this.#kept.delete(number);
  }

  #take(number: number, isSoFar: boolean): KeptBoot {
    const kept = this.#kept.get(number) ?? NOTHING_KEPT;
    if (!isSoFar) this.drop(number);
    return kept;
  }

  #texts(told: Told, kept: KeptBoot, isSoFar: boolean, paint: Paint): string[] {
    const { problems, others } = groupsOf([told], this.#earlier);
    const shown = { findings: () => kept.findings, lines: (line: number) => kept.lines.get(line) };
    return [...problems, ...others].flatMap((group) => {
      const entry = entryOf(group, shown);
      return entryText(isSoFar ? { ...entry, boots: `${entry.boots}, so far` } : entry, paint);
    });
  }
}

const NOTHING_KEPT: KeptBoot = { findings: [], lines: new Map(), hasGuestFinding: false };

const WHERE_TO_LOOK = "  Where to look: sev-status explain silent";

/** Whether nothing in a boot is of a guest. */
function isHosts({ boot: { side, kernel } }: AssessedBoot, { hasGuestFinding }: KeptBoot): boolean {
  return side !== "guest" && kernel === null && !hasGuestFinding;
}

function quoteIn({ findings, lines }: KeptBoot, line: number) {
  const shown = findings.find((one) => one.line === line);
  return shown === undefined ? null : quotedLine(shown, (at) => lines.get(at));
}

/** A line in memory of its own, or of a long one what is around its value. */
function around(line: string, start: number): string {
  if (line.length <= LONGEST_LINE) return line;
  const from = Math.max(0, start - LONGEST_LINE / 2);
  return ` ${line.slice(from, from + LONGEST_LINE)}`.slice(1);
}
