import type { AssessedBoot, Choice } from "../../../boot/assessed";
import { assessBoot } from "../../../boot/assessed";
import type { Boot } from "../../../boot/boot";
import type { BootListener } from "../../../boot/driver";
import { endingIn } from "../../../boot/ends";
import type { SilentBoots } from "../../../boot/silent";
import type { Finding } from "../../../log/finding";
import { counted, grouped } from "../../../text/grouped";
import { append } from "../../../text/lists";
import { bootReport } from "../bootReport";
import { findingLabel } from "../findingLabel";
import { silentReport } from "../silentReport";
import { bootLines, silentLine } from "./bootLine";
import type { Groups, Told } from "./entries";
import { entryOf, groupsOf } from "./entries";
import { entryText, hostText } from "./entryText";
import { Histogram } from "./histogram";
import { bootOfCause, hostView } from "./hostView";
import type { KeptFinding, LinesAtHand } from "./kept";
import { MOST_FINDINGS, keptFinding } from "./kept";
import { timelineOf } from "./timeline";
import type { EntryDetails, HostView, ListPage, LogEntry, LogView } from "./view";

/** The most boots kept; more are counted. */
export const MOST_BOOTS = 20_000;
/** The most findings kept of a log; more are counted. */
const MOST_KEPT = 50_000;

/** How many entries one page of each list has. */
export const PAGE_SIZES = { problems: 4, others: 8 } as const;

/** Which part of each list is shown: the index of its first entry. */
export interface Offsets {
  readonly problems: number;
  readonly others: number;
}

export const FIRST_PAGES: Offsets = { problems: 0, others: 0 };

/** Fewer ends of guests are seen at a glance in their table. */
const FEW_ENDS = 20;

const NO_LINES: LinesAtHand = () => undefined;

/** The findings of one boot. */
interface Listed {
  readonly first: KeptFinding[];
  more: number;
}

/** A boot that was told, or silent ones. */
type Shown =
  | { readonly kind: "boot"; readonly boot: Boot }
  | { readonly kind: "silent"; readonly boots: SilentBoots };

/** What a choice makes of the boots. */
interface Assessed {
  readonly choice: Choice | null;
  readonly told: (Told | undefined)[];
}

/**
 * What one log says, during the reading and afterwards: which boots went wrong and why, each cause once; what went well;
 * and what a part of a list shows. It keeps the boots and a bounded number of findings, and no text of the log but these.
 */
export class LogStory implements BootListener {
  readonly name: string;
  /** How many lines were read. */
  lines = 0;
  readonly #shown: Shown[] = [];
  /** The index of each boot, by its number. */
  readonly #places = new Map<number, number>();
  readonly #listed = new Map<number, Listed>();
  /** The line on which each boot begins, by its number. */
  readonly #starts = new Map<number, number>();
  readonly #ends = new Histogram();
  #kept = 0;
  #findings = 0;
  #hidden = 0;
  /** A finding is a guest's. */
  #hasGuestFinding = false;
  #assessed: Assessed | null = null;
  #groups: Groups | null = null;

  /** `name` is what the log is called. */
  constructor(name: string) {
    this.name = name;
  }

  /** How many findings there are. */
  get findings(): number {
    return this.#findings;
  }

  /** How many boots there are. */
  get boots(): number {
    return this.#shown.reduce((sum, one) => sum + sizeOf(one), this.#hidden);
  }

  /** How many boots are beyond the limit: counted, and nothing more. */
  get hiddenBoots(): number {
    return this.#hidden;
  }

  readonly finding = (finding: Finding): void => {
    this.#findings += 1;
    const { boot, line } = finding;
    if (endingIn(finding) !== null) this.#ends.add(line);
    const listed = this.#listed.get(boot) ?? { first: [], more: 0 };
    this.#listed.set(boot, listed);
    const kept = keptFinding(finding);
    if (kept.isOfGuest) this.#hasGuestFinding = true;
    if (listed.first.length >= MOST_FINDINGS || this.#kept >= MOST_KEPT) {
      listed.more += 1;
      return;
    }
    this.#kept += 1;
    listed.first.push(kept);
  };

