import assert from "node:assert/strict";
import { EXIT_CODES, exitCodeByValue } from "../../../../src/decoder/ghcb";

const EXPECTED = `
27 DR7 read|SVM_EXIT_READ_DR7
37 DR7 write|SVM_EXIT_WRITE_DR7
6e RDTSC|SVM_EXIT_RDTSC
6f RDPMC|SVM_EXIT_RDPMC
72 CPUID|SVM_EXIT_CPUID
76 INVD|SVM_EXIT_INVD
7b IOIO|SVM_EXIT_IOIO
7c MSR|SVM_EXIT_MSR
81 VMMCALL|SVM_EXIT_VMMCALL
87 RDTSCP|SVM_EXIT_RDTSCP
89 WBINVD|SVM_EXIT_WBINVD
8a MONITOR|SVM_EXIT_MONITOR
8b MWAIT|SVM_EXIT_MWAIT
400 NPF|SVM_EXIT_NPF
401 AVIC_INCOMPLETE_IPI|SVM_EXIT_AVIC_INCOMPLETE_IPI
402 AVIC_UNACCELERATED_ACCESS|SVM_EXIT_AVIC_UNACCELERATED_ACCESS
403 VMGEXIT|SVM_EXIT_VMGEXIT
404 PAGE_NOT_VALIDATED|
80000001 MMIO_READ|SVM_VMGEXIT_MMIO_READ
80000002 MMIO_WRITE|SVM_VMGEXIT_MMIO_WRITE
80000003 NMI_COMPLETE|SVM_VMGEXIT_NMI_COMPLETE
80000004 AP_RESET_HOLD|SVM_VMGEXIT_AP_HLT_LOOP
80000005 AP_JUMP_TABLE|SVM_VMGEXIT_AP_JUMP_TABLE
8000fffd HV_FEATURES|SVM_VMGEXIT_HV_FEATURES
8000fffe TERM_REQUEST|SVM_VMGEXIT_TERM_REQUEST
8000ffff UNSUPPORTED_EVENT|SVM_VMGEXIT_UNSUPPORTED_EVENT
80000010 PSC|SVM_VMGEXIT_PSC
80000011 GUEST_REQUEST|SVM_VMGEXIT_GUEST_REQUEST
80000012 EXT_GUEST_REQUEST|SVM_VMGEXIT_EXT_GUEST_REQUEST
80000013 AP_CREATION|SVM_VMGEXIT_AP_CREATION
80000014 HV_DOORBELL_PAGE|SVM_VMGEXIT_HVDB_PAGE
80000015 HV_IPI|SVM_VMGEXIT_HV_IPI
80000016 HV_TIMER|
80000017 GET_APIC_IDS|SVM_VMGEXIT_GET_APIC_IDS
80000018 SNP_RUN_VMPL|SVM_VMGEXIT_SNP_RUN_VMPL
8000001a SAVIC|SVM_VMGEXIT_SAVIC
8000001b CONFIGURE_INT_INJ|
8000001c DISABLE_ALT_INJ|
8000001d SPECIFIC_EOI|`
  .trim()
  .split("\n");

describe("exit codes", () => {
  it("has every code with its name and Linux' macro", () => {
    const rows = EXIT_CODES.map(
      ({ value, name, linux = "" }) => `${value.toString(16)} ${name}|${[linux].flat().join()}`,
    );
    assert.deepEqual(rows, EXPECTED);
  });

  it("finds each by its value, and nothing by another", () => {
    for (const row of EXIT_CODES) assert.equal(exitCodeByValue(row.value), row);
    assert.equal(exitCodeByValue(0x8000_0019n), null);
    assert.equal(exitCodeByValue(0x1_8000_fffen), null);
    assert.equal(exitCodeByValue(0n), null);
  });

  it("gives every row a meaning and a source", () => {
    for (const { name, meaning, source } of EXIT_CODES) {
      assert.notEqual(meaning, "", name);
      assert.notEqual(source, "", name);
    }
  });

  it("marks rows that nobody has read at first hand", () => {
    const marked = EXIT_CODES.filter(({ doubt }) => doubt !== undefined).map(({ name }) => name);
    assert.deepEqual(marked, ["HV_TIMER"]);
  });

  it("tells codes of the #VC handler from those that guests report", () => {
    const vc = EXIT_CODES.filter(({ kind }) => kind === "vc").map(({ value }) => value);
    assert.deepEqual(vc, [0x400n, 0x401n, 0x402n, 0x403n, 0x404n]);
  });
});
