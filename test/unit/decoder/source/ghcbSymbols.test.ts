import assert from "node:assert/strict";
import { GHCB_SYMBOLS } from "../../../../src/decoder/source/ghcbSymbols";

const rows = [...GHCB_SYMBOLS.values()];
const valueOf = (name: string) => GHCB_SYMBOLS.get(name)?.value;

describe("names in source code", () => {
  it("knows Linux' exit codes and their operations", () => {
    assert.equal(valueOf("SVM_VMGEXIT_TERM_REQUEST"), 0x8000_fffen);
    assert.equal(valueOf("SVM_VMGEXIT_SNP_RUN_VMPL"), 0x8000_0018n);
    assert.equal(valueOf("SVM_VMGEXIT_AP_DESTROY"), 2n);
    assert.equal(valueOf("SVM_VMGEXIT_GET_AP_JUMP_TABLE"), 1n);
    assert.equal(
      GHCB_SYMBOLS.get("SVM_VMGEXIT_AP_CREATE")?.meaning,
      "AP_CREATION: operation CREATE.",
    );
  });

  it("knows the messages of the GHCB MSR", () => {
    assert.equal(valueOf("GHCB_MSR_TERM_REQ"), 0x100n);
    assert.equal(valueOf("GHCB_MSR_HV_FT_RESP"), 0x81n);
    assert.equal(valueOf("GHCB_INFO_TERMINATE_REQUEST"), 256n);
    assert.equal(GHCB_SYMBOLS.get("GHCB_CPUID_REQ_EDX")?.meaning, "CPUID_REQ: register EDX.");
  });

  it("knows reason sets and reasons of Linux, edk2 and the OVMF reset vector", () => {
    assert.equal(valueOf("SEV_TERM_SET_LINUX"), 1n);
    assert.equal(valueOf("SEV_TERM_SET_GEN"), 0n);
    assert.equal(valueOf("GHCB_SNP_UNSUPPORTED"), 2n);
    assert.equal(valueOf("GHCB_TERM_SAVIC_FAIL"), 12n);
    assert.equal(valueOf("GHCB_TERMINATE_GHCB_PROTOCOL"), 1n);
    assert.equal(valueOf("GHCB_TERMINATE_GHCB"), 0n);
    assert.equal(valueOf("TERM_VC_NOT_CPUID"), 1n);
  });

  it("knows error codes and hypervisor features", () => {
    assert.equal(valueOf("GHCB_ERR_INVALID_EVENT"), 6n);
    assert.equal(valueOf("VMGEXIT_PSC_ERROR_GENERIC"), 0x100_0000_0000n);
    assert.equal(valueOf("SNP_GUEST_VMM_ERR_BUSY"), 2n);
    assert.equal(valueOf("GHCB_HV_FT_SNP_MULTI_VMPL"), 0x20n);
    assert.equal(valueOf("GHCB_HV_FEATURES_SNP_AP_CREATE"), 3n);
  });

  it("marks names of patches that were not merged", () => {
    assert.equal(GHCB_SYMBOLS.get("SVM_VMGEXIT_HVDB_PAGE")?.doubt?.mark, "unmerged");
    assert.equal(GHCB_SYMBOLS.get("SVM_VMGEXIT_TERM_REQUEST")?.doubt, null);
  });

  it("has macros with arguments, variables and types without a value", () => {
    assert.deepEqual(
      rows.filter(({ value }) => value === null).map(({ symbol }) => symbol),
      [
        "sev_status",
        "MSR_SEV_STATUS_REGISTER",
        "SEV_ES_WORK_AREA_STATUS_MSR",
        "GHCB_SEV_TERM_REASON",
        "SVM_VMGEXIT_TERM_REASON",
      ],
    );
  });

  it("has every name with meaning and source", () => {
    for (const { symbol, meaning, source } of rows) {
      assert.match(symbol, /^(?:(?:GHCBHvFeatures::)?[A-Z][A-Z0-9_]+|sev_status)$/);
      assert.notEqual(meaning, "", symbol);
      assert.notEqual(source, "", symbol);
    }
  });

  it("does not know other names, nor these in other case", () => {
    assert.equal(GHCB_SYMBOLS.get("MSR_AMD64_SEV"), undefined);
    assert.equal(GHCB_SYMBOLS.get("ghcb_snp_unsupported"), undefined);
    assert.equal(GHCB_SYMBOLS.get("constructor"), undefined);
  });
});
