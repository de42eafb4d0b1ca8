import type { SeenEnding } from "./ends";
import { endingsOf, linesOfOthers } from "./ends";
import type { Side } from "./marks";
import type { SeenStatus } from "./status";
import { isOfRunningGuest, statusOf } from "./status";
import { deniedIn } from "./denied";
import { isOfHost } from "./host";
import type { Fact, FactOf, FeaturesRole, Finding, HypervisorFeaturesRole } from "../log/finding";

/** A finding whose fact is of one kind. */
export type FindingOf<Kind extends Fact["kind"]> = Finding & { readonly fact: FactOf<Kind> };

/** A value, and whose it is. */
export interface InRole<Role> {
  readonly role: Role;
  readonly value: bigint;
}

/** A kernel, by its banner on `line` (from 0). */
export interface SeenKernel {
  readonly release: string;
  readonly banner: string;
  readonly line: number;
}

/** What one boot's findings tell, before any guest kernel is asked. */
export interface Boot {
  /** Counts from 1 in its file. */
  readonly number: number;
  /** Of its first and its last finding, from 0. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** The guest's kernel; null where there is no banner, or where it is the host's. */
  readonly kernel: SeenKernel | null;
  /** The host's, likewise. */
  readonly hostKernel: SeenKernel | null;
  readonly status: SeenStatus | null;
  /** SEV_FEATURES as they were told, each value once for each role. */
  readonly features: readonly InRole<FeaturesRole>[];
  /** Those that a guest's VMCB has and does not allow, in SEV_FEATURES bit positions. */
  readonly deniedFeatures: bigint;
  /** Those that the SVSM names as on and does not support, likewise. */
  readonly refusedBySvsm: bigint;
  /** Features of the hypervisor, each value once for each role. */
  readonly hypervisorFeatures: readonly InRole<HypervisorFeaturesRole>[];
  /** Hypervisor features that somebody missed; null where nobody did. */
  readonly missingHypervisorFeatures: bigint | null;
  /** In the order of the log; a host's log tells of many guests. */
  readonly endings: readonly SeenEnding[];
  /** The lines, from 0, that are about the ends of other guests than the boot's own. */
  readonly linesOfOthers: ReadonlySet<number>;
  /** The guest's kernel, or a program on it, said something after its own check: it was not refused. */
  readonly isRunning: boolean;
  /** Messages without a value, by their first lines. */
  readonly notices: readonly FindingOf<"notice">[];
  /** Errors of guest requests. */
  readonly requestErrors: readonly FindingOf<"guest-request-error">[];
  /** Exits and GHCB MSR messages that end nothing; null where there are none. A trace has very many. */
  readonly exits: Count | null;
}

/** How many findings of a kind there are, and the lines (from 0) of the first and the last one. */
export interface Count {
  readonly count: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** Puts the findings of one file together, boot by boot. */
export class BootCollector {
  readonly #sideOf: (boot: number) => Side;
  #findings: Finding[] = [];

  /** `sideOf`: whose a boot is, by its number, as far as lines without a finding can tell. */
  constructor(sideOf: (boot: number) => Side = () => null) {
    this.#sideOf = sideOf;
  }

  /** The next finding; gives the boot before it where it begins a new one. */
  add(finding: Finding): Boot | null {
    const before = this.#findings[0];
    const done = before !== undefined && before.boot !== finding.boot ? this.end() : null;
    this.#findings.push(finding);
    return done;
  }

  /** What is known so far of the boot that is not over yet; null where nothing was found since the last one. */
  soFar(): Boot | null {
    const [first] = this.#findings;
    return first === undefined ? null : factsOf(first, this.#findings, this.#sideOf(first.boot));
  }

  /** The boot that is not over yet, which ends here; null where nothing was found since the last one. */
  end(): Boot | null {
    const boot = this.soFar();
    this.#findings = [];
    return boot;
  }
}

function factsOf(first: Finding, findings: readonly Finding[], side: Side): Boot {
  const [banner = null] = ofKind(findings, "guest-kernel");
  const seen =
    banner === null
      ? null
      : { release: banner.fact.release, banner: banner.fact.banner, line: banner.line };
  const isHosts =
    banner !== null && side !== "guest" && (side === "host" || isOfHostsKernel(findings, banner));
  const kernel = isHosts ? null : seen;
  const status = statusOf(findings);
  const endings = endingsOf(findings, kernel !== null);
  return {
    number: first.boot,
    firstLine: first.line,
    lastLine: findings.at(-1)?.line ?? first.line,
    kernel,
    hostKernel: isHosts ? seen : null,
    status,
    features: inRoles(ofKind(findings, "sev-features").map(({ fact }) => fact)),
    deniedFeatures: deniedIn(findings),
    refusedBySvsm: refusedBySvsm(findings),
    hypervisorFeatures: inRoles(ofKind(findings, "hypervisor-features").map(({ fact }) => fact)),
    missingHypervisorFeatures: missingOf(findings),
    endings,
    linesOfOthers: linesOfOthers(findings, endings),
    // A kernel prints its banner after its check.
    isRunning: findings.some(isOfRunningGuest) || (kernel !== null && status !== null),
    notices: ofKind(findings, "notice"),
    requestErrors: ofKind(findings, "guest-request-error"),
    exits: countOf(findings.filter(endsNothing)),
  };
}

/**
 * Whether a banner is the host kernel's: lines of the host follow it, and none of a guest that runs, whose banner would
 * have begun a boot of its own. A guest's kernel comes after its VMM; KVM's lines before the banner may be the end of
 * the boot before.
 */
function isOfHostsKernel(findings: readonly Finding[], banner: Finding): boolean {
  if (findings.some(isOfRunningGuest)) return false;
  const at = findings.indexOf(banner);
  return findings.some((one, index) => (index > at ? isOfHost(one) : one.software === "kvm"));
}

function ofKind<Kind extends Fact["kind"]>(
  findings: readonly Finding[],
  kind: Kind,
): FindingOf<Kind>[] {
  return findings.filter((finding): finding is FindingOf<Kind> => finding.fact.kind === kind);
}

function refusedBySvsm(findings: readonly Finding[]): bigint {
  return findings.reduce(
    (mask, { fact, software }) =>
      fact.kind === "sev-features" && software === "svsm" && fact.role === "guest"
        ? mask | fact.value
        : mask,
    0n,
  );
}

/** Whether a finding is an exit or a message of a guest that goes on after it. */
function endsNothing({ fact }: Finding): boolean {
  const { kind } = fact;
  return kind === "vmgexit" || kind === "ghcb-msr" || (kind === "ghcb" && fact.ending === null);
}

function countOf(findings: readonly Finding[]): Count | null {
  const [first] = findings;
  const last = findings.at(-1);
  if (first === undefined || last === undefined) return null;
  return { count: findings.length, firstLine: first.line, lastLine: last.line };
}

/** Each value once for each role. */
function inRoles<Role extends string>(findings: readonly InRole<Role>[]): InRole<Role>[] {
  const distinct = new Map<string, InRole<Role>>();
  for (const { role, value } of findings) {
    const key = `${role} ${value}`;
    if (!distinct.has(key)) distinct.set(key, { role, value });
  }
  return [...distinct.values()];
}

function missingOf(findings: readonly Finding[]): bigint | null {
  const missing = ofKind(findings, "hypervisor-features").find(
    ({ fact }) => fact.role === "missing",
  );
  return missing?.fact.value ?? null;
}
