import assert from "node:assert/strict";
import { BLOCK_TEXTS, LINE_TEXTS } from "../../log/formats/texts";
import { findingLabel } from "../../../../../src/decoder/report/boot/findingLabel";
import { plain } from "../../../../../src/decoder/report/phrase";
import { findingsOf } from "../../log/findings";

function labels(text: string): string[] {
  return findingsOf(text).map((finding) => plain(findingLabel(finding)));
}

describe("a finding's label", () => {
  for (const [line, label] of [
    ["guest SEV_STATUS = 0x887", "SEV_STATUS 0x887 SEV SEV-ES SEV-SNP DebugSwap SecureTSC"],
    [
      "SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ",
      "SEV_STATUS ⊇ 0x87 SEV SEV-ES SEV-SNP DebugSwap",
    ],
    ["SEV: Status: SEV SEV-ES ", "SEV_STATUS 0x3 SEV SEV-ES"],
    ["Memory Encryption Features active: AMD SEV SEV-ES", "SEV_STATUS ⊇ 0x3 SEV SEV-ES"],
    ["SEV: Status: vTom ", "SEV_STATUS synthetic: 0x8 vTom"],
    ["kvm_amd: allowed_sev_features:8000000000000001", "SEV_FEATURES 0x8000000000000001, allowed"],
    [
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x40880",
      "Termination 0x0:0x2 SNP features unsupported, lacking DebugSwap, SecureTSC and SecureAVIC (0x40880)",
    ],
    [
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid",
      "Termination, reason not told",
    ],
    [
      "kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000000002",
      "GHCB MSR 0x2 SEV_INFO_REQ",
    ],
    ["[    0.000000] Linux version 6.12.80 (builder@host) (gcc 13.3.0) #1 SMP", "Kernel 6.12.80"],
  ] as const) {
    it(`of ${line} is ${label}`, () => {
      assert.deepEqual(labels(line), [label]);
    });
  }

  it("is one line for every example of every format", () => {
    for (const { name, examples } of [...LINE_TEXTS, ...BLOCK_TEXTS]) {
      for (const label of examples.flatMap(labels)) {
        assert.match(label, /^[A-Z][^\n]{3,400}$/u, name);
      }
    }
  });
});
