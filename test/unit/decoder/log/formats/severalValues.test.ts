import assert from "node:assert/strict";
import { findingsOf, inWords } from "../findings";

/** Lines with several messages, as JSON, a mail or a viewer that joins lines has them. */
const LINES: readonly (readonly [string, readonly string[]])[] = [
  [
    '{"log":"kvm_amd: SEV-ES guest requested termination: 0x0:0x2\\nkvm_amd: SEV-ES guest requested termination: 0x1:0x3\\n"}',
    ["termination 0:2 -", "termination 1:3 -"],
  ],
  [
    '{"log":"kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\\nkvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x80"}',
    ["termination 0:2 0x800", "termination 0:2 0x80"],
  ],
  [
    "kvm_vmgexit_enter: vcpu 0, exit_reason 7b, exit_info1 3f80210, exit_info2 0 kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
    ["vmgexit 0x7b", "termination 0:2 0x800"],
  ],
  [
    "kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 4 kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 20100",
    ["ghcb-msr 0x4", "termination 0:2 -"],
  ],
  [
    "vmgexit: exit code 0x7b input is not valid vmgexit: exit code 0x8000fffe is not valid",
    ["vmgexit 0x7b", "termination untold -"],
  ],
  [
    "allowed_sev_features:8000000000000001 guest_sev_features: 0000000000000081",
    ["sev-features 0x8000000000000001", "sev-features 0x81"],
  ],
  [
    "a=SevFeatures { snp: true } b=SevFeatures { snp: true, debug_swap: true }",
    ["sev-features 0x1", "sev-features 0x21"],
  ],
  [
    '{"log":"[ 0.5] SEV: Status: SEV SEV-ES SEV-SNP \\n[ 0.5] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap \\n"}',
    ["sev-status 0x7", "sev-status 0x87"],
  ],
  [
    "Memory Encryption Features active: AMD SEV | Memory Encryption Features active: AMD SEV SEV-ES",
    ["sev-status 0x1", "sev-status 0x3"],
  ],
  [
    "SEV is active and system is using DMA bounce buffers / SEV is active, SWIOTLB default size set to 256MB",
    ["sev-status 0x1", "sev-status 0x1"],
  ],
  [
    '{"log":"Linux version 6.11.1 (a@b) (gcc 14) #1\\nLinux version 6.12.77 (a@b) (gcc 14) #1\\n"}',
    ["guest-kernel 6.11.1", "guest-kernel 6.12.77"],
  ],
  [
    "Unsupported SEV-SNP features detected: 0x800 Unsupported SEV-SNP features detected: 0x80",
    ["termination untold 0x800", "termination untold 0x80"],
  ],
  [
    "SEV: Unsupported exit-code 0x404 in #VC exception SEV: Unsupported exit-code 0x72 in #VC exception",
    ["vmgexit 0x404", "vmgexit 0x72"],
  ],
  [
    "Detected error from ASP request. rc: -5, exitinfo2: 0x200000000 Detected error from ASP request. rc: -5, exitinfo2: 0x1",
    ["guest-request-error 0x200000000", "guest-request-error 0x1"],
  ],
  [
    "VMSA contains unsupported sev_features: 29, supported features: 221; VMSA contains unsupported sev_features: 9, supported features: 21",
    ["sev-features 0x29", "sev-features 0x221", "sev-features 0x9", "sev-features 0x21"],
  ],
  ["SystemEvent(6, [256]) SystemEvent(6, [131328])", ["termination 0:0 -", "termination 0:2 -"]],
  [
    "system event event_type=6 event_flags=256 system event event_type=6 event_flags=131328",
    ["termination 0:0 -", "termination 0:2 -"],
  ],
  [
    "GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2: Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)",
    ["termination 0:2 -", "termination 0:2 -"],
  ],
  [
    "KVM: unknown exit reason 24; KVM: unknown exit reason 24",
    ["notice kvm.exit-system-event", "notice kvm.exit-system-event"],
  ],
  [
    "-object sev-snp-guest,id=a,secure-tsc=on -object sev-snp-guest,id=b,debug-swap=on",
    ["sev-features 0x200", "sev-features 0x20"],
  ],
  [
    "SW_EXITCODE=0x7b SW_EXITINFO1=0x3f80210 SW_EXITINFO2=0x0; SW_EXITCODE=0x8000fffe SW_EXITINFO1=0x20 SW_EXITINFO2=0x800",
    ["vmgexit 0x7b", "termination 0:2 0x800"],
  ],
  [
    "SW_EXITINFO1=0x20 SW_EXITINFO2=0x800; SW_EXITINFO1=0x3f80210 SW_EXITINFO2=0x0 exit_code=0x7b",
    [],
  ],
  ["SEV_STATUS: 0x7 SEV_STATUS: 0x887", ["sev-status 0x7", "sev-status 0x887"]],
];

describe("a line with several values gives several findings", () => {
  for (const [line, wanted] of LINES) {
    it(line, () => {
      assert.deepEqual(findingsOf(line).map(inWords), wanted);
    });
  }
});
