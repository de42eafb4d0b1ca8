import assert from "node:assert/strict";
import fc from "fast-check";
import type { ExplainedToken } from "../../../../src/decoder/boot/document";
import type { Fact } from "../../../../src/decoder/log/finding";
import { isMask, registerOf } from "../../../../src/decoder/log/tokenRegister";
import { hexShort } from "../../../../src/decoder/text/u64";
import { hovered, hoveredAt } from "./hovered";

/** A token in few words: its register and value, or which field it is of which exit. */
function words({ fact, field }: ExplainedToken): string {
  const found = registerOf(fact, field);
  if (found !== null) {
    const marks = [
      "atLeast" in fact ? " at least" : "",
      fact.kind === "sev-status" && fact.synthetic === true ? " synthetic" : "",
      isMask(fact, field) ? " mask" : "",
    ];
    return `${found.register} ${hexShort(found.value)}${marks.join("")}`;
  }
  if (field === "message") return fact.kind === "notice" ? `notice ${fact.id}` : "untold";
  if (fact.kind === "termination" && fact.exit === undefined)
    return `${field} ${fact.reason?.set}:${fact.reason?.code} by ${fact.via}`;
  if ("value" in fact) return `${fact.kind} ${hexShort(fact.value)}`;
  const isAnswer = fact.kind === "vmgexit" && fact.answer === true;
  const fields = [...exitValues(fact)].map((one) => (one === null ? "-" : hexShort(one)));
  return `${field} of ${isAnswer ? "the answer " : ""}${fields.join(" ")}`;
}

/** The exit fields of a fact; one that is not valid is null. */
function exitValues(fact: Fact): readonly (bigint | null)[] {
  const exit = fact.kind === "termination" ? fact.exit : fact;
  if (exit === undefined || !("exitCode" in exit)) return [];
  return [exit.exitCode, exit.exitInfo1, exit.exitInfo2].map((one) =>
    typeof one !== "object" || one === null ? one : one.valid ? one.value : null,
  );
}

/** Every token of the last line with what it stands for. */
function found(text: string): string[] {
  const number = text.split("\n").length - 1;
  const line = text.split("\n")[number] ?? "";
  return hovered(text, number).map(
    (token) => `${line.slice(token.start, token.end)} = ${words(token)}`,
  );
}

const SNAPSHOT = [
  "[ 9.1] kvm_amd: GHCB (GPA=000000007fedb000) snapshot:",
  "[ 9.1] kvm_amd: sw_exit_code        000000008000fffe is_valid: 1",
  "[ 9.1] kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1",
  "[ 9.1] kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
].join("\n");

