import assert from "node:assert/strict";
import { check } from "../../../../../src/decoder/guest/check";
import type { GuestProfile } from "../../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { SOURCE_FILES, sourceTreeGuest } from "../../../../../src/decoder/guest/sourceTree";
import type { Miniature } from "./miniatures";
import {
  IDENT_MAP,
  LIKE_6_12,
  LIKE_6_1_8,
  LIKE_6_1_9,
  LIKE_7_1,
  LIKE_RHEL_8,
  MISC_H,
  MSR_INDEX,
  SEV_C,
  STUB,
  changed,
  without,
} from "./miniatures";

function resultOf(tree: Miniature, secureAvic = false) {
  const files = new Map(Object.entries(tree));
  return sourceTreeGuest((file) => files.get(file) ?? null, { id: null, secureAvic });
}

function guestOf(tree: Miniature, secureAvic = false): GuestProfile {
  const result = resultOf(tree, secureAvic);
  assert.ok(result.ok, result.ok ? "" : result.problem);
  return result.profile;
}

function problemOf(tree: Miniature): string {
  const result = resultOf(tree);
  assert.ok(!result.ok, "it was read");
  return result.problem;
}

describe("a kernel's source", () => {
  const sameAs: readonly (readonly [string, Miniature, string])[] = [
    ["without the check", LIKE_6_1_8, "6.1.8"],
    ["with the check in the decompressor alone", LIKE_6_1_9, "6.1.9"],
    ["with the test in the EFI stub and IBPB-on-Entry", LIKE_6_12, "6.12.117"],
    ["with the names of 7.1", LIKE_7_1, "7.1"],
    ["whose stub hides the mask", LIKE_RHEL_8, "rhel-8.10"],
  ];
  for (const [what, tree, release] of sameAs) {
    it(`${what} checks as the catalog says of ${release}`, () => {
      const guest = guestOf(tree);
      const known = guestProfile(release);
      assert.ok(known !== null);
      assert.equal(guest.snpGuest, known.snpGuest);
      assert.deepEqual(guest.check, known.check);
    });
  }

  it("has the masks of its own macros: 6.1.9 has code for nothing, 7.1 for DebugSwap and SecureTSC", () => {
    assert.equal(guestOf(LIKE_6_1_9).check?.required, 0xffff_ffff_fffd_bcf8n);
    assert.equal(guestOf(LIKE_6_1_9).check?.implemented, 0n);
    assert.equal(guestOf(LIKE_7_1).check?.required, 0xffff_ffff_ff7d_bcf8n);
    assert.equal(guestOf(LIKE_7_1).check?.implemented, 0x880n);
  });

  it("is named by its release, and says which lines were read", () => {
    const guest = guestOf(LIKE_6_12);
    assert.equal(guest.id, "source:6.12.117");
    assert.equal(guest.label, "Linux 6.12.117 (this source tree)");
    assert.equal(guestOf(LIKE_7_1).label, "Linux 7.1-rc4 (this source tree)");
    assert.equal(guest.verification, "verified");
    assert.equal(guest.assumption, null);
    assert.deepEqual(guest.sources, [
      "Makefile",
      `${SEV_C}:1`,
      `${SEV_C}:7`,
      `${IDENT_MAP}:5`,
      `${STUB}:18`,
    ]);
  });

  it("refuses SecureTSC as 6.12, boots with it as 7.1", () => {
    assert.equal(check(0x807n, guestOf(LIKE_6_12)).outcome, "refuses");
    assert.equal(check(0x807n, guestOf(LIKE_7_1)).outcome, "boots");
  });

  it("has the known bugs of its release that its own code still has", () => {
    const inBss = (subLevel: number, definitions: string) => ({
      ...LIKE_7_1,
      Makefile: `VERSION = 6\nPATCHLEVEL = 18\nSUBLEVEL = ${subLevel}\nEXTRAVERSION =\n`,
      [SEV_C]: `${definitions}\n${LIKE_7_1[SEV_C] ?? ""}`,
    });
    const bugs = (tree: Miniature) => (guestOf(tree).bugs ?? []).map(({ id }) => id);
    const plain = "u8 snp_vmpl;\nu16 ghcb_version;";
    assert.deepEqual(bugs(inBss(5, plain)), ["ghcb-version-lost", "vmpl-not-cleared"]);
    assert.deepEqual(bugs(inBss(17, plain)), []);
    const moved = plain.replaceAll(";", ' __section(".data");');
    assert.deepEqual(bugs(inBss(5, moved)), []);
    assert.deepEqual(bugs(inBss(5, "u8 snp_vmpl;\nu16 ghcb_version __ro_after_init;")), [
      "vmpl-not-cleared",
    ]);
    assert.deepEqual(bugs(inBss(5, "")), []);
  });

  it("without SEV-SNP guest code is none", () => {
    const old = { ...LIKE_6_1_8, [MSR_INDEX]: "#define MSR_AMD64_SEV 0xc0010131\n", [SEV_C]: "" };
    assert.equal(guestOf(old).snpGuest, false);
    assert.equal(guestOf(without(old, SEV_C)).snpGuest, false);
    assert.equal(check(0x7n, guestOf(old)).outcome, "undefined");
  });

  it("whose check is removed has none", () => {
    const removed = {
      ...LIKE_6_12,
      [SEV_C]: LIKE_6_1_8[SEV_C] ?? "",
      [STUB]: LIKE_6_1_8[STUB] ?? "",
    };
    const guest = guestOf(without({ ...removed, [IDENT_MAP]: "" }, MISC_H));
    assert.equal(guest.snpGuest, true);
    assert.equal(guest.check, null);
  });

  it("whose check nothing calls has none, and says so", () => {
    const uncalled = changed(LIKE_6_1_9, IDENT_MAP, "\tsnp_check_features();\n", "");
    const guest = guestOf(uncalled);
    assert.equal(guest.check, null);
    assert.match(guest.notes.join(" "), /has the masks of the check, and nothing that makes it/u);
  });

  it("reads no file but those it names", () => {
    const asked = new Set<string>();
    const files = new Map(Object.entries(LIKE_7_1));
    sourceTreeGuest(
      (file) => {
        asked.add(file);
        return files.get(file) ?? null;
      },
      { id: null, secureAvic: true },
    );
    assert.deepEqual(
      [...asked].filter((file) => !SOURCE_FILES.includes(file)),
      [],
    );
    assert.ok(asked.has(SEV_C));
  });
});

