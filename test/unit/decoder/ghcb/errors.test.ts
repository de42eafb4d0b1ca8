import assert from "node:assert/strict";
import fc from "fast-check";
import {
  decodeExitReturn,
  decodeGuestRequestError,
  FIRMWARE_STATUS,
  GUEST_REQUEST_VMM_ERRORS,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
} from "../../../../src/decoder/ghcb";

const table = (rows: readonly { readonly value: bigint | number; readonly name: string }[]) =>
  rows.map(({ value, name }) => `0x${value.toString(16)} ${name}`);

describe("guest request error", () => {
  it("reads exitinfo2 0x200000000 as busy, not as a feature mask", () => {
    const { firmware, vmm } = decodeGuestRequestError(0x2_0000_0000n);
    assert.deepEqual([firmware.value, firmware.name], [0, "SUCCESS"]);
    assert.deepEqual([vmm.value, vmm.name], [2, "BUSY"]);
    assert.match(vmm.meaning ?? "", /repeat/);
  });

  it("reads exitinfo2 0x16 as the firmware's invalid parameter", () => {
    const { firmware, vmm } = decodeGuestRequestError(0x16n);
    assert.deepEqual([firmware.value, firmware.name], [0x16, "INVALID_PARAM"]);
    assert.match(firmware.meaning ?? "", /parameter/);
    assert.match(firmware.cause ?? "", /VMPL/);
    assert.deepEqual(vmm, { value: 0, name: null, meaning: null });
  });

  it("knows KVM's generic error, all ones, and not the bit 31 of its draft", () => {
    const { vmm } = decodeGuestRequestError(0xffff_ffff_0000_0000n);
    assert.deepEqual([vmm.value, vmm.name], [0xffff_ffff, "GENERIC"]);
    assert.equal(decodeGuestRequestError(0x8000_0000_0000_0000n).vmm.name, null);
  });

  it("knows the value with which the guest's driver begins, and nothing that has it as a part", () => {
    const { firmware } = decodeGuestRequestError(0xffn);
    assert.equal(firmware.name, null);
    assert.match(firmware.meaning ?? "", /no answer of the firmware/);
    for (const value of [0x2_0000_00ffn, 0x1ffn, 0xfen])
      assert.equal(decodeGuestRequestError(value).firmware.meaning, null);
  });

  it("leaves unknown codes unnamed", () => {
    const { firmware, vmm } = decodeGuestRequestError(0x3_0000_001en);
    assert.deepEqual([firmware.name, vmm.name], [null, null]);
  });

  it("splits any value into its halves", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), (value) => {
        const { firmware, vmm } = decodeGuestRequestError(value);
        assert.equal((BigInt(vmm.value) << 32n) | BigInt(firmware.value), value);
      }),
    );
  });
});

describe("error tables", () => {
  it("names the hypervisor's responses", () => {
    assert.deepEqual(table(HV_RESPONSES), [
      "0x0 GHCB_HV_RESP_NO_ACTION",
      "0x1 GHCB_HV_RESP_ISSUE_EXCEPTION",
      "0x2 GHCB_HV_RESP_MALFORMED_INPUT",
    ]);
  });

  it("names the reasons of a malformed request", () => {
    assert.deepEqual(table(MALFORMED_INPUT_ERRORS), [
      "0x1 GHCB_ERR_NOT_REGISTERED",
      "0x2 GHCB_ERR_INVALID_USAGE",
      "0x3 GHCB_ERR_INVALID_SCRATCH_AREA",
      "0x4 GHCB_ERR_MISSING_INPUT",
      "0x5 GHCB_ERR_INVALID_INPUT",
      "0x6 GHCB_ERR_INVALID_EVENT",
    ]);
  });

  it("names the page state change errors", () => {
    assert.deepEqual(table(PSC_ERRORS), [
      "0x100000001 VMGEXIT_PSC_ERROR_INVALID_HDR",
      "0x100000002 VMGEXIT_PSC_ERROR_INVALID_ENTRY",
      "0x10000000000 VMGEXIT_PSC_ERROR_GENERIC",
    ]);
  });

  it("names the hypervisor's errors of a guest request", () => {
    assert.deepEqual(table(GUEST_REQUEST_VMM_ERRORS), [
      "0x1 INVALID_LEN",
      "0x2 BUSY",
      "0xffffffff GENERIC",
    ]);
  });

  it("names the firmware status codes from 0 to 0x27, without 0x1e", () => {
    const values = FIRMWARE_STATUS.map(({ value }) => Number(value));
    const expected = Array.from({ length: 0x28 }, (_, n) => n).filter((n) => n !== 0x1e);
    assert.deepEqual(values, expected);
    assert.equal(
      FIRMWARE_STATUS.map(({ name }) => name).join(" "),
      "SUCCESS INVALID_PLATFORM_STATE INVALID_GUEST_STATE INVALID_CONFIG INVALID_LEN " +
        "ALREADY_OWNED INVALID_CERTIFICATE POLICY_FAILURE INACTIVE INVALID_ADDRESS BAD_SIGNATURE " +
        "BAD_MEASUREMENT ASID_OWNED INVALID_ASID WBINVD_REQUIRED DFFLUSH_REQUIRED INVALID_GUEST " +
        "INVALID_COMMAND ACTIVE HWERROR_PLATFORM HWERROR_UNSAFE UNSUPPORTED INVALID_PARAM " +
        "RESOURCE_LIMIT SECURE_DATA_INVALID INVALID_PAGE_SIZE INVALID_PAGE_STATE " +
        "INVALID_MDATA_ENTRY INVALID_PAGE_OWNER AEAD_OFLOW RING_BUFFER_EXITED RMP_INIT_REQUIRED " +
        "BAD_SVN BAD_VERSION SHUTDOWN_REQUIRED UPDATE_FAILED RESTORE_REQUIRED RMP_INIT_FAILED " +
        "INVALID_KEY",
    );
  });
});

describe("event that the hypervisor injects", () => {
  const decodeEvent = (exitInfo2: bigint) =>
    decodeExitReturn({ exitCode: null, exitInfo1: 1n, exitInfo2 });

  it("reads 0x80000b0d as #GP with error code 0", () => {
    const { event, exitInfo2 } = decodeEvent(0x8000_0b0dn);
    assert.deepEqual(event, { valid: true, vector: 13, type: "exception", exception: "#GP" });
    assert.deepEqual(
      exitInfo2?.fields.map(({ name, value }) => [name, value]),
      [
        ["vector", 13n],
        ["type", 3n],
        ["error code valid", 1n],
        ["valid", 1n],
        ["error code", 0n],
      ],
    );
  });

  it("reads #UD without error code", () => {
    const { event, exitInfo2 } = decodeEvent(0x8000_0306n);
    assert.equal(event?.exception, "#UD");
    assert.equal(exitInfo2?.fields[2]?.value, 0n);
  });

  it("does not take an interrupt vector for an exception", () => {
    const { event } = decodeEvent(0x8000_000dn);
    assert.deepEqual([event?.type, event?.exception], ["interrupt", null]);
  });

  it("says when the event is not valid", () => {
    assert.equal(decodeEvent(0x030dn).event?.valid, false);
  });
});
