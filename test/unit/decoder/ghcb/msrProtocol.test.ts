import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeGhcbMsr,
  GHCB_GPA,
  MSR_MESSAGES,
  UNKNOWN_REQUEST,
} from "../../../../src/decoder/ghcb";

const summary = (value: bigint) => {
  const { request, fields } = decodeGhcbMsr(value);
  return [
    request,
    ...fields.map(
      (field) =>
        `${field.name} ${field.bits} 0x${field.value.toString(16)}${
          field.meaning === undefined ? "" : ` ${field.meaning}`
        }`,
    ),
  ];
};

describe("GHCB MSR value", () => {
  it("reads 0x20100 as termination 0:2", () => {
    const decoded = decodeGhcbMsr(0x20100n);
    assert.equal(decoded.request, "TERM_REQ");
    assert.equal(decoded.code, 0x100n);
    assert.deepEqual([decoded.reason?.set, decoded.reason?.code], [0, 2]);
  });

  it("reads 0x7fedb000 as the address of the GHCB, never as a termination", () => {
    const decoded = decodeGhcbMsr(0x7fed_b000n);
    assert.equal(decoded.request, GHCB_GPA);
    assert.equal(decoded.reason, null);
    assert.deepEqual(decoded.fields, []);
  });

  it("reads 0x0020000000000014 as a page made shared, at address 0", () => {
    assert.deepEqual(summary(0x0020_0000_0000_0014n), [
      "PSC_REQ",
      "operation [55:52] 0x2 SHARED",
      "page frame [51:12] 0x0",
    ]);
  });

  it("reads 0x0010000012345014 as a page made private", () => {
    assert.deepEqual(summary(0x0010_0000_1234_5014n), [
      "PSC_REQ",
      "operation [55:52] 0x1 PRIVATE",
      "page frame [51:12] 0x12345",
    ]);
  });

  it("reads the protocol versions and the C-bit position", () => {
    assert.deepEqual(summary(0x0002_0001_3300_0001n), [
      "SEV_INFO_RESP",
      "highest version [63:48] 0x2",
      "lowest version [47:32] 0x1",
      "C-bit position [31:24] 0x33",
    ]);
  });

  it("reads CPUID request and response with their register", () => {
    assert.deepEqual(summary(0x8000_001f_4000_0004n), [
      "CPUID_REQ",
      "function [63:32] 0x8000001f",
      "register [31:30] 0x1 EBX",
    ]);
    assert.deepEqual(summary(0x0000_0033_4000_0005n), [
      "CPUID_RESP",
      "value [63:32] 0x33",
      "register [31:30] 0x1 EBX",
    ]);
  });

  it("reads cloud-hypervisor's 3081 as features SNP and AP creation", () => {
    const decoded = decodeGhcbMsr(0x3081n);
    assert.equal(decoded.request, "HV_FT_RESP");
    assert.deepEqual(
      decoded.hvFeatures?.known.map(({ name }) => name),
      ["SNP", "SNP_AP_CREATION"],
    );
  });

  it("names the page of an answer without a preference", () => {
    assert.deepEqual(summary(0xffff_ffff_ffff_f011n), [
      "PREF_GPA_RESP",
      "page frame [63:12] 0xfffffffffffff no preference",
    ]);
  });

  it("reads registration of the GHCB page", () => {
    assert.deepEqual(summary(0x7fed_b012n), ["REG_GPA_REQ", "page frame [63:12] 0x7fedb"]);
    assert.deepEqual(summary(0x7fed_b013n), ["REG_GPA_RESP", "page frame [63:12] 0x7fedb"]);
  });

  it("reads a failed page state change", () => {
    assert.deepEqual(summary(0x8000_0000_0000_0015n), [
      "PSC_RESP",
      "error [63:32] 0x80000000 generic error",
    ]);
  });

  it("reads the call of another VMPL", () => {
    assert.deepEqual(summary(0x2_0000_0016n), ["VMPL_REQ", "VMPL [39:32] 0x2"]);
    assert.deepEqual(summary(0x17n), ["VMPL_RESP", "error [63:32] 0x0 none"]);
  });

  it("knows every message by its low 12 bits", () => {
    const known = MSR_MESSAGES.map(({ code, name }) => `0x${code.toString(16)} ${name}`);
    assert.deepEqual(known, [
      "0x1 SEV_INFO_RESP",
      "0x2 SEV_INFO_REQ",
      "0x3 AP_JUMP_TABLE",
      "0x4 CPUID_REQ",
      "0x5 CPUID_RESP",
      "0x6 AP_RESET_HOLD_REQ",
      "0x7 AP_RESET_HOLD_RESP",
      "0x10 PREF_GPA_REQ",
      "0x11 PREF_GPA_RESP",
      "0x12 REG_GPA_REQ",
      "0x13 REG_GPA_RESP",
      "0x14 PSC_REQ",
      "0x15 PSC_RESP",
      "0x16 VMPL_REQ",
      "0x17 VMPL_RESP",
      "0x80 HV_FT_REQ",
      "0x81 HV_FT_RESP",
      "0x100 TERM_REQ",
      "0xf00 SPECIAL_HYPERCALL",
      "0xf01 SPECIAL_FAST_CALL",
      "0xf02 HYPERCALL_OUTPUT",
      "0xf03 SPECIAL_DBGPRINT",
    ]);
    for (const { code, name } of MSR_MESSAGES) assert.equal(decodeGhcbMsr(code).request, name);
  });

  it("leaves an unknown code unnamed and keeps it", () => {
    const decoded = decodeGhcbMsr(0x1_0fffn);
    assert.equal(decoded.request, UNKNOWN_REQUEST);
    assert.equal(decoded.code, 0xfffn);
    assert.equal(decoded.message, null);
  });

  it("shows bits that the message does not define", () => {
    assert.deepEqual(summary(0x1_0002n), ["SEV_INFO_REQ", "reserved [63:12] 0x10"]);
  });

  it("gives a reason for terminations only, and an answer for any value", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), (value) => {
        const { request, reason, code } = decodeGhcbMsr(value);
        assert.equal(code, value & 0xfffn);
        assert.equal(reason !== null, request === "TERM_REQ");
      }),
    );
  });
});