describe("lines that say what their values are", () => {
  const cases: readonly [string, string[]][] = [
    [
      "[  512.104233] kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
      ["0x0:0x2 = reason 0:2 by msr"],
    ],
    ["SEV-ES guest requested termination: 0x1:0x2", ["0x1:0x2 = reason 1:2 by msr"]],
    [
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
      ["0x20 = exit-info-1 0x20", "0x800 = unsupported-features 0x800"],
    ],
    [
      "kvm_amd: SEV-ES guest requested termination: reason 0x21 info 0x800",
      ["0x21 = exit-info-1 0x21", "0x800 = exitInfo2 of 0x8000fffe 0x21 0x800"],
    ],
    [
      "SEV-ES guess requested termination: reason 0x20 info 0x20",
      ["0x20 = exit-info-1 0x20", "0x20 = repeated-info of 0x8000fffe 0x20 -"],
    ],
    [
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid",
      ["0x8000fffe = exitCode of 0x8000fffe - -"],
    ],
    [
      " qemu-4321 [003] ..... 456.789: kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
      [
        "8000fffe = exitCode of 0x8000fffe 0x20 0x800",
        "20 = exitInfo1 of 0x8000fffe 0x20 0x800",
        "800 = unsupported-features 0x800",
      ],
    ],
    [
      "kvm_vmgexit_enter: vcpu 0, exit_reason 80000001, exit_info1 fee00300, exit_info2 4",
      [
        "80000001 = exitCode of 0x80000001 0xfee00300 0x4",
        "fee00300 = exitInfo1 of 0x80000001 0xfee00300 0x4",
        "4 = exitInfo2 of 0x80000001 0xfee00300 0x4",
      ],
    ],
    [
      "kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100",
      ["0000000000020100 = ghcb-msr 0x20100"],
    ],
    [
      "kvm_amd: allowed_sev_features:8000000000000001",
      ["8000000000000001 = sev-features 0x8000000000000001 mask"],
    ],
    ["kvm_amd: guest_sev_features: 0000000000000081", ["0000000000000081 = sev-features 0x81"]],
    ["kvm_amd: sev_features    0000000000000081", ["0000000000000081 = sev-features 0x81"]],
    [
      "kvm_vmgexit_exit: vcpu 0, exit_reason 8000fffe, exit_info1 2, exit_info2 800",
      [
        "8000fffe = exitCode of the answer 0x8000fffe 0x2 0x800",
        "2 = exitInfo1 of the answer 0x8000fffe 0x2 0x800",
        "800 = exitInfo2 of the answer 0x8000fffe 0x2 0x800",
      ],
    ],
    [SNAPSHOT, ["0000000000000800 = unsupported-features 0x800"]],
    [
      SNAPSHOT.replace("8000fffe", "8000fffd"),
      ["0000000000000800 = exitInfo2 of 0x8000fffd 0x20 0x800"],
    ],
    [
      SNAPSHOT.replace("0020 is_valid: 1", "0020 is_valid: 0"),
      ["0000000000000800 = exitInfo2 of 0x8000fffe - 0x800"],
    ],
    [
      "[ 0.54] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC ",
      ["SEV SEV-ES SEV-SNP DebugSwap SecureTSC = sev-status 0x887 at least"],
    ],
    ["[ 0.54] SEV: Status: vTom ", ["vTom = sev-status 0x8 at least synthetic"]],
    [
      "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      ["0x800 = unsupported-features 0x800"],
    ],
    [
      "sev-guest sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000",
      ["0x200000000 = guest-request-error 0x200000000"],
    ],
    [
      "!!!! X64 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!\nExceptionData - 0000000000000072",
      ["0000000000000072 = exitCode of 0x72 - -"],
    ],
    [
      "SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)",
      ["0x404 = exitCode of 0x404 - -"],
    ],
    ["# rdmsr -p 0 0xc0010131\n87", ["87 = sev-status 0x87"]],
    ["# rdmsr -c 0xc0010131\n0x807", ["0x807 = sev-status 0x807"]],
    ["# rdmsr -d 0xc0010131\n2183", ["2183 = sev-status 0x887"]],
    ["Successfully read MSR 0xc0010131 on CPU 0: 0x7", ["0x7 = sev-status 0x7"]],
    ["guest SEV_STATUS = 0x0000000000000887", ["0x0000000000000887 = sev-status 0x887"]],
    [
      '{"sev_status": "0x887", "sev_features": "0x221"}',
      ["0x887 = sev-status 0x887", "0x221 = sev-features 0x221"],
    ],
    ["if (sev_status & 0x800ULL)", ["0x800ULL = sev-status 0x800 mask"]],
    ["vmsa.sev_features |= 0x20;", ["0x20 = sev-features 0x20 mask"]],
    ["SEV_STATUS(0x87): SEV SEV-ES SEV-SNP DebugSwap", ["0x87 = sev-status 0x87"]],
    ["sev-snp-measure --guest-features 0x21 --vcpus 4", ["0x21 = sev-features 0x21"]],
    [
      "SW_EXITINFO1=0x20 SW_EXITINFO2=0x800",
      ["0x20 = exitInfo1 of - 0x20 0x800", "0x800 = exitInfo2 of - 0x20 0x800"],
    ],
  ];
  for (const [text, expected] of cases) {
    it(text.split("\n").at(-1) ?? "", () => {
      assert.deepEqual(found(text), expected);
    });
  }
});

