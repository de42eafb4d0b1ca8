import assert from "node:assert/strict";
import { namedThing } from "../../../../src/decoder/source/names";
import { pathBefore, wordAt } from "../../../../src/decoder/source/words";

function thing(name: string): string {
  const found = namedThing(name);
  switch (found?.kind) {
    case undefined:
      return "nothing";
    case "feature":
      return `bit ${found.row.bit}`;
    case "mask":
      return found.mask;
    case "msr":
      return found.address.toString(16);
    case "ghcb":
      return found.symbol.meaning;
  }
}

describe("names in source code", () => {
  const names: readonly [string, string][] = [
    ["MSR_AMD64_SNP_SECURE_TSC", "bit 11"],
    ["MSR_AMD64_SNP_SECURE_TSC_BIT", "bit 11"],
    ["MSR_AMD64_SNP_SMT_PROTECTION", "bit 17"],
    ["SVM_SEV_FEAT_DEBUG_SWAP", "bit 7"],
    ["SEVStatusFlags::SECURE_TSC", "bit 11"],
    ["SEVStatusFlags::SEV", "bit 0"],
    ["SEVStatusFlags::SEV_ES", "bit 1"],
    ["SEVStatusFlags::VTOM", "bit 3"],
    ["SEV_STATUS_MSR", "c0010131"],
    ["SVSM_TERM_NOT_VMPL0", "The SVSM does not run at VMPL0."],
    ["SVM_EXITCODE_SNP_GUEST_REQUEST", "A request to the secure processor."],
    ["MSR_SEV_STATUS_REGISTER", "SEV_STATUS as edk2 takes it apart, field by field."],
    [
      "GHCBHvFeatures::SEV_SNP_MULTI_VMPL",
      "Bit 5 of the hypervisor features: neither SEV_STATUS nor SEV_FEATURES.",
    ],
    ["SEV_SNP_MULTI_VMPL", "nothing"],
    ["SEVStatusFlags::SEVERE", "nothing"],
    ["SEV_STATUS", "nothing"],
    ["SNP_FEATURES_PRESENT", "implemented"],
    ["SNP_FEATURES_IMPL", "implemented"],
    ["SNP_FEATURES_IMPL_REQ", "required"],
    ["MSR_AMD64_SEV", "c0010131"],
    [
      "GHCB_SNP_UNSUPPORTED",
      "SEV-SNP, or a feature enabled in SEV_STATUS, cannot be used by this guest.",
    ],
    ["SVM_VMGEXIT_TERM_REQUEST", "Asks for the end of the guest."],
    [
      "GHCB_TERM_PSC",
      "The hypervisor did not make pages private or shared as the kernel had asked.",
    ],
    ["GHCB_MSR_TERM_REQ", "Asks for the end of the guest."],
    ["SEV", "nothing"],
    ["secure_tsc", "nothing"],
    ["msr_amd64_snp_secure_tsc", "nothing"],
    ["constructor", "nothing"],
    ["__proto__", "nothing"],
    ["MSR_AMD64_SNP_RESERVED_MASK", "nothing"],
  ];
  for (const [name, expected] of names) {
    it(`${name}: ${expected}`, () => {
      assert.equal(thing(name), expected);
    });
  }
});

describe("the word at an offset", () => {
  it("is the whole word from either end, and knows the path before it", () => {
    const line = "if (flags.contains(cpu::SEVStatusFlags::SECURE_TSC)) {";
    for (const offset of [40, 45, 50]) {
      const word = wordAt(line, offset);
      assert.ok(word !== null);
      assert.equal(word.text, "SECURE_TSC");
      assert.equal(pathBefore(line, word)?.text, "SEVStatusFlags");
    }
    const first = wordAt(line, 20);
    assert.ok(first !== null);
    assert.equal(pathBefore(line, first), null);
  });

  it("ends at a single colon", () => {
    assert.equal(wordAt("x ? MSR_AMD64_SEV:0", 6)?.text, "MSR_AMD64_SEV");
  });

  it("is nothing between words, in a digest, and beyond the line", () => {
    assert.equal(wordAt("a  b", 2), null);
    assert.equal(wordAt("a".repeat(96), 40), null);
    assert.equal(wordAt("", 0), null);
  });
});
