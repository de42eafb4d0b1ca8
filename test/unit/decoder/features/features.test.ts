import assert from "node:assert/strict";
import fc from "fast-check";
import {
  FEATURES,
  SOURCES,
  bitByName,
  decodeFeatures,
  featureName,
  featureNames,
  featureRow,
  featuresFromStatus,
  statusFromFeatures,
} from "../../../../src/decoder/features";
import { U64_MAX, maskOf, parseU64 } from "../../../../src/decoder/text/u64";

const u64 = fc.bigInt({ min: 0n, max: U64_MAX });
const LINUX_NAMES = [
  "SEV",
  "SEV-ES",
  "SEV-SNP",
  "vTom",
  "ReflectVC",
  "RI",
  "AI",
  "DebugSwap",
  "NoHostIBS",
  "BTBIsol",
  "VmplSSS",
  "SecureTSC",
  "VMGExitParam",
  null,
  "IBSVirt",
  null,
  "VMSARegProt",
  "SMTProt",
  "SecureAVIC",
  null,
  null,
  null,
  null,
  "IBPBOnEntry",
];

describe("the bit table", () => {
  it("has a row for each of the bits 0 to 23, in order, with the name Linux prints", () => {
    assert.deepEqual(
      FEATURES.map(({ bit }) => bit),
      LINUX_NAMES.map((_, bit) => bit),
    );
    assert.deepEqual(
      FEATURES.map(({ name }) => name),
      LINUX_NAMES,
    );
  });

  it("has every bit above as reserved", () => {
    for (let bit = 24; bit < 64; bit++) {
      assert.equal(featureRow(bit).need, "unknown");
      assert.equal(featureName(bit), `bit ${bit}`);
    }
  });

  it("cites a source for every row and every other name", () => {
    for (const { sources, aliases, meaning } of FEATURES) {
      assert.ok(sources.length > 0);
      assert.ok(meaning.length > 10);
      for (const { source } of aliases) assert.ok(source in SOURCES);
    }
  });

  it("keeps the disagreements on bits 13 and 15", () => {
    assert.match(featureRow(13).disagreement ?? "", /PmcVirtualization/u);
    assert.match(featureRow(15).disagreement ?? "", /guest_intercept_control/u);
  });

  it("has no name that could be read as a hex value", () => {
    for (const { name } of FEATURES) {
      if (name !== null) assert.equal(parseU64(name).ok, false, name);
    }
  });

  it("finds a bit by any project's name", () => {
    const names: readonly [string, number][] = [
      ["SecureTSC", 11],
      ["securetsc", 11],
      ["SECURE_TSC", 11],
      ["secure-tsc", 11],
      ["Secure TSE", 11],
      ["MSR_AMD64_SNP_SECURE_TSC", 11],
      ["SVM_SEV_FEAT_SECURE_TSC", 11],
      ["DebugVirtualization", 7],
      ["DBGSWP", 7],
      ["PmcVirtualization", 13],
      ["MSR_AMD64_SNP_SMT_PROTECTION", 17],
      ["SNPActive", 2],
      ["bit 42", 42],
      ["bit7", 7],
    ];
    for (const [name, bit] of names) assert.equal(bitByName(name), bit, name);
    for (const name of ["bit 64", "TDX", "", "SecureTSCC"])
      assert.equal(bitByName(name), null, name);
  });
});

describe("SEV_STATUS and SEV_FEATURES", () => {
  it("never lose a bit: known and unknown together are the value", () => {
    fc.assert(
      fc.property(
        u64,
        fc.constantFrom("sev-status" as const, "sev-features" as const),
        (value, register) => {
          const { features, unknown } = decodeFeatures(register, value);
          assert.equal(maskOf(features.map(({ bit }) => bit)), value);
          const known = maskOf(
            features.filter(({ bit, name }) => name !== `bit ${bit}`).map(({ bit }) => bit),
          );
          assert.equal(known | unknown, value);
          assert.equal(known & unknown, 0n);
        },
      ),
    );
  });

  it("are the same features, two positions apart", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: U64_MAX >> 2n }), (features) => {
        const status = statusFromFeatures(features);
        assert.equal(featuresFromStatus(status), features);
        assert.deepEqual(
          decodeFeatures("sev-features", features).features.map(({ statusBit }) => statusBit),
          decodeFeatures("sev-status", status)
            .features.map(({ bit }) => bit)
            .slice(2),
        );
      }),
    );
  });

  it("name the set bits of 0x887 as Linux does", () => {
    assert.deepEqual(featureNames(0x887n), ["SEV", "SEV-ES", "SEV-SNP", "DebugSwap", "SecureTSC"]);
  });

  it("show SEV_FEATURES[63] by its own name, and [62] as a bit without one", () => {
    const { features, unknown } = decodeFeatures("sev-features", 0xc000_0000_0000_0001n);
    assert.deepEqual(
      features.map(({ name, statusBit }) => [name, statusBit]),
      [
        ["SEV-SNP", 2],
        ["bit 62", null],
        ["AllowedSevFeaturesEnable", null],
      ],
    );
    assert.equal(unknown, 1n << 62n);
  });
});
