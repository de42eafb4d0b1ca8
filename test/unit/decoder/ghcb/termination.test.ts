import assert from "node:assert/strict";
import fc from "fast-check";
import {
  carriesFeatureMask,
  ghcbMsrTermination,
  info1ForReason,
  reasonCauses,
  reasonFromGhcbMsr,
  reasonFromInfo1,
  terminationReason,
  TERMINATION_REASONS,
} from "../../../../src/decoder/ghcb";

const set = fc.integer({ min: 0, max: 15 });
const code = fc.integer({ min: 0, max: 255 });
const u64 = fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn });

const macros = (setNumber: number, codeNumber: number) =>
  terminationReason(setNumber, codeNumber).candidates.map(({ macro }) => macro);

describe("termination reason", () => {
  it("reads set 0 code 2 from SW_EXITINFO1 0x20", () => {
    const reason = reasonFromInfo1(0x20n);
    assert.equal(reason.set, 0);
    assert.equal(reason.code, 2);
    assert.equal(reason.extra, 0n);
    assert.deepEqual(
      reason.candidates.map(({ name, macro, software }) => [name, macro, software]),
      [["SNP features unsupported", "GHCB_SNP_UNSUPPORTED", "GHCB specification"]],
    );
  });

  it("reads the same reason from GHCB MSR 0x20100", () => {
    assert.deepEqual(reasonFromGhcbMsr(0x20100n), reasonFromInfo1(0x20n));
  });

  it("takes neither 0x20 as GHCB MSR nor a GHCB page address as a termination", () => {
    assert.equal(reasonFromGhcbMsr(0x20n), null);
    assert.equal(reasonFromGhcbMsr(0x7fed_b000n), null);
    assert.equal(reasonFromGhcbMsr(0x0020_0000_0000_0014n), null);
  });

  it("reads coconut-svsm's plain 0x100 as 0:0", () => {
    const reason = reasonFromGhcbMsr(0x100n);
    assert.deepEqual([reason?.set, reason?.code], [0, 0]);
  });

  it("offers Linux and the OVMF reset vector for 1:1 and 1:2", () => {
    const names = (n: number) =>
      terminationReason(1, n).candidates.map(({ software, name }) => `${software}: ${name}`);
    assert.deepEqual(names(1), [
      "Linux: page state change failed",
      "OVMF reset vector: #VC that is not CPUID",
    ]);
    assert.deepEqual(names(2), [
      "Linux: PVALIDATE failed",
      "OVMF reset vector: unexpected GHCB response",
    ]);
  });

  it("leaves the OVMF reset vector out of SW_EXITINFO1: it only ends by the MSR protocol", () => {
    for (const info1 of [0x11n, 0x21n]) {
      assert.deepEqual(
        reasonFromInfo1(info1).candidates.map(({ software }) => software),
        ["Linux"],
      );
    }
    assert.equal(reasonFromGhcbMsr(0x11100n)?.candidates.length, 2);
  });

  it("knows one meaning of every other code of the sets", () => {
    assert.deepEqual(macros(0, 0), ["GHCB_SEV_ES_GEN_REQ"]);
    assert.deepEqual(macros(0, 1), ["GHCB_SEV_ES_PROT_UNSUPPORTED"]);
    assert.deepEqual(macros(1, 0), ["GHCB_TERM_REGISTER"]);
    assert.deepEqual(macros(1, 3), ["GHCB_TERM_NOT_VMPL0"]);
    assert.deepEqual(macros(1, 4), ["GHCB_TERM_CPUID"]);
    assert.deepEqual(macros(1, 5), ["GHCB_TERM_CPUID_HV"]);
    assert.deepEqual(macros(1, 6), ["GHCB_TERM_SECRETS_PAGE"]);
    assert.deepEqual(macros(1, 7), ["GHCB_TERM_NO_SVSM"]);
    assert.deepEqual(macros(1, 8), ["GHCB_TERM_SVSM_VMPL0"]);
    assert.deepEqual(macros(1, 9), ["GHCB_TERM_SVSM_CAA"]);
    assert.deepEqual(macros(1, 10), ["GHCB_TERM_SECURE_TSC"]);
    assert.deepEqual(macros(1, 11), ["GHCB_TERM_SVSM_CA_REMAP_FAIL"]);
    assert.deepEqual(macros(1, 12), ["GHCB_TERM_SAVIC_FAIL"]);
    assert.equal(TERMINATION_REASONS.length, 31);
  });

  it("dates Linux' codes", () => {
    const dated = TERMINATION_REASONS.filter(({ software }) => software === "Linux");
    assert.deepEqual(
      dated.map(({ since }) => since),
      [...Array<string>(6).fill("5.19"), ...Array<string>(4).fill("6.11"), "6.14", "6.14", "6.18"],
    );
  });

  it("knows set 15 as that of AMD's linux-svsm, by the GHCB MSR alone", () => {
    assert.deepEqual(
      Array.from({ length: 13 }, (_, n) => macros(15, n).join()),
      [
        "SVSM_TERM_GENERAL",
        "SVSM_TERM_ENOMEM",
        "SVSM_TERM_UNHANDLED_VC",
        "SVSM_TERM_PSC_ERROR",
        "SVSM_TERM_SET_PAGE_ERROR",
        "SVSM_TERM_NO_GHCB",
        "SVSM_TERM_GHCB_RESP_INVALID",
        "SVSM_TERM_FW_CFG_ERROR",
        "SVSM_TERM_BIOS_FORMAT",
        "SVSM_TERM_NOT_VMPL0",
        "SVSM_TERM_VMPL0_SEV_FEATURES",
        "SVSM_TERM_INCORRECT_VMPL",
        "SVSM_TERM_VMPL1_SEV_FEATURES",
      ],
    );
    assert.deepEqual(reasonFromGhcbMsr(0x1f100n)?.candidates[0]?.name, "SVSM out of memory");
    assert.deepEqual(reasonFromInfo1(0x1fn).candidates, []);
    for (const near of [terminationReason(15, 13), terminationReason(14, 1)])
      assert.deepEqual(near.candidates, []);
  });

  it("leaves an unknown set or code without a name", () => {
    assert.deepEqual(terminationReason(0, 3).candidates, []);
    assert.deepEqual(terminationReason(1, 13).candidates, []);
    assert.deepEqual(reasonFromGhcbMsr(0x00ed_b100n)?.candidates, []);
  });

  it("reports bits above the code", () => {
    assert.equal(reasonFromInfo1(0x1020n).extra, 0x1000n);
    assert.equal(reasonFromGhcbMsr(0x8000_0000_0002_0100n)?.extra, 0x8000_0000_0000_0000n);
  });

  it("says that only a clean 0:2 carries a feature mask", () => {
    assert.equal(carriesFeatureMask(reasonFromInfo1(0x20n)), true);
    assert.equal(carriesFeatureMask(reasonFromInfo1(0x1020n)), false);
    assert.equal(carriesFeatureMask(reasonFromInfo1(0x21n)), false);
    assert.equal(carriesFeatureMask(reasonFromInfo1(0x0n)), false);
  });

  it("survives the way to SW_EXITINFO1, to the MSR and back", () => {
    fc.assert(
      fc.property(set, code, (s, c) => {
        const told = reasonFromInfo1(info1ForReason(s, c));
        assert.deepEqual([told.set, told.code, told.extra], [s, c, 0n]);
        assert.deepEqual(reasonFromGhcbMsr(ghcbMsrTermination(s, c)), terminationReason(s, c));
      }),
    );
  });

  it("accounts for every bit of any SW_EXITINFO1", () => {
    fc.assert(
      fc.property(u64, (info1) => {
        const reason = reasonFromInfo1(info1);
        assert.equal(info1ForReason(reason.set, reason.code) | reason.extra, info1);
      }),
    );
  });
});

describe("what lies behind a reason", () => {
  it("has one cause for 0:2 by the GHCB event, four by the GHCB MSR", () => {
    assert.equal(reasonCauses(0, 2, "nae").length, 1);
    assert.equal(reasonCauses(0, 2, "msr").length, 4);
  });

  it("has several senders for 0:0", () => {
    const senders = reasonCauses(0, 0, "msr").map(({ software }) => software);
    assert.deepEqual(senders, ["Linux", "coconut-svsm", "OVMF"]);
  });

  it("marks numbers that drafts used otherwise", () => {
    const drafts = [6, 10, 11].flatMap((n) => reasonCauses(1, n, "msr"));
    assert.deepEqual(
      drafts.map(({ doubt }) => doubt?.mark),
      ["unmerged", "unmerged", "unmerged"],
    );
  });

  it("has nothing to add to a reason that says it all", () => {
    assert.deepEqual(reasonCauses(1, 12, "msr"), []);
  });
});
