import type {
  FactOf,
  FeaturesRole,
  Finding,
  HypervisorFeaturesRole,
  NoticeId,
} from "../log/finding";
import { NOTICES } from "../log/notices";
import { ALLOWED_FEATURES_ENABLE_BIT } from "../features";
import type { Side, Stage } from "../log/formats/marks";
import { bitMask } from "../text/u64";
import type { Cause, SeenEnding } from "./ends";
import { EndFacts } from "./ends";
import type { ExitGroup } from "./exits";
import { ExitFacts } from "./exits";
import { isOfHost } from "../log/formats/host";
import type { SeenStatus } from "./status";
import { StatusFacts, isOfRunningGuest } from "./status";

/** A value, and its role. */
export interface InRole<Role> {
  readonly role: Role;
  readonly value: bigint;
}

/** A kernel, from its banner on `line` (from 0). */
export interface SeenKernel {
  readonly release: string;
  readonly banner: string;
  readonly line: number;
}

/** A known message of a boot: how often it stands there, and where first (from 0). */
interface SeenNotice {
  readonly id: NoticeId;
  readonly line: number;
  readonly count: number;
}

/** A line (from 0) that shows SEV-SNP on without a value. */
export interface SeenSnp {
  readonly line: number;
  /** Software runs below the kernel. */
  readonly isAbove: boolean;
}

/** A failed guest request: SW_EXITINFO2 as the hypervisor answered it, on `line` (from 0). */
export interface RequestError {
  readonly value: bigint;
  readonly line: number;
  /** Only the firmware's status, perhaps of another command. */
  readonly isStatus: boolean;
  /** It is why a VMM did not start its guest. */
  readonly isLaunch: boolean;
  /** It is why the host's driver could not start the firmware. */
  readonly isHostStart: boolean;
}

/** A list that was cut: its first items, and how many there are. */
export interface Some<Item> {
  readonly first: readonly Item[];
  readonly count: number;
}

/** What the findings of one boot show, before any guest kernel is assessed. Lines count from 0. */
export interface Boot {
  /** Counts from 1 in its file. */
  readonly number: number;
  /** Of its first and its last finding. */
  readonly firstLine: number;
  readonly lastLine: number;
  /** Null where nothing shows whether the lines are the host's or a guest's. */
  readonly side: Side;
  /** The first stage that its lines mark, and the last one that it reached. */
  readonly firstStage: Stage;
  readonly stage: Stage;
  /** The guest's kernel; null without a banner, and where the banner is the host's. */
  readonly kernel: SeenKernel | null;
  /** The host's kernel, likewise. */
  readonly hostKernel: SeenKernel | null;
  readonly status: SeenStatus | null;
  /** Null where no message says that SEV-SNP is on; a value may show it all the same. */
  readonly snp: SeenSnp | null;
  /** SEV_FEATURES, each value once for each role. */
  readonly features: Some<InRole<FeaturesRole>>;
  /** SEV_FEATURES that the guest has and its VMCB does not allow. */
  readonly deniedFeatures: bigint;
  /** SEV_FEATURES that a VMM asked for and the host does not support, as the VMM's error names them. */
  readonly unsupportedByHost: bigint;
  /** SEV_FEATURES that are off and the SVSM requires. */
  readonly requiredBySvsm: bigint;
  /** SEV_FEATURES that are on and the SVSM does not support. */
  readonly refusedBySvsm: bigint;
  /** Features of the hypervisor, each value once for each role. */
  readonly hypervisorFeatures: Some<InRole<HypervisorFeaturesRole>>;
  /** Hypervisor features that the SVSM misses. */
  readonly missingHypervisorFeatures: bigint;
  /** The first ends of guests, in the order of the log: a host's log reports those of many guests. */
  readonly endings: readonly SeenEnding[];
  /** All of them, by their causes. */
  readonly causes: readonly Cause[];
  readonly endingCount: number;
  /** The guest's kernel, or a program on it, printed something after the kernel's check. */
  readonly isRunning: boolean;
  readonly notices: readonly SeenNotice[];
  readonly requestErrors: Some<RequestError>;
  /** Exits and messages of the GHCB MSR protocol that end nothing. */
  readonly exits: readonly ExitGroup[];
}

/** Items of a list beyond these are counted, not kept. */
const MOST_KEPT = 20;

/** Different values beyond these are not counted. */
const MOST_DISTINCT = 1_000;

/** Keeps the first items of a list, and counts all. */
class First<Item> {
  readonly #first: Item[] = [];
  #count = 0;

  protected get kept(): Item[] {
    return this.#first;
  }