describe("GHCB dumps back to back", () => {
  const dump = (code: string, info1: string, info2: string, valid = "1") => [
    `sw_exit_code        ${code.padStart(16, "0")} is_valid: 1`,
    `sw_exit_info_1      ${info1.padStart(16, "0")} is_valid: 1`,
    `sw_exit_info_2      ${info2.padStart(16, "0")} is_valid: ${valid}`,
  ];
  const io = dump("7b", "3f80210", "800");
  const refusal = dump("8000fffe", "20", "80");
  const last = (lines: readonly string[], number: number) =>
    hovered(lines.join("\n"), number).map(words);

  it("never lend each other a field", () => {
    assert.deepEqual(last([...io, ...refusal], 1), ["exitInfo1 of 0x7b 0x3f80210 0x800"]);
    assert.deepEqual(last([...io, ...refusal], 2), ["exitInfo2 of 0x7b 0x3f80210 0x800"]);
    assert.deepEqual(last([...io, ...refusal], 5), ["unsupported-features 0x80"]);
    assert.deepEqual(last([...refusal, ...io], 2), ["unsupported-features 0x80"]);
    assert.deepEqual(last([...refusal, ...io], 5), ["exitInfo2 of 0x7b 0x3f80210 0x800"]);
  });

  it("say nothing by a field that is not valid", () => {
    assert.deepEqual(last(dump("8000fffe", "20", "800", "0"), 2), [
      "exitInfo2 of 0x8000fffe 0x20 -",
    ]);
  });
});

describe("the ways a value stands beside its name", () => {
  const cases: readonly [string, string][] = [
    ["SEV_STATUS 0x887", "sev-status 0x887"],
    ["SEV_STATUS MSR: 0x887", "sev-status 0x887"],
    ["MSR_AMD64_SEV (0xc0010131): 0x887", "sev-status 0x887"],
    ["SEV_STATUS MSR (0xc0010131) = 0x887", "sev-status 0x887"],
    ["SEV_STATUS (MSR C001_0131) was 0x887", "sev-status 0x887"],
    ["C001_0131: 0x887", "sev-status 0x887"],
    ["let sev_status = 0x887u64;", "sev-status 0x887"],
    ["sev_status & ~0x800", "sev-status 0x800 mask"],
    ["if (sev_status != 0x887)", "sev-status 0x887 mask"],
    ["if (sev_status == 0x887)", "sev-status 0x887 mask"],
    ["SEV_STATUS = 0x887 | 0x7", ""],
    ["SEV_STATUS = 0x7 << 3", ""],
    ["sw_exit_info_1 & 0xf", ""],
    ["sw_exit_info_2 |= 0x4", ""],
    ["vdev->guest_features = 0x130afe7a5", ""],
    ["guest_features: 0x79bfffe7", ""],
    ["#define MSR_AMD64_SEV 0xc0010131", ""],
    ["GHCB_MSR = 0xc0010130", ""],
  ];
  for (const [line, expected] of cases) {
    it(`${line}: ${expected === "" ? "nothing" : expected}`, () => {
      const [first] = hovered(line, 0).map(words);
      assert.equal(first ?? "", expected);
    });
  }

  it("an exit code counts beside the other two fields, and only there", () => {
    assert.deepEqual(found("exit_code 0x8000fffe exit_info_1 0x20 exit_info_2 0x800"), [
      "0x20 = exitInfo1 of 0x8000fffe 0x20 0x800",
      "0x800 = unsupported-features 0x800",
    ]);
    assert.deepEqual(found("exit_code: 0x1"), []);
  });

  it("rdmsr -a gives a line for each processor", () => {
    assert.deepEqual(found("# rdmsr -a 0xc0010131\n87\n87\n87"), ["87 = sev-status 0x87"]);
  });

  // The output of GNU od 9.1 for the bytes 87 08 00 00 00 00 00 00.
  for (const [options, output] of [
    ["-t x8", "0000000 0000000000000887"],
    ["-Ax -tx8", "000000 0000000000000887"],
    ["-t x8 -A n", " 0000000000000887"],
    ["-t x1", "0000000 87 08 00 00 00 00 00 00"],
    ["-A x -tx1", "000000 87 08 00 00 00 00 00 00"],
    ["-An -tx1", " 87 08 00 00 00 00 00 00"],
  ] as const) {
    it(`od ${options} shows the register's number, or its bytes from the lowest on`, () => {
      const command = `# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od ${options}`;
      const value = output.replace(/^0* /u, "");
      assert.deepEqual(found(`${command}\n${output}`), [`${value} = sev-status 0x887`]);
    });
  }

  it("trace-cmd pads the event's name", () => {
    assert.deepEqual(
      found(
        "qemu-1 [3] 1.2: kvm_vmgexit_msr_protocol_enter:       vcpu 0, ghcb_gpa 0000000000020100",
      ),
      ["0000000000020100 = ghcb-msr 0x20100"],
    );
  });
});

