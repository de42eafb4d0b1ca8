import { SOURCES } from "./provenance";
import type { ReasonRow } from "./reasonRow";
import { LINUX_REASONS } from "./terminationReasonsLinux";

export type { ReasonName, ReasonRow } from "./reasonRow";

/** Reason sets: who defines the codes within. Set 1 has two owners that do not know of each other. */
export const REASON_SETS = [
  { set: 0, symbol: "SEV_TERM_SET_GEN", owner: "GHCB specification", source: SOURCES.sevCommon },
  { set: 1, symbol: "SEV_TERM_SET_LINUX", owner: "Linux", source: SOURCES.sevCommon },
  { set: 1, symbol: null, owner: "OVMF reset vector", source: SOURCES.edk2ResetVector },
] as const;

const general = {
  set: 0,
  software: "GHCB specification",
  mark: null,
  source: SOURCES.sevCommon,
  carriesFeatures: false,
} as const;

const ovmf = {
  set: 1,
  aliases: [],
  software: "OVMF reset vector",
  since: null,
  mark: null,
  source: SOURCES.edk2ResetVector,
  carriesFeatures: false,
  msrOnly: true,
} as const;

/** Every reason known, by set and code; several rows for one code where several software use it. */
export const TERMINATION_REASONS: readonly ReasonRow[] = [
  {
    ...general,
    code: 0,
    name: "general termination request",
    macro: "GHCB_SEV_ES_GEN_REQ",
    aliases: ["GHCB_TERMINATE_GHCB_GENERAL"],
    meaning: "The guest gave up without saying why.",
    next: "The last lines of the guest's own console; firmware, SVSM and kernel all send this one.",
    since: null,
  },
  {
    ...general,
    code: 1,
    name: "GHCB protocol version unsupported",
    macro: "GHCB_SEV_ES_PROT_UNSUPPORTED",
    aliases: ["GHCB_TERMINATE_GHCB_PROTOCOL"],
    meaning: "The guest and the hypervisor have no GHCB protocol version in common.",
    next: "The version range that the hypervisor offers (SEV_INFO_RESP) and the ghcb version of the VM.",
    since: null,
  },
  {
    ...general,
    code: 2,
    name: "SNP features unsupported",
    macro: "GHCB_SNP_UNSUPPORTED",
    aliases: [],
    meaning: "SEV-SNP, or a feature enabled in SEV_STATUS, cannot be used by this guest.",
    next: "SW_EXITINFO2 if the guest used the termination event, else SEV_STATUS and the hypervisor features.",
    since: "5.19",
    carriesFeatures: true,
  },
  ...LINUX_REASONS,
  {
    ...ovmf,
    code: 1,
    name: "#VC that is not CPUID",
    macro: "TERM_VC_NOT_CPUID",
    meaning: "Early firmware code took a #VC exception for something else than CPUID.",
    next: "The firmware image and its version; nothing is printed that early.",
  },
  {
    ...ovmf,
    code: 2,
    name: "unexpected GHCB response",
    macro: "TERM_UNEXPECTED_RESP_CODE",
    meaning: "Early firmware code got another GHCB MSR response than it had asked for.",
    next: "What the hypervisor answers on the GHCB MSR in a KVM trace.",
  },
];
