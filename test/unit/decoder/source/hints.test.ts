import assert from "node:assert/strict";
import { FEATURES, featuresBitOf } from "../../../../src/decoder/features";
import type { SourceHint } from "../../../../src/decoder/source/hints";
import { sourceHints } from "../../../../src/decoder/source/hints";

/** What is hinted in a text, in short, each with its line from 0 and the text that it is on. */
function hintsOf(text: string): string[] {
  const lines = text.split("\n");
  return sourceHints(lines).map((hint) => {
    const marked = lines[hint.line]?.slice(hint.start, hint.end) ?? "";
    return `${hint.line} ${marked}: ${kindOf(hint)}`;
  });
}

function kindOf(hint: SourceHint): string {
  return hint.kind === "constant" ? `${hint.register} ${hint.valued} for ${hint.named}` : hint.kind;
}

/** `sev-status 1 for 2`: the one hint of a line. */
function constant(line: string): string {
  const [hint, ...others] = sourceHints([line]);
  assert.deepEqual(others, [], line);
  return hint === undefined ? "nothing" : kindOf(hint);
}

describe("constants in source code", () => {
  const wrong: readonly [string, string][] = [
    ["const MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b10;", "sev-status 1 for 2"],
    ["        const MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b10;", "sev-status 1 for 2"],
    ["pub const SEV_STATUS_SNP: u64 = 1 << 1;", "sev-status 1 for 2"],
    ["pub(crate) const SEV_STATUS_ES_ENABLED: u64 = 1u64 << 2; // GHCB", "sev-status 2 for 1"],
    ["#define MSR_AMD64_SNP_SECURE_TSC BIT_ULL(9)", "sev-status 9 for 11"],
    ["#define MSR_AMD64_SNP_SECURE_TSC_BIT 9", "sev-status 9 for 11"],
    ["#  define MSR_AMD64_SNP_VTOM\t(1ULL << 4) /* vTOM */", "sev-status 4 for 3"],
    ["#define MSR_AMD64_SNP_SMT_PROTECTION BIT_ULL(16)", "sev-status 16 for 17"],
    ["#define SVM_SEV_FEAT_SECURE_TSC BIT(11)", "sev-features 11 for 9"],
    ["#define SVM_SEV_FEAT_DEBUG_SWAP 0x80", "sev-features 7 for 5"],
    ["    SVM_SEV_FEAT_SNP_ACTIVE = 1 << 2,", "sev-features 2 for 0"],
    ["SEV_STATUS_SEV_SNP = 0x1", "sev-status 0 for 2"],
    ["SEV_STATUS_SNP_SHIFT = 1", "sev-status 1 for 2"],
    ["readonly SEV_STATUS_SNP_MASK=0x8", "sev-status 3 for 2"],
    ["MSR_AMD64_SNP_DEBUG_SWAP equ 0x20", "sev-status 5 for 7"],
    ["const SEV_STATUS_SNP uint64 = 1 << 1", "sev-status 1 for 2"],
    ["#define MSR_AMD64_SEV_SNP_ENABLED BIT3", "sev-status 3 for 2"],
  ];
  for (const [line, expected] of wrong)
    it(`are hinted: ${line.trim()}`, () => {
      assert.equal(constant(line), expected);
    });

  const right: readonly string[] = [
    // The right bit, in the forms of several languages.
    "const MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b100;",
    "const MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b0000_0100u64;",
    "#define MSR_AMD64_SEV_SNP_ENABLED (1ULL << 2)",
    "#define MSR_AMD64_SEV_SNP_ENABLED 0x4",
    "#define MSR_AMD64_SEV_SNP_ENABLED 4",
    "#define MSR_AMD64_SEV_SNP_ENABLED BIT2",
    "#define MSR_AMD64_SNP_SECURE_TSC _BITULL(11)",
    "#define SVM_SEV_FEAT_SECURE_TSC BIT(9)",
    "pub const SEV_STATUS_SNP: u64 = 0x0000_0004;",
    // Numbers of bits, and masks under such a name.
    "#define MSR_AMD64_SEV_SNP_ENABLED_BIT 2",
    "#define MSR_AMD64_SEV_SNP_ENABLED_BIT 0x2",
    "const SEV_STATUS_SNP_BIT: u64 = 1 << 2;",
    "const SEV_STATUS_SEV_ES_BIT: u64 = 0x2;",
    "SEV_STATUS_SNP_SHIFT = 2",
    "#define MSR_AMD64_SNP_SECURE_TSC BIT_ULL(MSR_AMD64_SNP_SECURE_TSC_BIT)",
    // A number that may count from 0, or be the bit's number.
    "#define MSR_AMD64_SEV_SNP_ENABLED 2",
    "    SEV_STATUS_SEV_ES = 0x1,",
    "    SEV_STATUS_SNP = 0x2,",
    "    SEV_STATUS_SNP = 3,",
    "SEV_STATUS_SNP = 0",
    // Masks of several bits, and of none that has a name.
    "#define MSR_AMD64_SNP_VTOM 0x18",
    "#define MSR_AMD64_SNP_RESERVED_BIT13 BIT_ULL(14)",
    "#define MSR_AMD64_SNP_RESERVED_BITS19_22 GENMASK_ULL(22, 19)",
    "#define MSR_AMD64_SNP_RESERVED_MASK BIT_ULL(24)",
    "#define MSR_AMD64_SNP_RESV_BIT 24",
    "#define SVM_SEV_FEAT_INT_INJ_MODES 0x18",
    "#define SVM_SEV_FEAT_SNP_ONLY_MASK SVM_SEV_FEAT_SECURE_TSC",
    // Other things with like names.
    "#define MSR_AMD64_SEV 0xc0010131",
    "#define MSR_AMD64_SEV_ES_GHCB 0xc0010130",
    "#define MSR_AMD64_VIRT_SPEC_CTRL 0x10",
    "const MSR_SEV_STATUS: u32 = 0b10;",
    "const SEV_STATUS_ENABLED: u64 = 1 << 3;",
    "    SEV_STATUS_ACTIVE = 0x8,",
    "#define SEV_STATUS_INVALID_LENGTH 0x4",
    "#define X86_FEATURE_SEV_SNP (19*32 + 4)",
    "#define CPUID_SEV_SNP BIT(4)",
    "const SEV_FEATURE_SECURE_TSC: u32 = 1 << 8;",
    "const GHCB_SEV_STATUS_SNP: u64 = 1 << 1;",
    // No declaration of a number.
    "if (status & MSR_AMD64_SEV_SNP_ENABLED) x = 0x8;",
    "if (MSR_AMD64_SEV_SNP_ENABLED == 0x8)",
    "assert_eq!(SEV_STATUS_SNP, 0x8);",
    "match x { SEV_STATUS_SNP => 0x8 }",
    "#define MSR_AMD64_SEV_SNP_ENABLED(x) 0x8",
    "#define MSR_AMD64_SEV_SNP_ENABLED",
    "const SEV_STATUS_SNP: u64 = SEV_STATUS_SEV << 1;",
    "const SEV_STATUS_SNP: u64 = 1 << SNP_AT;",
    "#define MSR_AMD64_SEV_SNP_ENABLED 0x10000000000000000",
    // Prose and logs.
    "// the name SEV_STATUS_SNP = 0x8 was wrong",
    "* MSR_AMD64_SNP_VTOM = 0x10 is not",
    "We see that SEV_STATUS_SNP is 0x8 here",
    "[    0.5] foo: SEV_STATUS_SNP = 0x8",
    'printk("SEV_STATUS_SNP = 0x8");',
    "-#define MSR_AMD64_SEV_SNP_ENABLED 0x8",
  ];
  for (const line of right)
    it(`are not hinted: ${line.trim()}`, () => {
      assert.deepEqual(hintsOf(line), []);
    });

  it("are right with every bit's own number and mask", () => {
    const named = FEATURES.filter(({ name }) => name !== null);
    const lines = named.flatMap(({ bit, macros, aliases }) => [
      ...macros.map((macro) => `#define ${macro} BIT_ULL(${bit})`),
      ...macros.map((macro) => `#define ${macro}_BIT ${bit}`),
      ...aliases
        .filter(({ source }) => source === "svsm")
        .map(({ name }) => `const SEV_STATUS_${name}: u64 = 1 << ${bit};`),
      ...aliases
        .filter(({ source }) => source === "kvm")
        .map(({ name }) => `#define ${name} BIT(${featuresBitOf(bit)})`),
    ]);
    assert.deepEqual(hintsOf(lines.join("\n")), []);
    // The same lines with another bit are hinted, each of them. Three up, no number of a bit is the own bit's mask.
    const shifted = lines.map((line) =>
      line.replace(/\d+(?=\D*$)/u, (number) => String(Number(number) + 3)),
    );
    assert.deepEqual(
      shifted.filter((line) => constant(line) === "nothing"),
      [],
    );
  });
});

