import { SEV_SNP_BIT } from "../features";
import type { Decode } from "../register/decode";
import { statusOf } from "../register/decode";
import { U64_MAX, hasBit, setBits } from "../text/u64";
import type { Advised } from "./advice/advise";
import { adviseLacking } from "./advice/advise";
import { passage, requiredBelow } from "./below";
import type { BootPath } from "./catalog/row";
import type { BootConditions, FeatureStanding, Verdict } from "./check";
import { DEFAULT_BOOT, bugsAt, check, checkingPlace, lackingFeatures, standing } from "./check";
import type { KernelBug } from "./catalog/bugs";
import type { GuestProfile } from "./profile";

/** A SEV_STATUS value, and the mask of the bits of which it is known whether they are set. */
export interface Known {
  readonly value: bigint;
  readonly known: bigint;
}

/** A value that was read from the register. */
export function exactly(value: bigint): Known {
  return { value, known: U64_MAX };
}

/** A lower bound: these bits are set, those of `known` are as they are here, and the others may be set too. */
export function atLeast(value: bigint, known = 0n): Known {
  return { value, known: value | known };
}

/** Whether the kernel's check runs, and if not, why. */
export type CheckRun =
  | "runs"
  /** SEV-SNP is off. */
  | "snp-off"
  /** The software below the kernel hides SEV_STATUS from it. */
  | "not-reached"
  /** The software below the kernel stops the boot first. */
  | "stopped-below"
  | "no-check-in-kernel"
  /** A loader places the uncompressed kernel: the code that checks does not run. */
  | "no-check-on-boot-path";

/** What may hold instead, and when. */
export interface Otherwise {
  readonly when: string;
  readonly verdict: Verdict;
}

/**
 * All that is known of a guest that boots with a SEV_STATUS value. A part is computed when it is asked for.
 * All masks are in SEV_STATUS bit positions.
 */
export class Assessment {
  readonly status: Known;
  readonly guest: GuestProfile;
  readonly conditions: BootConditions;
  /** The value, with the bits set that the software below the kernel requires, except those known to be clear. */
  readonly #assumed: bigint;
  #verdict: Verdict | null | undefined;
  #standings: ReadonlyMap<number, FeatureStanding> | undefined;

  constructor(status: Known, guest: GuestProfile, conditions: BootConditions) {
    this.status = status;
    this.guest = guest;
    this.conditions = conditions;
    this.#assumed = status.value | (requiredBelow(guest.below) & ~status.known);
  }

  /** Null where it is not known whether SEV-SNP is on. */
  get verdict(): Verdict | null {
    if (this.#verdict === undefined) {
      const isKnown = hasBit(this.status.known, SEV_SNP_BIT);
      this.#verdict = isKnown ? check(this.#assumed, this.guest, this.conditions) : null;
    }
    return this.#verdict;
  }

  /** Whether the outcome is the same whatever the unknown bits are. */
  get isCertain(): boolean {
    const { verdict, guest } = this;
    const { value, known } = this.status;
    if (verdict === null) return false;
    if (known === U64_MAX) return true;
    // More set bits can only be refused more, and miss less of what is required: the extremes decide.
    const extremes = [value, value | (U64_MAX & ~known)];
    return extremes.every(
      (status) => check(status, guest, this.conditions).outcome === verdict.outcome,
    );
  }

  /** Null where it is not known whether SEV-SNP is on. */
  get check(): CheckRun | null {
    const { verdict } = this;
    if (verdict === null) return null;
    if (verdict.outcome === "not-snp") return "snp-off";
    if (verdict.outcome === "not-reached") return "not-reached";
    if (verdict.outcome === "refuses" && verdict.how === "svsm-panic") return "stopped-below";
    if (this.guest.check === null) return "no-check-in-kernel";
    return checkingPlace(this.guest, this.conditions.boot) === null
      ? "no-check-on-boot-path"
      : "runs";
  }

