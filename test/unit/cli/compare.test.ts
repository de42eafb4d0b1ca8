import assert from "node:assert/strict";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

describe("sev-status compare", () => {
  it("says which bits only one of two values has, and what that means for 6.12.80", () => {
    const { stdout, status } = sevStatus("compare", "0x887", "0x87", "--guest", "6.12.80");
    assert.equal(status, 0);
    assert.match(stdout, /^SEV_STATUS 0x887 and 0x87: • only 0x887 has SecureTSC$/mu);
    assert.match(stdout, /With 0x887: ✗ Linux 6\.12\.80 refuses to boot – missing SecureTSC/u);
    assert.match(stdout, /With 0x87: ✓ Linux 6\.12\.80 boots/u);
    assert.match(stdout, /launch measurement/u);
  });

  it("has bits in the register's own positions: SecureTSC is bit 9 of SEV_FEATURES", () => {
    assertHas(jsonOf("compare", "0x221", "0x21", "--as", "sev-features", "--guest", "6.13"), {
      onlyA: { value: "0x0000000000000200", features: [{ bit: 9, name: "SecureTSC" }] },
      onlyB: { value: "0x0000000000000000", features: [] },
      both: { value: "0x0000000000000021" },
      verdicts: { a: { outcome: "refuses" }, b: { outcome: "boots" } },
    });
  });

  it("has no verdict for a GHCB MSR, and none without a guest", () => {
    assertHas(jsonOf("compare", "0x20100", "0x100", "--as", "ghcb-msr", "--guest", "6.6"), {
      onlyA: { value: "0x0000000000020000", features: [] },
      verdicts: { a: null, b: null },
    });
    assertHas(jsonOf("compare", "1", "1"), { guest: null, verdicts: null });
    assert.match(sevStatus("compare", "1", "0x1").stdout, /the same/u);
  });

  it("says what is not to be used", () => {
    assert.match(errorOf("compare", "0x1"), /^compare needs two values/u);
    assert.match(errorOf("compare", "1", "2", "3"), /^compare takes two values.*"3" is one more/u);
    assert.match(errorOf("compare", "1", "xyz"), /^"xyz" is not a value/u);
    assert.match(errorOf("compare", "1", "2", "--as", "rax"), /^"rax" is no register/u);
    assert.match(errorOf("compare", "1", "2", "--value", "3"), /nothing without --kernels/u);
  });
});

describe("sev-status compare --kernels", () => {
  it("only 6.12.78 supports IBPBOnEntry, and so boots with 0x800007", () => {
    const args = ["compare", "--kernels", "6.12.77", "6.12.78", "--value", "0x800007"];
    assertHas(jsonOf(...args), {
      a: { id: "linux-6.12.77" },
      onlyAAccepts: { features: [] },
      onlyBAccepts: { features: [{ bit: 23, name: "IBPBOnEntry" }] },
      required: { onlyA: "0x0000000000800000", onlyB: "0x0000000000000000" },
      checks: { same: true },
      verdicts: { a: { outcome: "refuses" }, b: { outcome: "boots" } },
    });
    const { stdout } = sevStatus(...args);
    assert.match(stdout, /only Linux 6\.12\.78 supports IBPBOnEntry/u);
    assert.doesNotMatch(stdout, /known from/u);
    const older = sevStatus("compare", "--kernels", "6.6.129", "6.6.130", "--sources").stdout;
    assert.match(older, /Linux 6\.6\.129: known from commits/u);
  });

  it("says likely of a kernel that nobody has read", () => {
    const { stdout } = sevStatus("compare", "--kernels", "6.6", "rhel-9.8");
    assert.match(stdout, /both likely support the same features/u);
  });

  it("says that a kernel has no check, or no SEV-SNP guest code", () => {
    const { stdout } = sevStatus("compare", "--kernels", "5.15", "6.0");
    assert.match(stdout, /only Linux 6\.0 supports SEV-SNP/u);
    assert.match(stdout, /no SEV-SNP guest code/u);
    assert.match(stdout, /no check/u);
  });

  it("says what is not to be used", () => {
    assert.match(errorOf("compare", "--kernels", "6.6"), /^compare needs two guests/u);
    assert.match(errorOf("compare", "--kernels", "6.6", "x"), /^No kernel "x"/u);
    assert.match(
      errorOf("compare", "--kernels", "6.6", "6.7", "--guest", "6.8"),
      /^--guest is for two values/u,
    );
  });
});