describe("SNPActive for KVM_SEV_INIT2", () => {
  const init2 = (field: string) => `/// Structure passed into KVM_SEV_INIT2 command.\n${field}`;
  for (const field of [
    "            vmsa_features: 0x1,",
    "        .vmsa_features = 0x21,",
    "    init.vmsa_features = SVM_SEV_FEAT_SNP_ACTIVE | SVM_SEV_FEAT_DEBUG_SWAP;",
    "    init.vmsa_features = BIT(0);",
    "    vmsa_features: 1, // SNP",
  ])
    it(`is hinted: ${field.trim()}`, () => {
      assert.deepEqual(hintsOf(init2(field)), ["1 vmsa_features: vmsa-features"]);
    });

  it("is hinted where the command stands behind the structure", () => {
    const text = "    let mut init = kvm_sev { vmsa_features: 0x1 };\n    ioctl(fd, KVM_SEV_INIT2)";
    assert.deepEqual(hintsOf(text), ["0 vmsa_features: vmsa-features"]);
  });

  for (const field of [
    "            vmsa_features: 0,",
    "            vmsa_features: 0x20,",
    "    vmsa_features: u64,",
    "    __u64 vmsa_features;",
    "    init.vmsa_features = features & ~1;",
    "    init.vmsa_features = sev_features & !SVM_SEV_FEAT_SNP_ACTIVE;",
    "    sev->vmsa_features |= SVM_SEV_FEAT_SNP_ACTIVE;",
    "    if (init.vmsa_features == 1)",
    "    init.vmsa_features = one(1);",
    "    sev_supported_vmsa_features = 0x1;",
    "    vmsa_features: 0, // 0x1 is refused",
  ])
    it(`is not hinted: ${field.trim()}`, () => {
      assert.deepEqual(hintsOf(init2(field)), []);
    });

  it("is not hinted where nothing tells of the command", () => {
    assert.deepEqual(hintsOf("vmsa_features: 0x1,\nKVM_SEV_INIT"), []);
  });
});

