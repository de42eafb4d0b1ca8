import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeHvFeatures } from "../../../../src/decoder/ghcb";

const names = (value: bigint) => decodeHvFeatures(value).known.map(({ bit, name }) => [bit, name]);

describe("hypervisor features", () => {
  it("reads the SVSM's missing=0x20 as multi-VMPL", () => {
    assert.deepEqual(names(0x20n), [[5, "SNP_MULTI_VMPL"]]);
    assert.equal(decodeHvFeatures(0x20n).unknown, 0n);
  });

  it("names every bit of the table", () => {
    assert.deepEqual(names(0x27fn), [
      [0, "SNP"],
      [1, "SNP_AP_CREATION"],
      [2, "SNP_RESTRICTED_INJECTION"],
      [3, "SNP_RESTRICTED_INJECTION_TIMER"],
      [4, "APIC_ID_LIST"],
      [5, "SNP_MULTI_VMPL"],
      [6, "SEV_PAGE_STATE_CHANGE"],
      [9, "SEV_SNP_EXT_INTERRUPTS"],
    ]);
  });

  it("keeps bits without a name, 7 and 8 among them", () => {
    assert.equal(decodeHvFeatures(0x181n).unknown, 0x180n);
  });

  it("accounts for every bit of any value", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }), (value) => {
        const { known, unknown } = decodeHvFeatures(value);
        assert.equal(
          known.reduce((mask, { bit }) => mask | (1n << BigInt(bit)), unknown),
          value,
        );
      }),
    );
  });
});
