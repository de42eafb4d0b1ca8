import { SEV_AND_ES, statusFromFeatures } from "../features";
import { carriesFeatureMask } from "../ghcb";
import type { Ending, FeaturesRole, Finding, HypervisorFeaturesRole, Software } from "./finding";

/** SEV_STATUS as a boot's lines tell of it. */
export interface SeenStatus {
  readonly value: bigint;
  /**
   * `exact`: read from the register, or from SEV_FEATURES. `at-least`: from names, which cannot show every bit.
   * `synthetic`: only what Linux' Hyper-V code makes up.
   */
  readonly how: "exact" | "at-least" | "synthetic";
  /** Other exact values of the same boot, which contradict this one, the last. */
  readonly others: readonly bigint[];
}

/** A value, and whose it is. */
export interface InRole<Role> {
  readonly role: Role;
  readonly value: bigint;
}

/** How a guest ended, and where that is said. */
export interface SeenEnding extends Ending {
  readonly line: number;
  readonly software: Software;
}

/** What one boot's findings tell, before any guest kernel is asked. */
export interface Boot {
  /** Counts from 1 in its file. */
  readonly number: number;
  /** Of its first and its last finding, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The guest's kernel, by its banner on `line` (from 0); null where there is none, or where it is the host's. */
  readonly kernel: {
    readonly release: string;
    readonly banner: string;
    readonly line: number;
  } | null;
  readonly status: SeenStatus | null;
  /** SEV_FEATURES as they were told, each value once for each role. */
  readonly features: readonly InRole<FeaturesRole>[];
  /** Features of the hypervisor, likewise. */
  readonly hypervisorFeatures: readonly InRole<HypervisorFeaturesRole>[];
  /** Hypervisor features that somebody missed; null where nobody did. */
  readonly missingHypervisorFeatures: bigint | null;
  /** In the order of the log; a host's log tells of many guests. */
  readonly endings: readonly SeenEnding[];
  /** The guest's kernel, or a program on it, said something after its own check: it was not refused. */
  readonly isRunning: boolean;
  /** Messages without a value, by their first lines. */
  readonly notices: readonly Extract<Finding, { kind: "notice" }>[];
}

/** Software of the host: a banner among its lines is the host kernel's. */
const HOST: ReadonlySet<Software> = new Set(["kvm"]);

/** Software that reads SEV_STATUS in a guest that runs. */
const IN_GUEST: ReadonlySet<Software> = new Set(["linux", "virtee", "msr-tools"]);

/** Whether an ending is a refusal of features: by its reason, by the EFI stub, or an event whose reason is lost. */
export function isRefusal({ via, reason, unsupported }: Ending): boolean {
  if (unsupported !== null || via === "efi-stub") return true;
  // Linux uses the termination event for hardly anything but this.
  return reason === null ? via === "nae" : carriesFeatureMask(reason);
}

/** Puts the findings of one file together, boot by boot. */
export class BootCollector {
  #findings: Finding[] = [];

  /** The next finding; gives the boot before it where it begins a new one. */
  add(finding: Finding): Boot | null {
    const before = this.#findings[0];
    const done = before !== undefined && before.boot !== finding.boot ? this.end() : null;
    this.#findings.push(finding);
    return done;
  }

  /** What is known so far of the boot that is not over yet; null where nothing was found since the last one. */
  soFar(): Boot | null {
    return factsOf(this.#findings);
  }

  /** The boot that is not over yet, which ends here; null where nothing was found since the last one. */
  end(): Boot | null {
    const boot = this.soFar();
    this.#findings = [];
    return boot;
  }
}

function factsOf(findings: readonly Finding[]): Boot | null {
  const [first] = findings;
  const last = findings.at(-1);
  if (first === undefined || last === undefined) return null;
  const isRunning = findings.some(
    ({ software, kind }) => IN_GUEST.has(software) && kind === "sev-status",
  );
  const isHost = !isRunning && findings.some(({ software }) => HOST.has(software));
  const banner = findings.find((finding) => finding.kind === "guest-kernel");
  return {
    number: first.boot,
    firstLine: first.line,
    lastLine: last.line,
    kernel:
      banner === undefined || isHost
        ? null
        : { release: banner.release, banner: banner.banner, line: banner.line },
    status: statusOf(findings),
    features: inRoles(findings.filter((finding) => finding.kind === "sev-features")),
    hypervisorFeatures: inRoles(
      findings.filter((finding) => finding.kind === "hypervisor-features"),
    ),
    missingHypervisorFeatures: missingOf(findings),
    endings: findings.flatMap(endingOf),
    isRunning,
    notices: findings.filter((finding) => finding.kind === "notice"),
  };
}

function statusOf(findings: readonly Finding[]): SeenStatus | null {
  const exact = new Set<bigint>();
  let atLeast = 0n;
  let synthetic: bigint | null = null;
  for (const finding of findings) {
    if (finding.kind === "sev-status") {
      if (finding.synthetic === true) synthetic = finding.value;
      else if (finding.atLeast === true) atLeast |= finding.value;
      else exact.add(finding.value);
    } else if (finding.kind === "sev-features" && finding.role === "guest") {
      const status = statusFromFeatures(finding.value);
      if (finding.atLeast === true) atLeast |= status;
      else if (exact.size === 0) exact.add(status);
    }
  }
  const values = [...exact];
  const last = values.pop();
  if (last !== undefined) return { value: last, how: "exact", others: values };
  // What the Hyper-V code makes up stands beside a bare "SEV", which is no more than it either.
  if (synthetic !== null && (atLeast & ~SEV_AND_ES) === 0n)
    return { value: synthetic, how: "synthetic", others: [] };
  return atLeast === 0n ? null : { value: atLeast, how: "at-least", others: [] };
}

/** Each value once for each role. */
function inRoles<Role>(findings: readonly InRole<Role>[]): InRole<Role>[] {
  const distinct: InRole<Role>[] = [];
  for (const { role, value } of findings)
    if (!distinct.some((other) => other.role === role && other.value === value))
      distinct.push({ role, value });
  return distinct;
}

function missingOf(findings: readonly Finding[]): bigint | null {
  const missing = findings.find(
    (finding) => finding.kind === "hypervisor-features" && finding.role === "missing",
  );
  return missing?.kind === "hypervisor-features" ? missing.value : null;
}

/** The end of a guest that a finding tells of; null for none. */
export function endingIn(finding: Finding): Ending | null {
  if (finding.kind === "termination") return finding;
  return finding.kind === "ghcb" ? finding.ending : null;
}

function endingOf(finding: Finding): SeenEnding[] {
  const { line, software } = finding;
  const ending = endingIn(finding);
  if (ending === null) return [];
  const { via, reason, unsupported } = ending;
  return [{ via, reason, unsupported, line, software }];
}
