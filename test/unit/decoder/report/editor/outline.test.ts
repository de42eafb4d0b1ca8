import assert from "node:assert/strict";
import { MOST_OF_BOOT, outlineOf } from "../../../../../src/decoder/report/editor/outline";
import { BANNER, STATUS, STUB_REFUSAL, logOf } from "../logs";

describe("the outline of a log", () => {
  it("has a boot with its kernel and how it went, and below it what was found", () => {
    const [boot, ...others] = outlineOf(logOf("", BANNER, STATUS, "ordinary"), null);
    assert.deepEqual(others, []);
    assert.equal(boot?.name, "✓ Boot 1 · 6.12.77");
    assert.equal(boot.detail, "booted – feature check passed");
    assert.deepEqual([boot.first, boot.last], [0, 3]);
    assert.deepEqual(
      boot.children.map(({ kind, name, detail }) => `${kind} ${name} ${detail}`),
      ["kernel Kernel 6.12.77 ", "value SEV_STATUS ⊇ 0x7 SEV SEV-ES SEV-SNP"],
    );
  });

  it("says of a refused boot what the guest lacks", () => {
    const [, boot] = outlineOf(logOf(BANNER, STATUS, STUB_REFUSAL), null);
    assert.equal(boot?.name, "✗ Boot 2 · SecureTSC");
    assert.equal(boot.detail, "refused – missing SecureTSC");
    assert.deepEqual(
      boot.children.map(({ kind, name, detail }) => `${kind} ${name} ${detail}`),
      ["end Termination lacking SecureTSC (0x800)"],
    );
  });

  it("has boots without a line of their kernel, those in a row together", () => {
    const firmware = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
    const boots = outlineOf(logOf(firmware, "x", firmware, BANNER, firmware), null);
    assert.deepEqual(
      boots.map(({ name, first, last }) => [name, first, last]),
      [
        ["? Boot 1 · silent", 0, 1],
        ["– Boot 2 · 6.12.77", 2, 3],
        ["? Boot 3 · silent", 4, 4],
      ],
    );
    const [both] = outlineOf(logOf(firmware, "x", firmware, "x"), null);
    assert.deepEqual([both?.name, both?.first, both?.last], ["? Boots 1 to 2 · silent", 0, 3]);
    assert.match(both?.detail ?? "", /^the firmware began; no banner/u);
  });

  it("lists what a boot says again and again once, with how often", () => {
    const trace = "kvm_vmgexit_enter: vcpu 0, exit_reason 80000001, exit_info1 0, exit_info2 0";
    const [boot] = outlineOf(logOf(trace, "x", trace, trace.replace("80000001", "80000002")), null);
    assert.deepEqual(
      boot?.children.map(({ first, detail }) => [first, / \(2 times\)$/u.test(detail)]),
      [
        [0, true],
        [3, false],
      ],
    );
  });

  it("calls what a host's log tells the host's, not a boot's", () => {
    const refusal = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
    const [host] = outlineOf(logOf(refusal, refusal), null);
    assert.equal(host?.name, "✗ Host · 2 guests · SecureTSC");
  });

  it("reaches over all lines of a block", () => {
    const [boot] = outlineOf(
      logOf(
        "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:",
        "kvm_amd: sw_exit_code        000000008000fffe is_valid: 1",
        "kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1",
        "kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
      ),
      null,
    );
    const [snapshot] = boot?.children ?? [];
    assert.deepEqual([snapshot?.first, snapshot?.last], [0, 3]);
  });

  it("lists the end of a boot even where too many findings stand before it", () => {
    const many = Array.from(
      { length: 2 * MOST_OF_BOOT },
      (_, index) =>
        `kvm_vmgexit_enter: vcpu 0, exit_reason ${(0x80000000 + index).toString(16)}, exit_info1 0, exit_info2 0`,
    );
    const boots = outlineOf(logOf(...many, STUB_REFUSAL), null);
    const children = boots.flatMap((boot) => boot.children);
    assert.equal(children.length, MOST_OF_BOOT);
    assert.equal(children.at(-1)?.kind, "end");
  });
});