  /** The known bugs of the kernel that this value and boot path bring out, or may bring out. */
  get bugs(): readonly KernelBug[] {
    const { verdict, guest } = this;
    if (verdict === null || verdict.outcome === "not-snp") return [];
    if (verdict.outcome === "not-reached") return [];
    // The EFI stub goes around the decompressor where it has the test.
    const place = checkingPlace(guest, this.conditions.boot);
    if (place === null) return [];
    const isHidden = verdict.outcome === "refuses" && verdict.how === "ghcb-msr-termination";
    return bugsAt(guest, place).filter((bug) =>
      bug.effect === "hides-mask" ? isHidden && verdict.because === bug : true,
    );
  }

  /** The enabled features that the kernel has no code for, or that the software below it does not support. */
  get lacking(): bigint {
    return this.verdict === null ? 0n : lackingFeatures(this.#assumed, this.guest);
  }

  /** The features that the software below the kernel requires. */
  get requiredBelow(): bigint {
    return requiredBelow(this.guest.below);
  }

  /** Those of them that are off, where SEV-SNP is on. */
  get missingBelow(): bigint {
    return hasBit(this.status.value, SEV_SNP_BIT) ? this.requiredBelow & ~this.#assumed : 0n;
  }

  /** The verdict for a boot path. */
  on(boot: BootPath): Verdict | null {
    const conditions = { ...this.conditions, boot };
    return this.verdict === null ? null : check(this.#assumed, this.guest, conditions);
  }

  /** What may hold instead; null where nothing else does, or the verdict is the same. */
  get otherwise(): Otherwise | null {
    const { verdict } = this;
    const { otherwise } = this.guest;
    if (otherwise === null || verdict === null) return null;
    const other = check(this.#assumed, otherwise.answer, this.conditions);
    const isSame = other.outcome === verdict.outcome && other.unsupported === verdict.unsupported;
    return isSame ? null : { when: otherwise.when, verdict: other };
  }

  /** What the guest does with each set bit: `unchecked` where it lacks the feature and its check does not run. */
  get standings(): ReadonlyMap<number, FeatureStanding> {
    this.#standings ??= new Map(
      setBits(this.status.value).map((bit) => {
        const stands = standing(bit, this.guest);
        const isSkipped = this.check === "snp-off" || this.check === "not-reached";
        return [bit, stands === "lacks" && isSkipped ? "unchecked" : stands];
      }),
    );
    return this.#standings;
  }

  /** What can be done for the guest. */
  get advised(): Advised {
    // The kernels are asked with what they see; the software below them has its own answer.
    const { seen } = passage(this.#assumed, this.guest.below);
    const advised = adviseLacking(seen, this.lacking, this.guest);
    return {
      ...advised,
      status: this.status.value,
      missing: this.missingBelow,
      bugs: this.bugs,
    };
  }
}

/** An assessment of a value that says whether SEV-SNP is on. */
export interface Assessed extends Assessment {
  readonly verdict: Verdict;
}

export function isAssessed(assessment: Assessment): assessment is Assessed {
  return assessment.verdict !== null;
}

/** Assesses a guest that boots with a SEV_STATUS value: a number is a value read from the register. */
export function assess(status: bigint, guest: GuestProfile, conditions?: BootConditions): Assessed;
export function assess(
  status: bigint | Known,
  guest: GuestProfile,
  conditions?: BootConditions,
): Assessment;
export function assess(
  status: bigint | Known,
  guest: GuestProfile,
  conditions = DEFAULT_BOOT,
): Assessment {
  return new Assessment(typeof status === "bigint" ? exactly(status) : status, guest, conditions);
}

/** Whom a report is about: a guest, or one that was assessed with the value already; null for nobody. */
export type Subject = GuestProfile | Assessed | null;

export function guestOf(subject: Subject): GuestProfile | null {
  return subject instanceof Assessment ? subject.guest : subject;
}

/** The assessment of a register that a guest runs with; null without a guest, and for registers of no running guest. */
export function assessDecode(decoded: Decode, subject: Subject): Assessed | null {
  if (subject === null || subject instanceof Assessment) return subject;
  const status = statusOf(decoded);
  return status === null ? null : assess(status, subject);
}