describe("lines that say nothing of the kind", () => {
  const lines = [
    "",
    "SEV_STATUS = 0x02 (severity)",
    "[255267.410543] SEV-SNP: PFN: 0x56600, [0x80000000000007fd - 0x0000000000000000]",
    "look for `SEV-ES guest requested termination`, VFIO/IOMMU errors",
    "SEV is enabled (mask 0x8000000000000)",
    "[    0.550548] Memory Encryption Features active: Intel TDX",
    "SEV: Status: connected to server",
    "SVM: exit_info2:          0000000000000000",
    "87",
    "# rdmsr -r 0xc0010131\n2183",
    "# rdmsr -f 7:0 0xc0010131\n87",
    "# rdmsr 0xc0010130\n87",
    "SEV-ES guest requested termination: 0x100:0x2",
    "exit_status = 0x800",
    "foo(sev_features, 0x1000)",
    "sev_status_table[0x10]",
    "Launch Digest: B520B3060000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    "0x887",
  ];
  for (const line of lines) {
    it(JSON.stringify(line), () => {
      assert.deepEqual(found(line), []);
    });
  }
});

describe("what is recognised", () => {
  it("give texts in order, that never overlap and stand in the line", () => {
    const piece = fc.constantFrom(
      "SEV_STATUS",
      "sev_features",
      "=",
      ":",
      "0x887",
      "0x",
      " ",
      "SW_EXITINFO2",
      "exit_info1 ",
      "kvm_vmgexit_enter: vcpu 0, exit_reason 8000fffe, exit_info1 20, exit_info2 800",
      "SEV-ES guest requested termination: reason 0x20 info 0x800",
      "SEV: Status: SEV",
      "\u001b[31m",
      "\u0000",
      "\ud83d\ude00",
      "rdmsr 0xc0010131",
    );
    const line = fc
      .array(fc.oneof(piece, fc.string()), { maxLength: 12 })
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(line, (text) => {
        const oneLine = text.replaceAll("\n", " ");
        let last = 0;
        for (const { start, end } of hovered(oneLine, 0)) {
          assert.ok(start >= last && end > start && end <= oneLine.length);
          last = end;
        }
      }),
    );
  });

  it("take no longer for a long line of almost-matches than for its beginning", () => {
    const line = "sev_status ".repeat(200_000);
    assert.deepEqual(hovered(line, 0), []);
  });

  it("are all found where very many stand on one line", () => {
    for (const count of [4_096, 65_536])
      assert.equal(hovered("SEV_STATUS: 0x7 ".repeat(count), 0).length, count);
  });

  it("are found at the offsets of their text only", () => {
    const at = (offset: number) => hoveredAt("SEV_STATUS = 0x887 # 0x887", 0, offset);
    assert.equal(at(12), null);
    assert.notEqual(at(13), null);
    assert.notEqual(at(18), null);
    assert.equal(at(22), null);
  });
});
