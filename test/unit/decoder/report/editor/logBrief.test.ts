import assert from "node:assert/strict";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { logBrief } from "../../../../../src/decoder/report/editor/logBrief";
import { BANNER, STATUS, STUB_REFUSAL, logOf } from "../logs";

const KVM_REFUSAL = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const KVM_OTHER = "kvm_amd: SEV-ES guest requested termination: 0x1:0x2";

function textOf(...lines: string[]): string | undefined {
  return logBrief(logOf(...lines), null)?.text;
}

describe("what a log comes to in the status bar", () => {
  it("is nothing where nothing was found", () => {
    assert.equal(logBrief(logOf("", "ordinary"), null), null);
  });

  it("counts the guests that refused to boot, before all others", () => {
    const brief = logBrief(logOf(BANNER, STATUS, STUB_REFUSAL), null);
    assert.deepEqual(brief, { tone: "bad", text: "1 refused", spoken: "1 guest refused to boot" });
    assert.equal(textOf(KVM_REFUSAL, KVM_REFUSAL, KVM_OTHER), "2 refused, 1 failed");
    assert.equal(textOf(KVM_OTHER), "1 failed");
  });

  it("counts boots where none went wrong", () => {
    assert.equal(textOf(BANNER, STATUS), "1 booted");
    assert.equal(logBrief(logOf(BANNER, STATUS), null)?.tone, "good");
  });

  it("tells what the chosen kernel would do of a log without an end", () => {
    const profile = guestProfile("6.12.80");
    assert.ok(profile);
    const log = logOf("guest SEV_STATUS = 0x887");
    assert.equal(logBrief(log, { profile, by: "log" })?.text, "1 would refuse");
    assert.equal(logBrief(log, null)?.text, "1 finding");
  });

  it("takes no boot that ran for a problem, whatever a chosen kernel would do", () => {
    const profile = guestProfile("6.5");
    assert.ok(profile);
    const status = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ";
    assert.equal(logBrief(logOf(BANNER, status), { profile, by: "log" })?.text, "1 booted");
  });
});
