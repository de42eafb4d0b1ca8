import type { Choice } from "../../../decoder/boot/assessed";
import { assessBoot } from "../../../decoder/boot/assessed";
import type { Boot } from "../../../decoder/boot/boot";
import type { BootListener } from "../../../decoder/boot/driver";
import type { SilentBoots } from "../../../decoder/boot/silent";
import type { Finding } from "../../../decoder/log/finding";
import { bootReport } from "../../../decoder/report/boot/bootReport";
import { findingLabel } from "../../../decoder/report/boot/findingLabel";
import { silentReport } from "../../../decoder/report/boot/silentReport";
import type { Report } from "../../../decoder/report/report";
import type { BootView, FindingLine } from "../../../pages/logExplanation/protocol";

/** The most boots shown; more are counted. */
export const MOST_BOOTS = 500;
/** The most findings listed for a boot; more are counted. */
export const MOST_FINDINGS = 200;

/** The findings of one boot, the first of them as they are listed. */
interface Listed {
  readonly lines: FindingLine[];
  more: number;
}

/** What the page shows of one boot, or of silent ones. */
type Shown =
  | { readonly kind: "boot"; readonly boot: Boot; readonly isOpen: boolean }
  | { readonly kind: "silent"; readonly boots: SilentBoots };

/** The boots of one log, during the reading and afterwards; can be shown again for another guest. */
export class LogExplanation implements BootListener {
  readonly #name: string;
  readonly #shown: Shown[] = [];
  /** The index of each boot in the page, by the boot's number. */
  readonly #places = new Map<number, number>();
  readonly #listed = new Map<number, Listed>();
  /** The indexes that changed since the last take. */
  readonly #changed = new Set<number>();
  /** Numbers of boots that have not ended and are not shown, beyond the limit. */
  readonly #hiddenOpen = new Set<number>();
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

  /** How many boots there are, with those beyond the limit. */
  get boots(): number {
    const shown = this.#shown.map((one) =>
      one.kind === "boot" ? 1 : one.boots.last - one.boots.first + 1,
    );
    return shown.reduce((sum, count) => sum + count, this.hiddenBoots);
  }

  /** How many boots are beyond the limit. */
  get hiddenBoots(): number {
    return this.#hidden + this.#hiddenOpen.size;
  }

  readonly finding = (finding: Finding): void => {
    this.#findings += 1;
    const { boot, line, start, end } = finding;
    const listed = this.#listed.get(boot) ?? { lines: [], more: 0 };
    if (listed.lines.length < MOST_FINDINGS)
      listed.lines.push({ line, start, end, label: findingLabel(finding) });
    else listed.more += 1;
    if (this.#listed.size < MOST_BOOTS) this.#listed.set(boot, listed);
  };

  readonly boot = (boot: Boot): void => {
    this.#show({ kind: "boot", boot, isOpen: false });
  };

  readonly silent = (boots: SilentBoots): void => {
    if (this.#shown.length >= MOST_BOOTS) {
      this.#hidden += boots.last - boots.first + 1;
      return;
    }
    this.#changed.add(this.#shown.length);
    this.#shown.push({ kind: "silent", boots });
  };

  /** Shows the current state of boots that have not ended. */
  showOpen(boots: readonly Boot[]): void {
    for (const boot of boots) this.#show({ kind: "boot", boot, isOpen: true });
  }

  /** The boots that are new or have changed since this was last asked. */
  takeChanged(choice: Choice | null): BootView[] {
    const views = [...this.#changed].sort((a, b) => a - b).flatMap((at) => this.#view(at, choice));
    this.#changed.clear();
    return views;
  }

  /** Every boot that is shown. */
  all(choice: Choice | null): BootView[] {
    return this.#shown.flatMap((_, at) => this.#view(at, choice));
  }

  /** The report on the boot of this index; null if there is none. */
  report(index: number, choice: Choice | null): Report | null {
    return this.#view(index, choice)[0]?.report ?? null;
  }

  #show(shown: Extract<Shown, { kind: "boot" }>): void {
    const { number } = shown.boot;
    const known = this.#places.get(number);
    if (known === undefined && this.#shown.length >= MOST_BOOTS) {
      if (shown.isOpen) this.#hiddenOpen.add(number);
      else {
        this.#hiddenOpen.delete(number);
        this.#hidden += 1;
      }
      return;
    }
    const place = known ?? this.#shown.length;
    this.#places.set(number, place);
    this.#shown[place] = shown;
    this.#changed.add(place);
  }

  #view(index: number, choice: Choice | null): BootView[] {
    const shown = this.#shown[index];
    if (shown === undefined) return [];
    if (shown.kind === "silent") {
      const report = silentReport(shown.boots, this.#name);
      return [{ index, isOpen: false, report, findings: [], more: 0 }];
    }
    const { lines = [], more = 0 } = this.#listed.get(shown.boot.number) ?? {};
    const report = bootReport(assessBoot(shown.boot, choice), this.#name);
    return [{ index, isOpen: shown.isOpen, report, findings: lines, more }];
  }
}
