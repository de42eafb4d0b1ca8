import { group, ofEvery, ofEveryValue, valueGroup } from "../kit/groups";
import type { LineFormat, Said } from "../../reading";
import { featuresSaid, noticeFormat, said } from "../kit/said";

/** The groups `requested` and `supported` of every match. */
function bothRoles(line: string, pattern: RegExp): Said[] {
  return ofEvery(line, pattern, (match) =>
    (["requested", "supported"] as const).flatMap((role) => {
      const found = valueGroup(match, role);
      return found === null ? [] : [featuresSaid(found, found.value, role)];
    }),
  );
}

const CHECK =
  /\bVMSA contains unsupported sev_features: (?<requested>[\dA-F]{1,16}), supported features: (?<supported>[\dA-F]{1,16})\b/dgu;

/** `check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221` — upper-case hex, bare. */
const checkFeatures: LineFormat = {
  name: "SEV_FEATURES that KVM does not support",
  software: "qemu",
  since: "10.1",
  anchors: ["unsupported sev_features"],
  recognise: (line) => bothRoles(line, CHECK),
  examples: [
    "qemu-system-x86_64: check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221",
  ],
  nearMisses: ["VMSA contains unsupported sev_features, see below"],
};

const REQUESTED =
  /\brequested sev feature mask \((?<requested>0x[\da-f]{1,16})\) contains bits not supported by the host kernel {1,4}\((?<supported>0x[\da-f]{1,16})\)/dgiu;

/** `requested sev feature mask (0x29) contains bits not supported by the host kernel  (0x221)` — posted, not released. */
const requestedMask: LineFormat = {
  name: "SEV_FEATURES that KVM does not support, as first posted",
  software: "qemu",
  since: null,
  anchors: ["requested sev feature mask"],
  recognise: (line) => bothRoles(line, REQUESTED),
  examples: [
    "requested sev feature mask (0x29) contains bits not supported by the host kernel  (0x221)",
  ],
  nearMisses: ["requested sev feature mask is empty"],
};

const SYSTEM_EVENT = /\bkvm_run_exit_system_event .{0,64}?\bsystem_event?_type (?<type>6)\b/dgu;

/** `kvm_run_exit_system_event cpu_index 0, system_even_type 6` — KVM_SYSTEM_EVENT_SEV_TERM, and nothing more. */
const systemEvent: LineFormat = {
  name: "traced system event",
  software: "qemu",
  since: null,
  anchors: ["kvm_run_exit_system_event"],
  recognise: (line) =>
    ofEvery(line, SYSTEM_EVENT, (match) => {
      const span = group(match, "type");
      if (span === null) return [];
      const untold = { kind: "termination", via: null, reason: null, unsupported: null } as const;
      return [said(span, untold, { kind: "untold-termination", channel: null })];
    }),
  examples: ["kvm_run_exit_system_event cpu_index 0, system_even_type 6"],
  nearMisses: ["kvm_run_exit_system_event cpu_index 0, system_even_type 1"],
};

/** Sentences of a manual say the same; a message stands at its line's beginning or behind a colon. */
const NEEDS_ES = /(?<![\w,] )\bSEV features require either SEV-ES or SEV-SNP to be enabled(?!\.)/gu;
const TSC_FREQUENCY = /(?<![\w,] )\bTSC frequency can only be set if Secure TSC is enabled(?!\.)/gu;

const EXIT_24 = /\bKVM: unknown exit reason 24\b/gu;

const IGVM =
  /\bsev_features in the VMSA contains an unsupported value:? (?<value>0x[\da-f]{1,16})\b/dgiu;

/** `sev_features in the VMSA contains an unsupported value 0x29` — of an IGVM file. */
const igvmFeatures: LineFormat = {
  name: "SEV_FEATURES of an IGVM file",
  software: "qemu",
  since: null,
  anchors: ["sev_features in the VMSA contains"],
  recognise: (line) =>
    ofEveryValue(line, IGVM, (found) => [featuresSaid(found, found.value, "requested")]),
  examples: ["sev_features in the VMSA contains an unsupported value 0x29"],
  nearMisses: ["sev_features in the VMSA are set by the IGVM file"],
};

const IGVM_UNTOLD = /\bsev_features in the VMSA contains an unsupported value(?!:? ?[\w%{])/gu;

export const QEMU_FORMATS: readonly LineFormat[] = [
  checkFeatures,
  requestedMask,
  systemEvent,
  // KVM_EXIT_SYSTEM_EVENT, which QEMU up to 10.0 does not know on x86.
  noticeFormat({
    id: "kvm.exit-system-event",
    name: "system event that QEMU does not know",
    software: "qemu",
    words: "KVM: unknown exit reason 24",
    pattern: EXIT_24,
    examples: ["KVM: unknown exit reason 24"],
    nearMisses: [
      "KVM: unknown exit reason 241",
      "KVM: unknown exit reason 17",
      'fprintf(stderr, "KVM: unknown exit reason %d\\n", run->exit_reason);',
      "when QEMU says `KVM: unknown exit reason 24`, the guest has",
    ],
  }),
  igvmFeatures,
  noticeFormat({
    id: "qemu.igvm-sev-features",
    name: "SEV_FEATURES of an IGVM file, without a value",
    software: "qemu",
    words: "sev_features in the VMSA contains an unsupported value",
    pattern: IGVM_UNTOLD,
    examples: ["sev_features in the VMSA contains an unsupported value"],
    nearMisses: [
      '        "%s: sev_features in the VMSA contains an unsupported value 0x%" PRIx64,',
      "if 'sev_features in the VMSA contains an unsupported value' in line:",
    ],
  }),
  noticeFormat({
    id: "qemu.snp-not-in-vmsa",
    name: "SNP that the VMSA does not ask for",
    software: "qemu",
    since: "10.1",
    words: "SEV_SNP is enabled but is not enabled in VMSA sev_features",
    examples: ["check_sev_features: SEV_SNP is enabled but is not enabled in VMSA sev_features"],
    nearMisses: [
      "SEV_SNP is enabled",
      '        "%s: SEV_SNP is enabled but is not enabled in VMSA sev_features",',
    ],
  }),
  noticeFormat({
    id: "qemu.features-need-es",
    name: "features without SEV-ES",
    software: "qemu",
    since: "10.1",
    words: "SEV features require either SEV-ES or SEV-SNP to be enabled",
    pattern: NEEDS_ES,
    examples: ["check_sev_features: SEV features require either SEV-ES or SEV-SNP to be enabled"],
    nearMisses: [
      "SEV features require support by the host",
      "All SEV features require either SEV-ES or SEV-SNP to be enabled.",
      "SEV features require either SEV-ES or SEV-SNP to be enabled.",
      '        "%s: SEV features require either SEV-ES or SEV-SNP to be enabled",',
    ],
  }),
  noticeFormat({
    id: "qemu.tsc-frequency",
    name: "TSC frequency without Secure TSC",
    software: "qemu",
    words: "TSC frequency can only be set if Secure TSC is enabled",
    pattern: TSC_FREQUENCY,
    examples: ["TSC frequency can only be set if Secure TSC is enabled"],
    nearMisses: [
      "TSC frequency can only be set once",
      "The TSC frequency can only be set if Secure TSC is enabled.",
      "TSC frequency can only be set if Secure TSC is enabled, with tsc-frequency=",
      '        error_setg(errp, "TSC frequency can only be set if Secure TSC is enabled");',
    ],
  }),
];