describe("a kernel's source with a .config", () => {
  const built = (tree: Miniature, config: string) => ({ ...tree, ".config": config });
  const SEV = "CONFIG_AMD_MEM_ENCRYPT=y\nCONFIG_EFI_STUB=y\n";

  it("is taken as built with SEV and without Secure AVIC where there is none, and says so", () => {
    assert.deepEqual(guestOf(LIKE_7_1).notes, [
      "The tree has no .config: the kernel is taken as built with CONFIG_AMD_MEM_ENCRYPT and without CONFIG_AMD_SECURE_AVIC.",
    ]);
    assert.deepEqual(guestOf(built(LIKE_7_1, SEV)).notes, []);
  });

  it("has Secure AVIC if that says so, or if it is asked for", () => {
    const avic = guestOf(built(LIKE_7_1, `${SEV}CONFIG_AMD_SECURE_AVIC=y\n`));
    assert.equal(avic.check?.implemented, 0x40880n);
    const off = built(LIKE_7_1, `${SEV}# CONFIG_AMD_SECURE_AVIC is not set\n`);
    assert.equal(guestOf(off).check?.implemented, 0x880n);
    const asked = guestOf(LIKE_7_1, true);
    assert.equal(asked.check?.implemented, 0x40880n);
    assert.equal(asked.id, "source:7.1-rc4+secure-avic");
    assert.equal(asked.secureAvicIgnored, false);
    assert.deepEqual(asked.notes, [
      "The tree has no .config: the kernel is taken as built with CONFIG_AMD_MEM_ENCRYPT.",
    ]);
  });

  it("says that it ignores Secure AVIC where the source has no such option", () => {
    const asked = guestOf(LIKE_6_12, true);
    assert.equal(asked.secureAvicIgnored, true);
    assert.equal(asked.id, "source:6.12.117");
    assert.equal(asked.check?.implemented, 0x80n);
  });

  it("that leaves out CONFIG_AMD_MEM_ENCRYPT has no SEV-SNP guest code", () => {
    const guest = guestOf(built(LIKE_6_12, "# CONFIG_AMD_MEM_ENCRYPT is not set\n"));
    assert.equal(guest.snpGuest, false);
    assert.equal(guest.check, null);
    assert.match(guest.notes.join(" "), /leaves out CONFIG_AMD_MEM_ENCRYPT/u);
  });

  it("that leaves out the EFI stub checks in the decompressor alone", () => {
    const guest = guestOf(built(LIKE_6_12, "CONFIG_AMD_MEM_ENCRYPT=y\n"));
    assert.deepEqual(guest.check?.paths, ["decompressor"]);
  });
});

