import assert from "node:assert/strict";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

/** The example of the contract, key for key. */
const EXAMPLE = {
  register: "sev-status",
  value: "0x0000000000000887",
  features: [
    { bit: 0, name: "SEV" },
    { bit: 1, name: "SEV-ES" },
    { bit: 2, name: "SEV-SNP" },
    { bit: 7, name: "DebugSwap" },
    { bit: 11, name: "SecureTSC" },
  ],
  unknown: "0x0000000000000000",
  guest: {
    id: "linux-6.6",
    required: "0xfffffffffffdbcf8",
    implemented: "0x0000000000000080",
  },
  verdict: {
    outcome: "refuses",
    unsupported: "0x0000000000000800",
    lacks: ["SecureTSC"],
    how: "ghcb-termination",
    exitInfo1: "0x0000000000000020",
    exitInfo2: "0x0000000000000800",
  },
};

describe("sev-status decode", () => {
  it("prints the example of the contract", () => {
    assertHas(jsonOf("decode", "0x887", "--guest", "6.6"), EXAMPLE);
  });

  it("has no guest and no verdict without --guest", () => {
    assertHas(jsonOf("decode", "0x887"), { ...EXAMPLE, guest: null, verdict: null });
  });

  for (const spelling of [
    "0x887",
    "887",
    "0X887",
    "0x0000_0000_0000_0887",
    "0000000000000887",
    "0x887ULL",
    "0x887u",
    "0x887UL",
    "0d2183",
    "  0x887 ",
  ]) {
    it(`reads ${JSON.stringify(spelling)} as 0x887`, () => {
      assertHas(jsonOf("decode", spelling), { value: "0x0000000000000887" });
    });
  }

  it("reads 0xC001_0131 as Rust means it", () => {
    assertHas(jsonOf("decode", "0xC001_0131"), { value: "0x00000000c0010131" });
  });

  it("keeps all 64 bits, and names the set bits that have no name", () => {
    const decoded = jsonOf("decode", "0xffffffffffffffff");
    assertHas(decoded, { value: "0xffffffffffffffff", unknown: "0xffffffffff78a000" });
    assertHas(jsonOf("decode", "0x8000000000000000"), {
      features: [{ bit: 63, name: "bit 63" }],
      unknown: "0x8000000000000000",
    });
  });

  it("prints text for people without --json, the answer first", () => {
    const { stdout, stderr, status } = sevStatus("decode", "0x887", "--guest", "6.6");
    assert.match(stdout, /^SEV_STATUS 0x887: ✗ Linux 6\.6 refuses to boot – missing SecureTSC\n/u);
    assert.deepEqual([stderr, status], ["", 0]);
  });
});

describe("sev-status decode --as", () => {
  it("reads sev-features two positions lower, and judges them as SEV_STATUS", () => {
    assertHas(jsonOf("decode", "0x221", "--as", "sev-features", "--guest", "6.6"), {
      register: "sev-features",
      features: [
        { bit: 0, name: "SEV-SNP" },
        { bit: 5, name: "DebugSwap" },
        { bit: 9, name: "SecureTSC" },
      ],
      verdict: { outcome: "refuses", unsupported: "0x0000000000000800" },
    });
  });

  it("reads unsupported-features in SEV_STATUS positions, without a verdict", () => {
    assertHas(jsonOf("decode", "0x800", "--as", "unsupported-features", "--guest", "6.6"), {
      register: "unsupported-features",
      features: [{ bit: 11, name: "SecureTSC" }],
      guest: { id: "linux-6.6" },
      verdict: null,
    });
  });

  it("reads a termination off ghcb-msr 0x20100", () => {
    assertHas(jsonOf("decode", "0x20100", "--as", "ghcb-msr"), {
      request: "TERM_REQ",
      reason: { set: 0, code: 2, names: ["SNP features unsupported"] },
      verdict: null,
    });
  });

  it("gives no reason for a GHCB MSR value that is no termination", () => {
    assertHas(jsonOf("decode", "0x7fedb000", "--as", "ghcb-msr"), {
      request: "GHCB GPA",
      reason: null,
    });
  });

  it("names both owners of set 1 in the GHCB MSR, and Linux alone in exit-info-1", () => {
    const names = ["PVALIDATE failed", "unexpected GHCB response"];
    assertHas(jsonOf("decode", "0x21100", "--as", "ghcb-msr"), {
      reason: { set: 1, code: 2, names },
    });
    assertHas(jsonOf("decode", "0x21", "--as", "exit-info-1"), {
      reason: { set: 1, code: 2, names: names.slice(0, 1) },
    });
  });

  it("gives no reason for exit-info-1 0x1020, which has other bits set", () => {
    assertHas(jsonOf("decode", "0x1020", "--as", "exit-info-1"), { reason: null });
  });

  it("names the registers where it is given another", () => {
    assert.match(
      errorOf("decode", "1", "--as", "rax"),
      /^"rax" is no register: expected sev-status,/u,
    );
  });
});

describe("a value that cannot be read", () => {
  it("is called missing where there is none", () => {
    assert.match(errorOf("decode"), /^No value is given: expected 64 bits/u);
    assert.match(errorOf("decode", ""), /^No value is given: expected/u);
    assert.match(errorOf("decode", "  "), /^No value is given: expected/u);
  });

  for (const text of ["0xzz", "887g", "SEV-SNP", "0d88a", "0x", "1.5", "0x8 87", "８８７"]) {
    it(`${JSON.stringify(text)} is quoted, with what was expected`, () => {
      const { stdout, stderr, status } = sevStatus("decode", text);
      assert.equal(
        stderr
          .split("\n")[0]
          ?.startsWith(`sev-status: "${text}" is not a value: expected 64 bits such as 0x887`),
        true,
        stderr,
      );
      assert.deepEqual([stdout, status], ["", 2]);
    });
  }

  it("is no option where it begins with a dash and a digit", () => {
    assert.match(errorOf("decode", "-887"), /^"-887" is not a value: expected/u);
    assert.match(errorOf("decode", "-0x1"), /^"-0x1" is not a value: expected/u);
    assert.match(errorOf("decode", "--", "-x"), /^"-x" is not a value: expected/u);
    assert.match(errorOf("decode", "--exit-code", "-5"), /^"-5" is not a value: expected/u);
  });

  it("is never truncated: 65 bits are too many", () => {
    assert.match(
      errorOf("decode", "0x10000000000000000"),
      /^"0x10000000000000000" does not fit in 64 bits/u,
    );
    assert.match(errorOf("decode", "0d18446744073709551616"), /does not fit in 64 bits/u);
    assertHas(jsonOf("decode", "0d18446744073709551615"), { value: "0xffffffffffffffff" });
  });

  it("is shown by its beginning where it is long", () => {
    assert.ok(errorOf("decode", "x".repeat(100_000)).length < 300);
  });

  it("is one too many where there are two", () => {
    assert.equal(errorOf("decode", "0x1", "0x2"), 'decode takes one value, and "0x2" is one more.');
  });
});
