import assert from "node:assert/strict";
import { sourceProblemsOf } from "../../../../../src/decoder/report/editor/sourceProblems";

function messages(...lines: string[]): string[] {
  return sourceProblemsOf(lines).map(({ message }) => message);
}

describe("the problems of source code", () => {
  it("say which bit the value is, and which one the name is", () => {
    const line = "const MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b10;";
    assert.deepEqual(sourceProblemsOf(["", line]), [
      {
        line: 1,
        start: line.indexOf("MSR"),
        end: line.indexOf(":"),
        message:
          "MSR_SEV_STATUS_SEV_SNP_ENABLED has the value of bit 1 (SEV-ES); in SEV_STATUS it is bit 2 (SEV-SNP), mask 0x4.",
      },
    ]);
  });

  it("tell a bit of the other register", () => {
    assert.deepEqual(
      messages(
        "#define SVM_SEV_FEAT_SECURE_TSC BIT(11)",
        "#define MSR_AMD64_SNP_SECURE_TSC BIT(9)",
      ),
      [
        "SVM_SEV_FEAT_SECURE_TSC has the value of bit 11; in SEV_FEATURES it is bit 9 (SecureTSC), mask 0x200. Bit 11 is its place in SEV_STATUS.",
        "MSR_AMD64_SNP_SECURE_TSC has the value of bit 9 (BTBIsol); in SEV_STATUS it is bit 11 (SecureTSC), mask 0x800. Bit 9 is its place in SEV_FEATURES.",
      ],
    );
  });

  it("say who sets SNPActive, and how the digits of rdmsr are read", () => {
    const [active = "", ...none] = messages("// KVM_SEV_INIT2", "    vmsa_features: 0x1,");
    assert.deepEqual(none, []);
    assert.match(active, /KVM sets it for SNP guests by itself/u);
    const [digits = ""] = messages("echo $(( $(rdmsr 0xc0010131) & 4 ))");
    assert.match(digits, /hex digits without 0x/u);
  });
});