describe("a kernel's source that is damaged", () => {
  const cases: readonly (readonly [string, Miniature, string])[] = [
    [
      "without a Makefile",
      without(LIKE_6_12, "Makefile"),
      "Makefile: there is no such file in the tree.",
    ],
    [
      "with another Makefile",
      { ...LIKE_6_12, Makefile: "all:\n\tcc -c x.c\n" },
      "Makefile: expected VERSION = and a number, as the Makefile at the top of a kernel's source has it.",
    ],
    [
      "with words for a version",
      changed(LIKE_6_12, "Makefile", "PATCHLEVEL = 12", "PATCHLEVEL = twelve"),
      "Makefile:3: expected PATCHLEVEL = and a number, as the Makefile at the top of a kernel's source has it.",
    ],
    [
      "without the bits",
      without(LIKE_6_12, MSR_INDEX),
      `${MSR_INDEX}: there is no such file in the tree.`,
    ],
    ["without sev.c", without(LIKE_6_12, SEV_C), `${SEV_C}: there is no such file in the tree.`],
    [
      "without the EFI stub",
      without(LIKE_6_12, STUB),
      `${STUB}: there is no such file in the tree.`,
    ],
    [
      "without the file that calls the check",
      without(LIKE_6_1_9, IDENT_MAP),
      `${IDENT_MAP}: there is no such file in the tree.`,
    ],
    [
      "with a bracket that is not closed",
      changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_RESERVED_MASK)", "MSR_AMD64_SNP_RESERVED_MASK"),
      `${SEV_C}:5: expected ")" and found the end of the line in "SNP_FEATURES_IMPL_REQ".`,
    ],
    [
      "with a bracket too many",
      changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_RESERVED_MASK)", "MSR_AMD64_SNP_RESERVED_MASK))"),
      `${SEV_C}:5: expected an operator and found ")" in "SNP_FEATURES_IMPL_REQ".`,
    ],
    [
      "with a macro that nobody defines",
      changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_VTOM", "MSR_AMD64_SNP_VTOP"),
      `${SEV_C}:1: "MSR_AMD64_SNP_VTOP" is not defined in the files that were read in "SNP_FEATURES_IMPL_REQ".`,
    ],
    [
      "without a mask",
      changed(LIKE_6_12, SEV_C, "#define SNP_FEATURES_PRESENT", "#define FEATURES_PRESENT"),
      `${SEV_C}:9: "SNP_FEATURES_PRESENT" is not defined in the files that were read.`,
    ],
    [
      "with a bit beyond 63",
      changed(LIKE_6_12, MSR_INDEX, "GENMASK_ULL(22, 18)", "GENMASK_ULL(64, 18)"),
      `${MSR_INDEX}:29: GENMASK_ULL(64, 18) is no range of bits from 63 down to 0 in "MSR_AMD64_SNP_RESERVED_BITS18_22".`,
    ],
    [
      "with a macro that is defined by itself",
      changed(LIKE_6_12, MSR_INDEX, "VTOM_BIT 3", "VTOM_BIT MSR_AMD64_SNP_VTOM"),
      `${MSR_INDEX}:6: the expression is nested too deep, or a macro is defined by itself in "MSR_AMD64_SNP_VTOM".`,
    ],
    [
      "with another test",
      changed(LIKE_6_12, SEV_C, "& ~SNP_FEATURES_PRESENT", "& SNP_FEATURES_PRESENT"),
      `${SEV_C}:9: "snp_get_unsupported_features" does not test a value as expected (status & required & ~implemented).`,
    ],
    [
      "with more in the test",
      changed(LIKE_6_12, SEV_C, "return 0;", "return 0;\n\tstatus |= extra();"),
      `${SEV_C}:9: "snp_get_unsupported_features" does not test a value as expected (status & required & ~implemented).`,
    ],
    [
      "with a check that does not refuse",
      changed(
        LIKE_6_12,
        SEV_C,
        "sev_es_ghcb_terminate(boot_ghcb, 0, 2, lacking);",
        "warn(lacking);",
      ),
      `${SEV_C}:17: "snp_check_features" does not test a value as expected (status & required & ~implemented).`,
    ],
    [
      "with the test under an unknown condition",
      changed(
        LIKE_6_12,
        SEV_C,
        "\treturn status &",
        "#ifdef CONFIG_SOMETHING\n\tstatus = 0;\n#endif\n\treturn status &",
      ),
      `${SEV_C}:14: the condition within "snp_get_unsupported_features" is not understood.`,
    ],
    [
      "with a mask under an unknown condition",
      changed(
        LIKE_6_12,
        SEV_C,
        "#define SNP_FEATURES_PRESENT\tMSR_AMD64_SNP_DEBUG_SWAP",
        "#ifdef CONFIG_NEW\n#define SNP_FEATURES_PRESENT 0\n#else\n#define SNP_FEATURES_PRESENT 1\n#endif",
      ),
      `${SEV_C}:10: whether "SNP_FEATURES_PRESENT" is defined depends on the condition in line 7, which is not understood.`,
    ],
    [
      "with a call under an unknown condition",
      changed(
        LIKE_6_12,
        IDENT_MAP,
        "\tsnp_check_features();",
        "#if NEW_WAY(1)\n\tsnp_check_features();\n#endif",
      ),
      `${IDENT_MAP}:6: whether "snp_check_features" is called depends on the condition in line 5, which is not understood.`,
    ],
    [
      "with the check somewhere else",
      { ...LIKE_6_12, [SEV_C]: LIKE_6_1_8[SEV_C] ?? "" },
      `${IDENT_MAP}:5: "snp_check_features" is named here, and none of the files that were read defines it.`,
    ],
    [
      "with the EFI stub's test somewhere else",
      { ...LIKE_6_1_9, [STUB]: LIKE_6_12[STUB] ?? "" },
      `${STUB}:5: "snp_get_unsupported_features" is named here, and none of the files that were read defines it.`,
    ],
    [
      "with a stub that goes on",
      changed(LIKE_6_12, STUB, "\t\tefi_exit(handle, EFI_UNSUPPORTED);", "\t\tefi_warn(0);"),
      `${STUB}:18: "efi_stub_entry" does not leave the boot by "have_unsupported" as expected.`,
    ],
    [
      "with a stub that answers otherwise",
      changed(LIKE_6_12, STUB, "return true;", "return lacking;"),
      `${STUB}:1: "have_unsupported" does not refuse unsupported features as expected (a message, then return true or false).`,
    ],
    [
      "with a comment that is not closed",
      changed(LIKE_6_12, SEV_C, "u64 snp_get", "/* u64 snp_get"),
      `${SEV_C}:9: the comment is not closed.`,
    ],
    [
      "with a brace that is not closed",
      changed(LIKE_6_12, SEV_C, "\t\t\tsev_es_terminate(0, 2);\n\t\t}", ""),
      `${SEV_C}:18: the "{" is not closed.`,
    ],
    [
      "with a condition that is not closed",
      changed(LIKE_7_1, SEV_C, "#endif", ""),
      `${SEV_C}:7: #if has no #endif.`,
    ],
  ];
  for (const [what, tree, problem] of cases) {
    it(`${what} is told by file and line`, () => {
      assert.equal(problemOf(tree), problem);
    });
  }

  it("is told soon where it is hostile: deep brackets, long lines, macros that double", () => {
    const deep = `(`.repeat(50_000);
    const doubling = Array.from({ length: 60 }, (_, n) => `#define D${n} (D${n + 1} | D${n + 1})`);
    const hostile: readonly string[] = [
      `#define SNP_FEATURES_PRESENT ${deep}`,
      `#define SNP_FEATURES_PRESENT ${"~".repeat(50_000)}0`,
      `${doubling.join("\n")}\n#define SNP_FEATURES_PRESENT D0`,
      `#define SNP_FEATURES_PRESENT 0${" | 0".repeat(50_000)}`,
      "#ifdef CONFIG_X\n".repeat(20_000),
      `"${"\\".repeat(50_000)}`,
      "{".repeat(50_000),
      "f() {} ".repeat(20_000) + "){".repeat(20_000),
    ];
    for (const text of hostile) {
      const present = "#define SNP_FEATURES_PRESENT\tMSR_AMD64_SNP_DEBUG_SWAP";
      assert.match(problemOf(changed(LIKE_6_12, SEV_C, present, text)), /^arch\//u);
    }
  });

  it("shows hostile names escaped", () => {
    const tree = changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_VTOM |", "\u202e |");
    assert.match(problemOf(tree), /^[\x20-\x7e]+$/u);
  });

  it("larger than it may be is told", () => {
    const tree = { ...LIKE_6_12, [SEV_C]: " ".repeat(2 ** 21 + 1) };
    assert.equal(problemOf(tree), `${SEV_C}: the file is larger than 2097152 characters.`);
  });
});
