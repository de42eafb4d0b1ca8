import type { GuestProfile } from "../../../decoder/guest/profile";
import type { Side } from "../../../decoder/boot/marks";
import type { Boot } from "../../../decoder/boot/boots";
import { BootCollector } from "../../../decoder/boot/boots";
import type { Finding } from "../../../decoder/log/finding";
import { askBoot, bootReport } from "../../../decoder/report/boot/bootReport";
import { findingLabel } from "../../../decoder/report/boot/findingLabel";
import type { Report } from "../../../decoder/report/report";
import type { BootView, FindingLine } from "../../../pages/logExplanation/protocol";

/** Boots beyond these are counted, not shown. */
export const MOST_BOOTS = 500;
/** Findings of a boot beyond these are counted, not listed. */
export const MOST_FINDINGS = 200;

/** The findings of one boot, the first of them as they are listed. */
interface Listed {
  readonly lines: FindingLine[];
  more: number;
}

interface KeptBoot {
  readonly boot: Boot;
  readonly findings: Listed;
}

/** What one log says, boot by boot, while it is read and afterwards; asked again for each guest. */
export class LogExplanation {
  readonly #name: string;
  readonly #collector = new BootCollector((boot) => this.#sideOf(boot));
  #sideOf: (boot: number) => Side = () => null;
  readonly #boots: KeptBoot[] = [];
  #listed: Listed = { lines: [], more: 0 };
  /** Boots from this index on have changed since they were last taken. */
  #firstChanged = 0;
  #openChanged = false;
  #hidden = 0;
  #findings = 0;

  /** `name` is what the reports call the log. */
  constructor(name: string) {
    this.#name = name;
  }

  /** How many findings there are. */
  get findings(): number {
    return this.#findings;
  }

  /** How many boots there are, those that are not shown included. */
  get boots(): number {
    return this.#boots.length + this.#hidden + (this.#listed.lines.length > 0 ? 1 : 0);
  }

  /** How many boots are too many to be shown. */
  get hiddenBoots(): number {
    return Math.max(0, this.boots - MOST_BOOTS);
  }

  /** Who says whose a boot is, by its number. */
  askForSides(sideOf: (boot: number) => Side): void {
    this.#sideOf = sideOf;
  }

  /** Takes in the next findings, in the order of the log. */
  add(findings: readonly Finding[]): void {
    for (const finding of findings) {
      this.#keep(this.#collector.add(finding));
      const { line, start, end } = finding;
      if (this.#listed.lines.length < MOST_FINDINGS)
        this.#listed.lines.push({ line, start, end, label: findingLabel(finding) });
      else this.#listed.more += 1;
      this.#findings += 1;
      this.#openChanged = true;
    }
  }

  /** The log is over: so is its last boot. */
  end(): void {
    this.#keep(this.#collector.end());
  }

  /** The boots that are new or have changed since this was last asked. */
  takeChanged(guest: GuestProfile | null): BootView[] {
    const changed = this.#views(guest, this.#firstChanged);
    this.#firstChanged = this.#boots.length;
    this.#openChanged = false;
    return changed;
  }

  /** Every boot that is shown. */
  all(guest: GuestProfile | null): BootView[] {
    this.#openChanged = true;
    return this.#views(guest, 0);
  }

  /** What is said of the boot of this index; null for an index that no boot has. */
  report(index: number, guest: GuestProfile | null): Report | null {
    return this.#views(guest, index)[0]?.report ?? null;
  }

  #views(guest: GuestProfile | null, first: number): BootView[] {
    const views = this.#boots
      .slice(first)
      .map((kept, place) => this.#view(kept, first + place, guest));
    const open = this.#boots.length < MOST_BOOTS ? this.#collector.soFar() : null;
    if (open === null || !this.#openChanged) return views;
    const last = this.#view({ boot: open, findings: this.#listed }, this.#boots.length, guest);
    return [...views, { ...last, isOpen: true }];
  }

  #view({ boot, findings }: KeptBoot, index: number, guest: GuestProfile | null): BootView {
    return {
      index,
      isOpen: false,
      report: bootReport(askBoot(boot, guest), this.#name),
      findings: findings.lines,
      more: findings.more,
    };
  }

  #keep(boot: Boot | null): void {
    if (boot === null) return;
    if (this.#boots.length < MOST_BOOTS) this.#boots.push({ boot, findings: this.#listed });
    else this.#hidden += 1;
    this.#listed = { lines: [], more: 0 };
    this.#openChanged = false;
  }
}