describe("the digits of rdmsr", () => {
  const wrong: readonly [string, string][] = [
    ["echo $(( $(rdmsr 0xc0010131) & 4 ))", "0 rdmsr 0xc0010131: rdmsr-digits"],
    [
      "(( $(sudo rdmsr -p 0 0xc0010131) & 4 )) && echo SNP",
      "0 rdmsr -p 0 0xc0010131: rdmsr-digits",
    ],
    ["v=$(rdmsr 0xc0010131)\necho $((v & 4))", "1 v: rdmsr-digits"],
    ["rdmsr 0xc0010131 | bc", "0 rdmsr 0xc0010131: rdmsr-digits"],
    [
      "v=$(sudo rdmsr -p 0 0xc0010131 2>/dev/null | bc -l)",
      "0 rdmsr -p 0 0xc0010131: rdmsr-digits",
    ],
    ['os.popen("rdmsr 0xc0010131 | bc")', "0 rdmsr 0xc0010131: rdmsr-digits"],
    ['v="$(rdmsr c0010131)"\nif (( $v >> 2 & 1 )); then', "1 v: rdmsr-digits"],
    ["local v=`rdmsr 0xC0010131 2>/dev/null`\necho $(( ${v} & 4 ))", "1 v: rdmsr-digits"],
    [
      'out = subprocess.check_output(["rdmsr", "0xc0010131"])\nif int(out) & 4:',
      "1 out: rdmsr-digits",
    ],
    [
      'out = subprocess.check_output(["rdmsr", "0xc0010131"])\nstatus = int(out.strip())',
      "1 out: rdmsr-digits",
    ],
    ['status = int(os.popen("rdmsr 0xc0010131").read())', '0 rdmsr 0xc0010131": rdmsr-digits'],
  ];
  for (const [text, expected] of wrong)
    it(`are hinted as decimal: ${text}`, () => {
      assert.deepEqual(hintsOf(text), [expected]);
    });

  for (const text of [
    "rdmsr 0xc0010131",
    "echo $(rdmsr 0xc0010131)",
    "echo $(( 0x$(rdmsr 0xc0010131) & 4 ))",
    "echo $(( 16#$(rdmsr 0xc0010131) & 4 ))",
    "echo $(( $(rdmsr -c 0xc0010131) & 4 ))",
    "echo $(( $(rdmsr -d 0xc0010131) & 4 ))",
    "echo $(( $(rdmsr -f 2:2 0xc0010131) ))",
    "echo $(( $(rdmsr 0xc0010130) & 4 ))",
    "echo $(( $(rdmsr 0xc0010131 | tail -1) & 4 ))",
    "# echo $(( $(rdmsr 0xc0010131) & 4 ))",
    'echo "ibase=16; $(rdmsr 0xc0010131)" | bc',
    "{ echo ibase=16; rdmsr 0xc0010131; } | bc",
    "rdmsr 0xc0010131 | bc -I 16",
    "rdmsr 0xc0010131 | bc --ibase=16",
    "rdmsr 0xc0010131 | bc hex.bc",
    "rdmsr 0xc0010131 | bc <<< $v",
    "rdmsr 0xc0010131 | bcd",
    "rdmsr 0xc0010131 | sed s/^/ibase=16\\;/ | bc",
    "rdmsr -d 0xc0010131 | bc",
    "rdmsr 0xc0010130 | bc",
    "# rdmsr 0xc0010131 | bc",
    "true # not rdmsr 0xc0010131 | bc",
    "Do not write rdmsr 0xc0010131 | bc",
    "v=$(rdmsr 0xc0010131)\necho $((0x$v & 4))",
    "v=$(rdmsr 0xc0010131)\necho $((16#${v} & 4))",
    "v=$(rdmsr 0xc0010131)\nv=0x$v\necho $((v & 4))",
    "v=$(rdmsr 0xc0010131); v=0x$v\necho $((v & 4))",
    "v=$(rdmsr 0xc0010131)\nv=$((16#$v))\necho $((v & 4))",
    "v=$(rdmsr 0xc0010131)\nfor v in 1 2; do\necho $((v & 4))",
    "v=$(rdmsr 0xc0010131)\nread -r v\necho $((v & 4))",
    "v=$(rdmsr 0xc0010131)\nv=$(rdmsr -c 0xc0010131)\necho $((v & 4))",
    "v=0x$(rdmsr 0xc0010131)\necho $((v & 4))",
    'out = subprocess.check_output(["rdmsr", "0xc0010131"])\nint(out, 16)',
    'out = subprocess.check_output(["rdmsr", "0xc0010131"])\nout = run("nproc")\nint(out)',
    'out = subprocess.check_output(["rdmsr", "0xc0010131"])\ndef f(out):\n    return int(out)',
    'out = subprocess.check_output(["rdmsr", "-c", "0xc0010131"])\nint(out, 0)',
    'int(os.popen("rdmsr 0xc0010131").read(), 16)',
    'int("0x" + os.popen("rdmsr 0xc0010131").read(), 0)',
    'print(os.popen("rdmsr 0xc0010131").read())',
    "Then rdmsr 0xc0010131 prints 887 (int(887) is wrong)",
  ])
    it(`are not hinted: ${text}`, () => {
      assert.deepEqual(hintsOf(text), []);
    });
});

describe("hints in source code", () => {
  it("are in the order of the lines, and bounded", () => {
    const line = "#define MSR_AMD64_SNP_VTOM BIT(4)";
    assert.equal(sourceHints(Array<string>(1_000).fill(line)).length, 200);
    const late = [...Array<string>(10_000).fill(""), line];
    assert.equal(sourceHints(late).length, 0);
    assert.equal(sourceHints(late.slice(1)).length, 1);
    assert.equal(sourceHints([`${line} /* ${"x".repeat(400)} */`]).length, 0);
  });

  it("take a short time in lines made to be slow", () => {
    const parts = [
      "SEV_STATUS_",
      "SEV_STATUS_SNP_",
      "a ",
      "((",
      "int(",
      "rdmsr ",
      "rdmsr -a ",
      " = ",
      "0_",
    ];
    const slow = parts.map((part) => part.repeat(400).slice(0, 400));
    const known = ["v=$(rdmsr 0xc0010131)", "KVM_SEV_INIT2"];
    const lines = [...known, ...Array<string[]>(1_000).fill(slow).flat()];
    const start = performance.now();
    sourceHints(lines);
    assert.ok(performance.now() - start < 5_000);
  });
});