  readonly begins = (boot: number, line: number): void => {
    if (this.#starts.size < MOST_BOOTS) this.#starts.set(boot, line);
  };

  readonly boot = (boot: Boot): void => {
    this.#show(boot);
  };

  readonly silent = (boots: SilentBoots): void => {
    this.#groups = null;
    if (this.#shown.length < MOST_BOOTS) this.#shown.push({ kind: "silent", boots });
    else this.#hidden += boots.last - boots.first + 1;
  };

  /** Takes the current state of boots that have not ended. */
  showOpen(boots: readonly Boot[]): void {
    for (const boot of boots) if (this.#mayShow(boot)) this.#show(boot);
  }

  /** What the log says in one look, for a chosen kernel; quotes the lines that are at hand. */
  view(
    choice: Choice | null,
    offsets: Offsets = FIRST_PAGES,
    lines: LinesAtHand = NO_LINES,
  ): LogView {
    const kept = { findings: this.#findingsOf, lines };
    const told = this.#told(choice);
    const groups = this.#grouped(choice);
    const host = this.#isHosts() ? this.#host(told) : null;
    const page = (list: keyof Offsets): ListPage<LogEntry> => {
      const total = host === null ? groups[list].length : 0;
      const size = PAGE_SIZES[list];
      const last = Math.max(0, Math.ceil(total / size) - 1) * size;
      const offset = Math.min(Math.floor(offsets[list] / size) * size, last);
      const items = host === null ? groups[list].slice(offset, offset + size) : [];
      return { total, offset, items: items.map((group) => entryOf(group, kept)) };
    };
    const problems = told.filter(hasProblem);
    return {
      summary: this.#summary(told, host),
      boots: this.boots,
      problemBoots: problems.length,
      isEmpty: told.length === 0,
      timeline: host === null && this.boots > 1 ? timelineOf(told, this.lines) : [],
      problems: page("problems"),
      others: page("others"),
      host,
    };
  }

  /** The pages that show a boot, and the entry; null for no such boot. */
  pageOf(
    boot: number,
    choice: Choice | null,
    offsets: Offsets,
  ): { readonly offsets: Offsets; readonly id: string } | null {
    const groups = this.#grouped(choice);
    const place = groups.places.get(boot);
    const group = place === undefined ? undefined : groups[place.list][place.index];
    if (place === undefined || group === undefined) return null;
    return { offsets: { ...offsets, [place.list]: place.index }, id: group.id };
  }

  /** Everything on an entry or on a cause of a host's log; null for an id that there is no more. */
  details(id: string, choice: Choice | null): EntryDetails | null {
    const told = this.#told(choice);
    const cause = bootOfCause(assessedIn(told), id);
    // The row says what its fields would.
    if (cause !== null)
      return { report: { ...bootReport(cause, this.name), fields: [] }, findings: [], more: 0 };
    const groups = this.#grouped(choice);
    const group = [...groups.problems, ...groups.others].find((one) => one.id === id);
    return group === undefined ? null : this.#detailsOf(group.told);
  }

  /** Everything on a boot; null for no such boot. */
  detailsOf(boot: number, choice: Choice | null): EntryDetails | null {
    const told = this.#told(choice).find(({ first, last }) => first <= boot && boot <= last);
    return told === undefined ? null : this.#detailsOf(told);
  }

  /** The explanation as plain text: each entry of both lists, at most `most` of each. */
  text(choice: Choice | null, at: LinesAtHand = NO_LINES, most = 100): string {
    const kept = { findings: this.#findingsOf, lines: at };
    const told = this.#told(choice);
    const groups = this.#grouped(choice);
    const host = this.#isHosts() ? this.#host(told) : null;
    const lines = [`${this.name}: ${this.#summary(told, host)}`];
    if (host !== null) return [...lines, ...hostText(host)].join("\n");
    for (const list of [groups.problems, groups.others]) {
      for (const one of list.slice(0, most)) append(lines, entryText(entryOf(one, kept)));
      if (list.length > most) lines.push(`${grouped(list.length - most)} more`);
    }
    return lines.join("\n");
  }

  #detailsOf(told: Told): EntryDetails | null {
    const { assessed } = told;
    if (assessed === null) {
      const silent = this.#shown.find(
        (one) => one.kind === "silent" && one.boots.first === told.first,
      );
      if (silent?.kind !== "silent") return null;
      return { report: silentReport(silent.boots, this.name), findings: [], more: 0 };
    }
    const { first, more } = this.#listed.get(told.first) ?? { first: [], more: 0 };
    const findings = first.map(({ line, start, end, fact }) => ({
      line,
      start,
      end,
      label: findingLabel({ fact }),
    }));
    return { report: bootReport(assessed, this.name), findings, more };
  }

  readonly #findingsOf = (boot: number): readonly KeptFinding[] =>
    this.#listed.get(boot)?.first ?? [];

  #mayShow({ number }: Boot): boolean {
    return this.#places.has(number) || this.#shown.length < MOST_BOOTS;
  }

  #show(boot: Boot): void {
    if (!this.#mayShow(boot)) {
      this.#hidden += 1;
      this.#listed.delete(boot.number);
      return;
    }
    const place = this.#places.get(boot.number) ?? this.#shown.length;
    this.#places.set(boot.number, place);
    this.#shown[place] = { kind: "boot", boot };
    this.#groups = null;
    if (this.#assessed !== null) this.#assessed.told[place] = undefined;
  }

  /** Whether nothing in the log is of a guest. */
  #isHosts(): boolean {
    return (
      this.#shown.length > 0 &&
      !this.#hasGuestFinding &&
      this.#shown.every(
        (one) => one.kind === "boot" && one.boot.side !== "guest" && one.boot.kernel === null,
      )
    );
  }

