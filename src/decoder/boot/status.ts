import { SEV_AND_ES, SEV_SNP, statusFromFeatures } from "../features";
import { VTOM_BIT } from "../guest/below";
import { exactly } from "../guest/assessment";
import type { FactOf, Finding, Software } from "../log/finding";
import { hasBit } from "../text/u64";

/** SEV_STATUS as a boot's lines show it. */
export interface SeenStatus {
  readonly value: bigint;
  /**
   * - `read`: a line shows the register.
   * - `derived`: computed from the SEV_FEATURES of a VMSA.
   * - `names`: a line names features; bits without a name may be set too.
   * - `synthetic`: Linux' Hyper-V code reports vTom alone, whatever the register holds.
   */
  readonly how: "read" | "derived" | "names" | "synthetic";
  /** The bits of which it is known whether they are set. */
  readonly known: bigint;
  /** Other values of the same boot that contradict this one, the last. */
  readonly others: readonly bigint[];
  /** A guest with vTom runs: a paravisor is below its kernel, and the kernel does not see the register. */
  readonly isHidden: boolean;
}

/** Programs that read SEV_STATUS in a running guest. */
const IN_GUEST: ReadonlySet<Software> = new Set(["linux", "virtee", "msr-tools"]);
/** Of SEV_STATUS; on the host the whole register is 0. */
const SEV_BIT = 0;

/** Whether a finding comes from a guest's kernel, or a program on it, after the kernel's own check. */
export function isOfRunningGuest({ software, fact }: Finding): boolean {
  return (
    fact.kind === "sev-status" &&
    IN_GUEST.has(software) &&
    (fact.synthetic === true || hasBit(fact.value, SEV_BIT))
  );
}

/** Different values of one boot beyond these are not kept: two are a contradiction. */
const MOST_VALUES = 64;

/** A lower bound, and the bits that its text would name if they were set. */
interface Bound {
  readonly value: bigint;
  known: bigint;
}

/** Gathers what the findings of one boot say of SEV_STATUS. */
export class StatusFacts {
  readonly #read = new Set<bigint>();
  readonly #derived = new Set<bigint>();
  #bounds: readonly Bound[] = [];
  #synthetic: bigint | null = null;
  #isHidden = false;

  add(finding: Finding): void {
    const { fact } = finding;
    if (fact.kind === "sev-status") this.#status(fact, isOfRunningGuest(finding));
    else if (fact.kind === "sev-features" && fact.role === "guest") {
      const status = statusFromFeatures(fact.value);
      if (fact.atLeast === true) this.#bound({ value: status, known: status });
      else keep(this.#derived, status);
    }
  }

  /** Null where no line says anything. */
  seen(): SeenStatus | null {
    // Software below a kernel may show it less than SEV_FEATURES hold: lines that show the register count first.
    const how = this.#read.size > 0 ? "read" : "derived";
    const values = [...(how === "read" ? this.#read : this.#derived)];
    const last = values.pop();
    const isHidden = this.#isHidden || this.#synthetic !== null;
    if (last !== undefined) {
      const bounds = this.#bounds.map(({ value }) => value);
      const others = [...values, ...bounds.filter((value) => (value & ~last) !== 0n)];
      return { ...exactly(last), how, others, isHidden };
    }
    const bounds = [...this.#bounds];
    const bound = bounds.pop() ?? null;
    // A bare "SEV" stands beside what the Hyper-V code reports, and says no more than it.
    if (
      this.#synthetic !== null &&
      bounds.length === 0 &&
      ((bound?.value ?? 0n) & ~SEV_AND_ES) === 0n
    )
      return { value: this.#synthetic, how: "synthetic", known: 0n, others: [], isHidden };
    if (bound === null) return null;
    return { ...bound, how: "names", others: bounds.map(({ value }) => value), isHidden };
  }

  #status(fact: FactOf<"sev-status">, isRunning: boolean): void {
    const { value, synthetic, shows = 0n } = fact;
    if (isRunning && hasBit(value, VTOM_BIT)) this.#isHidden = true;
    if (synthetic === true) this.#synthetic = value;
    else if (fact.atLeast === true) this.#bound({ value, known: value | shows });
    else keep(this.#read, value);
  }

  /**
   * A line that names more of the same bits tells more of the same guest. Of two lists that each name a bit which the
   * other leaves out, neither is added to the other: they are of two guests.
   */
  #bound(bound: Bound): void {
    const wider = this.#bounds.find((one) => isIn(bound, one));
    // A bit that one list leaves out and another names is no contradiction where the first had no name for it.
    if (wider !== undefined) {
      wider.known |= bound.known;
      return;
    }
    const narrower = this.#bounds.filter((one) => isIn(one, bound));
    for (const { known } of narrower) bound.known |= known;
    const others = this.#bounds.filter((one) => !narrower.includes(one));
    if (others.length < MOST_VALUES) this.#bounds = [...others, bound];
  }
}

function isIn(part: Bound, whole: Bound): boolean {
  return (part.value & ~whole.value) === 0n;
}

function keep(values: Set<bigint>, value: bigint): void {
  if (values.size < MOST_VALUES) values.add(value);
}

/** Whether nothing says whether SEV-SNP is on. */
export function isSnpOpen({ known }: SeenStatus): boolean {
  return (known & SEV_SNP) === 0n;
}

/** Whether SEV-SNP is known to be off. */
export function isSnpOff({ known, value }: SeenStatus): boolean {
  return (known & ~value & SEV_SNP) !== 0n;
}