  add(item: Item): void {
    this.#count += 1;
    if (this.#first.length < MOST_KEPT) this.#first.push(item);
  }

  some(): Some<Item> {
    return { first: [...this.#first], count: this.#count };
  }
}

/** The same for values, each once for each role. */
class Roles<Role extends string> extends First<InRole<Role>> {
  /** Values with their roles: a hostile log has very many of these. */
  readonly #seen = new Set<string>();

  override add({ role, value }: InRole<Role>): void {
    const key = `${role} ${value}`;
    if (this.#seen.size >= MOST_DISTINCT || this.#seen.has(key)) return;
    this.#seen.add(key);
    super.add({ role, value });
  }

  /** A list of names that may go on one that was added, as far as that was read: then it takes its place. */
  addList(list: InRole<Role>): void {
    const { role, value } = list;
    const at = this.kept.findIndex((one) => one.role === role && (one.value & ~value) === 0n);
    if (at === -1) this.add(list);
    else this.kept[at] = { role, value };
  }
}

/** Bit 63 of ALLOWED_SEV_FEATURES: the processor checks them at all. */
const IS_CHECKED = bitMask(ALLOWED_FEATURES_ENABLE_BIT);

/** Gathers what the findings of one boot show, one after another; keeps none of them. */
export class BootFacts {
  readonly number: number;
  readonly #status = new StatusFacts();
  readonly #ends = new EndFacts();
  readonly #exits = new ExitFacts();
  readonly #features = new Roles<FeaturesRole>();
  readonly #hypervisorFeatures = new Roles<HypervisorFeaturesRole>();
  readonly #notices = new Map<NoticeId, { line: number; count: number }>();
  readonly #requestErrors = new First<RequestError>();
  #firstLine: number | null = null;
  #lastLine = 0;
  #banner: SeenKernel | null = null;
  #bannerMayBeHosts = false;
  #hasRunningGuest = false;
  #snp: SeenSnp | null = null;
  /** ALLOWED_SEV_FEATURES of the VMCB that is dumped: KVM prints it before the guest's own. */
  #allowed: bigint | null = null;
  #denied = 0n;
  #unsupportedByHost = 0n;
  #requiredBySvsm = 0n;
  #refusedBySvsm = 0n;
  #missingHypervisorFeatures: bigint | null = null;

  constructor(number: number) {
    this.number = number;
  }

  /** The next finding, in the order of the log. */
  add(finding: Finding): void {
    const { fact, line, software } = finding;
    this.#firstLine ??= line;
    this.#lastLine = line;
    // Lines of the host stand after its kernel's banner; KVM's before it may be the end of the boot before.
    if (this.#banner === null ? software === "kvm" : isOfHost(finding))
      this.#bannerMayBeHosts = true;
    switch (fact.kind) {
      case "guest-kernel":
        this.#banner ??= { release: fact.release, banner: fact.banner, line };
        return;
      case "sev-status":
        this.#hasRunningGuest ||= isOfRunningGuest(finding);
        this.#status.add(finding);
        return;
      case "sev-features":
        if (software === "svsm") this.#features.addList(fact);
        else this.#features.add(fact);
        this.#status.add(finding);
        if (software === "kvm") this.#compareWithAllowed(fact);
        if (software === "svsm" && fact.role === "guest") this.#refusedBySvsm |= fact.value;
        if (fact.role === "missing") {
          if (software === "svsm") this.#requiredBySvsm |= fact.value;
          else this.#unsupportedByHost |= fact.value;
        }
        return;
      case "hypervisor-features":
        this.#hypervisorFeatures.add(fact);
        if (fact.role === "missing") this.#missingHypervisorFeatures ??= fact.value;
        return;
      case "notice": {
        const { count = 0, line: first = line } = this.#notices.get(fact.id) ?? {};
        this.#notices.set(fact.id, { line: first, count: count + 1 });
        const { shows } = NOTICES[fact.id];
        if (shows !== undefined) this.#showSnp({ line, isAbove: shows === "snp-and-below" });
        return;
      }
      case "guest-request-error":
        this.#requestErrors.add({
          value: fact.value,
          line,
          isStatus: fact.isStatus === true,
          isLaunch: fact.isLaunch === true,
          isHostStart: fact.isHostStart === true,
        });
        // Linux has a sev-guest device only where SEV-SNP is on.
        if (software === "linux") this.#showSnp({ line, isAbove: false });
        return;
      default:
        this.#ends.add(finding);
        this.#exits.add(finding);
    }
  }

  /** What is known so far, for a boot whose lines mark this side and these stages; null while nothing was found. */
  boot(marked: Pick<Boot, "side" | "firstStage" | "stage">): Boot | null {
    if (this.#firstLine === null) return null;
    const banner = this.#banner;
    const isHosts =
      banner !== null &&
      marked.side !== "guest" &&
      (marked.side === "host" || (this.#bannerMayBeHosts && !this.#hasRunningGuest));
    const kernel = isHosts ? null : banner;
    const status = this.#status.seen();
    // A kernel prints its banner after its check.
    const isRunning = this.#hasRunningGuest || (kernel !== null && status !== null);
    return {
      number: this.number,
      firstLine: this.#firstLine,
      lastLine: this.#lastLine,
      side: isHosts ? "host" : marked.side,
      firstStage: marked.firstStage,
      stage: marked.stage,
      kernel,
      hostKernel: isHosts ? banner : null,
      status,
      snp: this.#snp,
      features: this.#features.some(),
      deniedFeatures: this.#denied,
      unsupportedByHost: this.#unsupportedByHost,
      requiredBySvsm: this.#requiredBySvsm,
      refusedBySvsm: this.#refusedBySvsm,
      hypervisorFeatures: this.#hypervisorFeatures.some(),
      missingHypervisorFeatures: this.#missingHypervisorFeatures ?? 0n,
      endings: this.#ends.endings({ isRunning, hasKernel: kernel !== null }),
      causes: this.#ends.causes(),
      endingCount: this.#ends.count,
      isRunning,
      notices: Array.from(this.#notices, ([id, seen]) => ({ id, ...seen })),
      requestErrors: this.#requestErrors.some(),
      exits: this.#exits.groups(),
    };
  }

  /** Of several lines the first counts, unless a later one shows software below the kernel. */
  #showSnp(seen: SeenSnp): void {
    this.#hasRunningGuest = true;
    if (this.#snp === null || (seen.isAbove && !this.#snp.isAbove)) this.#snp = seen;
  }

  #compareWithAllowed({ role, value }: FactOf<"sev-features">): void {
    if (role === "allowed") this.#allowed = value;
    else if (role === "guest" && this.#allowed !== null && (this.#allowed & IS_CHECKED) !== 0n)
      this.#denied |= value & ~this.#allowed;
  }
}
