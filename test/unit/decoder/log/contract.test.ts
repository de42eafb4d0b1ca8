import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { like } from "../../cli/sevStatus";
import { findingsOf, jsonOf } from "./findings";

/** The team's folder with the contract and real logs: beside the project, or where SEV_STATUS_SHARED says. */
const SHARED = process.env["SEV_STATUS_SHARED"] ?? path.resolve(__dirname, "../../../../../shared");
const EXAMPLES = path.join(SHARED, "contract", "examples.jsonl");
const LOGS = path.join(SHARED, "logs");

interface Example {
  readonly id: string;
  readonly text: string;
  readonly findings: readonly unknown[];
}

function isExample(value: unknown): value is Example {
  return typeof value === "object" && value !== null && "text" in value && "findings" in value;
}

if (!existsSync(EXAMPLES)) {
  it("the contract's examples (absent here: set SEV_STATUS_SHARED to the folder that has them)", () =>
    undefined);
} else {
  describe("the contract's examples", () => {
    for (const line of readFileSync(EXAMPLES, "utf8").split("\n").filter(Boolean)) {
      const example: unknown = JSON.parse(line);
      assert.ok(isExample(example));
      const { id, text, findings } = example;
      it(`${id}: ${JSON.stringify(text.slice(0, 100))}`, () => {
        const found = jsonOf(text);
        assert.equal(found.length, findings.length, JSON.stringify(found, null, 2));
        assert.deepEqual(like(found, findings), findings);
      });
    }
  });

  describe("real logs", () => {
    /** Every finding by line and kind; what is not listed must not be found. */
    const EXPECTED: Readonly<Record<string, readonly string[]>> = {
      "01-lkml-ghcb-version-1-snp-unsupported.txt": ["4 termination", "8 notice"],
      "03-lkml-sev-status-debugswap.txt": ["5 sev-status 0x7", "6 sev-status 0x87"],
      "06-azure-cvm-vtom-only.txt": [
        "11 sev-status 0x1",
        "12 sev-status 0x8",
        "14 notice",
        "15 notice",
      ],
      "08-lkml-wrmsr-tsc-exit-reason-24.txt": ["5 notice", "12 notice"],
      "11-libkrun-234-systemevent-6-256.txt": ["6 termination"],
      "12-coconut-svsm-802-ghcb-hv-features.txt": [
        "5 hypervisor-features 0x3",
        "5 hypervisor-features 0x23",
        "5 hypervisor-features 0x20",
        "19 hypervisor-features 0x3",
        "19 hypervisor-features 0x23",
        "19 hypervisor-features 0x20",
      ],
      "17-snphost-193-securetsc-not-supported.txt": ["15 sev-features 0x20"],
      "20-amdsev-271-msr-dump.txt": [],
      "26-snpguest-ok-pass.txt": ["4 sev-status 0x7"],
      "31-qemu-check-sev-features-bare-hex.txt": ["10 sev-features 0x29", "10 sev-features 0x221"],
      "35-lkml-vmcb-dump-snp-invalid-features.txt": [
        "45 sev-features 0x8000000000000001",
        "46 sev-features 0x81",
        "71 sev-features 0x81",
      ],
      "37-ovmf-plus-kernel-serial-snp.txt": [
        "11 sev-status 0x7",
        "12 sev-status 0x7",
        "14 notice",
        "15 notice",
        "16 notice",
      ],
      "39-lkml-vmcb-dump-non-sev-negative.txt": [],
      "42-amdsev-245-rmp-dump-negative.txt": [],
      "49-negative-can-sev-status.txt": [],
      "53-vmm-example-einval-0x1-0x2.txt": ["3 termination"],
    };
    it("are all looked at", () => {
      assert.deepEqual(readdirSync(LOGS).sort(), Object.keys(EXPECTED));
    });
    for (const [file, expected] of Object.entries(EXPECTED)) {
      it(file, () => {
        assert.deepEqual(shortOf(readFileSync(path.join(LOGS, file), "utf8")), expected);
      });
    }
  });
}

function shortOf(text: string): string[] {
  return findingsOf(text).map(({ line, fact }) => {
    const value = "value" in fact ? ` 0x${fact.value.toString(16)}` : "";
    return `${line + 1} ${fact.kind}${value}`;
  });
}
