import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { glanceLine } from "../../../../src/decoder/report/render/glanceText";
import { parseTyped } from "../../../../src/extension/commands/typedValue";

/** What the box says of a text for Linux 6.12.117; null where it is refused. */
function said(text: string): string | null {
  const typed = parseTyped(text);
  return typed.ok ? glanceLine(typed.glance(guestProfile("6.12.117"))) : null;
}

describe("what is typed or pasted to be decoded", () => {
  const refused = /^SEV_STATUS 0x887: ✗ Linux 6\.12\.117 refuses to boot – missing SecureTSC/u;
  for (const text of [
    "0x887",
    "0b100010000111",
    "SEV_STATUS=0x887",
    "SEV,SEV-ES,SEV-SNP,DebugSwap,SecureTSC",
    "SEV SEV-ES SEV-SNP DebugSwap SecureTSC",
    "guest SEV_STATUS = 0x887 # as rdmsr shows it",
  ])
    it(`reads ${text} as SEV_STATUS`, () => {
      assert.match(said(text) ?? "", refused);
    });

  for (const text of [
    "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
    "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
    "unsupported-features 0x800",
  ])
    it(`reads ${text} as a refusal`, () => {
      assert.match(said(text) ?? "", /Guest refused to boot – missing SecureTSC/u);
    });

  it("reads a name of source code", () => {
    assert.match(
      said("MSR_AMD64_SNP_SECURE_TSC") ?? "",
      /SecureTSC – missing in Linux 6\.12\.117/u,
    );
  });

  for (const text of ["", "zzz", "0x8x7", "0b12", "SEV-SNP,zzz", "0x10000000000000000"])
    it(`refuses ${JSON.stringify(text)}`, () => {
      assert.equal(said(text), null);
    });
});
