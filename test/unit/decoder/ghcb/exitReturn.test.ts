import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeExitReturn, EXIT_CODES } from "../../../../src/decoder/ghcb";

const answer = (exitCode: bigint | null, exitInfo1: bigint, exitInfo2: bigint) =>
  decodeExitReturn({ exitCode, exitInfo1, exitInfo2 });

describe("answer of the hypervisor", () => {
  it("reads response 2 with 6 as an exit code that the host does not know", () => {
    const decoded = answer(0x8000_fffen, 2n, 6n);
    assert.equal(decoded.response?.name, "GHCB_HV_RESP_MALFORMED_INPUT");
    assert.equal(decoded.error?.name, "GHCB_ERR_INVALID_EVENT");
    assert.equal(decoded.exitInfo2?.meaning, "why the request was malformed");
  });

  it("names an error also without knowing what was asked", () => {
    assert.equal(answer(null, 2n, 3n).error?.name, "GHCB_ERR_INVALID_SCRATCH_AREA");
  });

  it("never takes SW_EXITINFO2 of response 2 for features, for no exit code", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EXIT_CODES), ({ value }) => {
        const decoded = answer(value, 2n, 2n);
        assert.equal(decoded.error?.name, "GHCB_ERR_INVALID_USAGE");
        assert.equal(decoded.hvFeatures, undefined);
        assert.equal(decoded.guestRequest, undefined);
      }),
    );
  });

  it("reads response 1 as an exception to raise", () => {
    const decoded = answer(0x7cn, 1n, 0x8000_0b0dn);
    assert.equal(decoded.event?.exception, "#GP");
    assert.equal(decoded.error, undefined);
  });

  it("reads what a guest request came to", () => {
    const decoded = answer(0x8000_0012n, 0n, 0x1_0000_0000n);
    assert.equal(decoded.guestRequest?.vmm.name, "INVALID_LEN");
    assert.deepEqual(
      decoded.exitInfo2?.fields.map(({ name, value }) => [name, value]),
      [
        ["hypervisor error", 1n],
        ["firmware status", 0n],
      ],
    );
  });

  it("reads a failed page state change, and success as no error", () => {
    assert.equal(
      answer(0x8000_0010n, 0n, 0x100_0000_0000n).error?.name,
      "VMGEXIT_PSC_ERROR_GENERIC",
    );
    assert.equal(answer(0x8000_0010n, 0n, 0n).error, null);
  });

  it("reads the hypervisor features that were asked for", () => {
    const decoded = answer(0x8000_fffdn, 0n, 0x23n);
    assert.deepEqual(
      decoded.hvFeatures?.known.map(({ bit }) => bit),
      [0, 1, 5],
    );
  });

  it("knows that a termination does not return", () => {
    assert.equal(answer(0x8000_fffen, 0n, 0x800n).exitInfo2?.meaning, "does not return");
  });

  it("ignores bits above the response but shows them", () => {
    const decoded = answer(0x7bn, 0x1_0000_0002n, 5n);
    assert.equal(decoded.error?.name, "GHCB_ERR_INVALID_INPUT");
    assert.deepEqual(decoded.exitInfo1?.fields[1], {
      name: "reserved",
      bits: "[63:32]",
      value: 1n,
    });
  });

  it("leaves an unknown response without meaning", () => {
    const decoded = answer(0x7bn, 7n, 5n);
    assert.equal(decoded.response, null);
    assert.equal(decoded.exitInfo2?.meaning, null);
  });
});