  #host(told: readonly Told[]): HostView {
    const bars = this.#ends.total < FEW_ENDS ? [] : this.#ends.counts();
    return hostView(assessedIn(told), { findings: this.#findingsOf, bars });
  }

  #told(choice: Choice | null): Told[] {
    if (this.#assessed === null || !isSame(this.#assessed.choice, choice)) {
      this.#assessed = { choice, told: [] };
      this.#groups = null;
    }
    const { told } = this.#assessed;
    return this.#shown
      .map((one, at) => (told[at] ??= toldOf(one, choice, this.#starts)))
      .sort((a, b) => a.first - b.first);
  }

  #grouped(choice: Choice | null): Groups {
    const told = this.#told(choice);
    return (this.#groups ??= groupsOf(told));
  }

  #summary(told: readonly Told[], host: HostView | null): string {
    const lines = counted(this.lines, "line");
    if (host !== null) {
      const ends = assessedIn(told).reduce((sum, { boot }) => sum + boot.endingCount, 0);
      const ended = ends === 0 ? [] : [counted(ends, "guest termination")];
      return ["host log", ...ended, lines].join(" · ");
    }
    const count = (kind: string) =>
      told.filter((one) => one.lines.some(({ problem }) => problem === kind)).length;
    const parts = (["refused", "failed", "predicted"] as const).flatMap((kind) => {
      const boots = count(kind);
      return boots === 0 ? [] : [`${grouped(boots)} ${PROBLEMS[kind]}`];
    });
    const shown = this.#hidden === 0 ? "" : ` (the first ${grouped(MOST_BOOTS)} are shown)`;
    return [`${counted(this.boots, "boot")}${shown}`, ...parts, lines].join(" · ");
  }
}

const PROBLEMS = { refused: "refused", failed: "failed", predicted: "predicted to be refused" };

function sizeOf(one: Shown): number {
  return one.kind === "boot" ? 1 : one.boots.last - one.boots.first + 1;
}

function hasProblem({ lines }: Told): boolean {
  return lines.some(({ problem }) => problem !== null);
}

function assessedIn(told: readonly Told[]): AssessedBoot[] {
  return told.flatMap(({ assessed }) => assessed ?? []);
}

function isSame(a: Choice | null, b: Choice | null): boolean {
  return a?.by === b?.by && a?.profile === b?.profile;
}

function toldOf(one: Shown, choice: Choice | null, starts: ReadonlyMap<number, number>): Told {
  if (one.kind === "silent") {
    const { first, last, firstLine, lastLine } = one.boots;
    const lines = [silentLine(one.boots)];
    return { first, last, start: firstLine, firstLine, lastLine, assessed: null, lines };
  }
  const { number, firstLine, lastLine } = one.boot;
  const assessed = assessBoot(one.boot, choice);
  const start = starts.get(number) ?? firstLine;
  const lines = bootLines(assessed);
  return { first: number, last: number, start, firstLine, lastLine, assessed, lines };
}
