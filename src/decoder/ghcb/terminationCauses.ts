import { SOURCES, type Doubt } from "./provenance";

/** How a guest asked for its termination: the GHCB event (NAE) or the GHCB MSR. */
export type TerminationChannel = "nae" | "msr";

/** One thing that may lie behind a reason whose code alone does not tell. */
interface ReasonCause {
  readonly set: number;
  readonly code: number;
  /** The channels on which this cause shows. */
  readonly channels: readonly TerminationChannel[];
  /** Who sends it. */
  readonly software: string;
  readonly cause: string;
  /** Set where patches used the number so that were never merged in that form. */
  readonly doubt?: Doubt;
  readonly source: string;
}

const snpUnsupported = { set: 0, code: 2, channels: ["msr"], software: "Linux" } as const;
const unspecific = { set: 0, code: 0, channels: ["msr"] } as const;
const draft = {
  set: 1,
  channels: ["nae", "msr"],
  software: "Linux",
  doubt: {
    mark: "unmerged",
    why: "Patches used the number so; what was merged gives it another meaning.",
  },
} as const;

/** What may lie behind ambiguous reasons. 0:2 by GHCB MSR has many causes, by GHCB event only one. */
export const REASON_CAUSES: readonly ReasonCause[] = [
  {
    ...snpUnsupported,
    channels: ["nae", "msr"],
    cause:
      "SEV_STATUS has features on that the kernel needs code for and has none; without a usable GHCB of version 2 the mask is lost",
    source: SOURCES.earlyChecks,
  },
  {
    ...snpUnsupported,
    cause:
      "the hypervisor features lack SNP (bit 0); with GHCB version 1 the kernel takes them for empty",
    source: SOURCES.earlyChecks,
  },
  {
    ...snpUnsupported,
    cause: "the confidential computing blob has the wrong magic number",
    source: SOURCES.earlyChecks,
  },
  {
    ...snpUnsupported,
    cause:
      "snp_abort(): there is a confidential computing blob but SEV_STATUS has SNP off (before 6.18)",
    source: SOURCES.savicTerm,
  },
  {
    ...unspecific,
    software: "Linux",
    cause: "the #VC handler could not go on",
    source: SOURCES.sevCore,
  },
  {
    ...unspecific,
    software: "coconut-svsm",
    cause: "any end of the SVSM: it writes the plain request, without set and code",
    source: SOURCES.coconutMsr,
  },
  {
    ...unspecific,
    software: "OVMF",
    cause: "a failed GHCB protocol step, page state change or SVSM call",
    source: SOURCES.edk2SecMain,
  },
  { ...draft, code: 6, cause: "Secure TSC, in a draft", source: "x86 mailing list" },
  {
    ...draft,
    code: 10,
    cause: "SVSM calling area remap, in tip for a short time (893930143440)",
    source: "tip x86/boot 893930143440, 2025-01-07",
  },
  { ...draft, code: 11, cause: "Secure TSC with kvmclock, in a draft", source: "x86 mailing list" },
];

/** What may lie behind a reason sent on a channel; empty where the reason says it all. */
export function reasonCauses(
  set: number,
  code: number,
  channel: TerminationChannel,
): readonly ReasonCause[] {
  return REASON_CAUSES.filter(
    (row) => row.set === set && row.code === code && row.channels.includes(channel),
  );
}
