import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { glanceLine } from "../../../../src/decoder/report/render/glanceText";
import { parseTyped } from "../../../../src/extension/commands/typedValue";
import type { Register } from "../../../../src/decoder/register/decode";

function read(text: string, alone?: Register): string {
  const typed = parseTyped(text, alone);
  if (!typed.ok) return typed.problem;
  if (typed.value === null) return "no register";
  const { register, value } = typed.value;
  return `${register} 0x${value.toString(16)}${typed.banner === null ? "" : ` of ${typed.banner}`}`;
}

describe("what is typed or pasted", () => {
  for (const [text, says] of [
    ["0x887", "sev-status 0x887"],
    ["sev-features 0x221", "sev-features 0x221"],
    ["SW_EXITINFO2=0x800", "unsupported-features 0x800"],
    ["0b100010000111", "sev-status 0x887"],
    ["SEV-SNP,SecureTSC", "sev-status 0x807"],
    ["SEV SEV-ES SEV-SNP DebugSwap", "sev-status 0x87"],
    ["secure_tsc", "sev-status 0x800"],
    ["SVM_VMGEXIT_TERM_REQUEST", "no register"],
    [
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
      "unsupported-features 0x800",
    ],
    ["EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800", "unsupported-features 0x800"],
    ["[    0.000000] SEV: Status: SEV SEV-ES SEV-SNP SecureTSC", "sev-status 0x807"],
    ["vmsa.sev_features |= 0x2;", "sev-features 0x2"],
  ] as const) {
    it(`is ${says}: ${text}`, () => {
      assert.equal(read(text), says);
    });
  }

  it("is the chosen register's, where a value stands alone", () => {
    assert.equal(read("0x221", "sev-features"), "sev-features 0x221");
    assert.equal(read("0b1", "ghcb-msr"), "ghcb-msr 0x1");
  });

  it("is a whole log: its last refusal, with the kernel of that boot", () => {
    const log = [
      "[    0.000000] Linux version 6.12.77 (a@b) (gcc) #1 SMP",
      "[    0.000000] SEV: Status: SEV SEV-ES SEV-SNP",
      "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      "",
    ].join("\r\n");
    assert.match(read(log), /^unsupported-features 0x800/u);
    assert.match(
      read(log.replace(/EFI stub.*/u, "")),
      /^sev-status 0x7 of Linux version 6\.12\.77/u,
    );
  });

  it("is snpguest's answer", () => {
    const text = [
      "[ PASS ] - SEV: ENABLED",
      "[ PASS ] - SEV-ES: ENABLED",
      "[ PASS ] - SNP: ENABLED",
      "[ PASS ]   - Secure TSE: ENABLED",
    ].join("\n");
    assert.match(read(text), /^sev-status 0x80?7/u);
  });

  for (const text of [
    "zzz",
    "0x88g",
    "SEV-SNP,banana",
    "0b102",
    "hello world",
    "line one\nline two",
    "0x1_0000_0000_0000_0000",
  ]) {
    it(`is nothing, and that is said: ${JSON.stringify(text)}`, () => {
      assert.equal(parseTyped(text).ok, false);
      assert.match(read(text), /is not a value|does not fit|no SEV value/u);
    });
  }

  it("is too long to be pasted", () => {
    assert.match(read("x\n".repeat(200_001)), /^This has more than 200,000 lines/u);
  });
});

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
