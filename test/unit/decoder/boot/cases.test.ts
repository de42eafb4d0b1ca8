import assert from "node:assert/strict";
import { textOf } from "../../../../src/decoder/report/render/text";
import { problemsOf } from "../../../../src/decoder/report/editor/logProblems";
import { CASE_LOGS, choiceOf } from "../../surfaces/logs";
import { documentOf, pageOf, scanRun } from "../../surfaces/surfaces";
import { CASES } from "./cases";

/** What a scan must print of a case. */
interface Expected {
  /** How each boot went, in the order of the report. */
  readonly answers: readonly string[];
  /** Lines of the report, without their indent and with single spaces. */
  readonly lines: readonly string[];
  /** Texts that must not stand in it. */
  readonly not?: readonly string[];
  /** The exit status with `--fail-on refusal`. */
  readonly status: 0 | 1;
  /** The kinds of all problems in an editor. */
  readonly problems: readonly string[];
}

const NO_KERNEL = ["guest kernel", "Predicted"];
const REFUSED = "by the GHCB event, 0x0:0x2 SNP features unsupported, 0x800 SecureTSC";
const PASSED = "booted: the guest kernel passed the SNP feature check.";
const STARTED = "the kernel started; the log has no more on SEV.";

const EXPECTED: Readonly<Record<string, Expected>> = {
  "plain-sev": {
    answers: ["booted; SEV-SNP is off, so no feature check ran."],
    lines: ["SEV_STATUS 0x1 by names: SEV"],
    not: ["passed", "whether SEV-SNP is on"],
    status: 0,
    problems: [],
  },
  "sev-es": {
    answers: ["booted; SEV-SNP is off, so no feature check ran."],
    lines: [
      "SEV_STATUS 0x3 by names: SEV SEV-ES",
      "- Predicted: SEV-SNP is off, so Linux 6.12.77 checks no feature.",
    ],
    not: ["passed", "whether SEV-SNP is on"],
    status: 0,
    problems: [],
  },
  "vtom-alone": {
    answers: ["booted; with vTOM the kernel does not see SEV_STATUS, and no feature check ran."],
    lines: ["SEV_STATUS 0x8 reported by Linux' Hyper-V code; the register holds more: vTom"],
    not: ["Predicted", "passed", "SEV-SNP is off"],
    status: 0,
    problems: [],
  },
  "kernel-without-check": {
    answers: ["booted; this kernel has no SNP feature check."],
    lines: ["guest kernel Linux 5.19.0 banner, line 1"],
    not: ["passed"],
    status: 0,
    problems: [],
  },
  "check-passed": {
    answers: [PASSED],
    lines: ["guest kernel Linux 6.14.2 banner, line 1", "- The log agrees."],
    status: 0,
    problems: [],
  },
  "banner-redacted": {
    answers: ["booted."],
    lines: ["SEV_STATUS 0x807 at least, by names: SEV SEV-ES SEV-SNP SecureTSC"],
    not: [...NO_KERNEL, "passed"],
    status: 0,
    problems: [],
  },
  "snp-without-a-value": {
    answers: ["booted with SEV-SNP on."],
    lines: [
      "SEV-SNP on as line 2 says; software runs below the kernel: an SVSM or a paravisor",
      "- Which features of SEV-SNP are on is not in the log, so there is no verdict.",
    ],
    not: ["SEV_STATUS", "Predicted", "passed"],
    status: 0,
    problems: [],
  },
  "snp-on-and-off": {
    answers: ["booted."],
    lines: ["SEV-SNP on as line 3 says"],
    not: ["Predicted", "so no feature check ran"],
    status: 0,
    problems: [],
  },
  silent: {
    answers: [
      "silent: the firmware began, with SEV on, and neither a kernel's banner nor an end of the guest follows.",
    ],
    lines: [],
    not: [...NO_KERNEL, "booted"],
    status: 0,
    problems: [],
  },
  "host-400-refusals": {
    answers: ["400 guest terminations; missing features: SecureTSC."],
    lines: [`400 ends lines 1 to 400 ${REFUSED}`],
    not: [...NO_KERNEL, "another guest"],
    status: 1,
    problems: Array.from({ length: 400 }, () => "refused"),
  },
  "exit-input-missing": {
    answers: [
      "an exit of the guest failed: 0x72 CPUID (KVM misses fields that this exit needs); the log has no end of the guest.",
    ],
    lines: ["failed exit line 1 0x72 CPUID (KVM misses fields that this exit needs)"],
    not: ["refused", "terminat"],
    status: 0,
    problems: [],
  },
  "exit-unknown-to-kvm": {
    answers: [
      "an exit of the guest failed: 0x80000015 HV_IPI (KVM does not know this exit code); the log has no end of the guest.",
    ],
    lines: ["failed exit line 1 0x80000015 HV_IPI (KVM does not know this exit code)"],
    not: ["refused", "terminat"],
    status: 0,
    problems: [],
  },
  "exit-guest-cannot-handle": {
    answers: [
      "an exit of the guest failed: 0x404 PAGE_NOT_VALIDATED (the guest cannot handle this #VC exception); the log has no end of the guest.",
    ],
    lines: [
      "failed exit line 1 0x404 PAGE_NOT_VALIDATED (the guest cannot handle this #VC exception)",
    ],
    not: ["refused", "terminat"],
    status: 0,
    problems: [],
  },
  "two-guests": {
    answers: [PASSED, STARTED],
    lines: [
      "guest kernel Linux 6.18.20 banner, line 1",
      "guest kernel Linux 6.12.80 banner, line 2",
      "- The log agrees.",
    ],
    not: ["refuse", "What to do"],
    status: 0,
    problems: [],
  },
  "two-guests-and-a-refusal": {
    answers: [PASSED, STARTED, "refused: the guest kernel lacks SecureTSC."],
    lines: [`end line 4 ${REFUSED}`],
    not: ["another guest", "The log disagrees"],
    status: 1,
    problems: ["refused"],
  },
  "chosen-kernel-differs": {
    answers: [PASSED],
    lines: [
      "guest kernel Linux 6.6 as given",
      "kernel in the log Linux 6.14.2 banner, line 1",
      "- Predicted: ✗ Linux 6.6 (as given) refuses: missing SecureTSC · ✓ Linux 6.14.2 (banner, line 1) boots.",
    ],
    // The status is for the kernel that was asked about.
    status: 1,
    problems: [],
  },
};

/** What stands after the dash of each boot's first line. */
function answersIn(report: string): string[] {
  return report
    .split("\n")
    .filter((line) => /^\S.* \(lines? .*\) — /u.test(line))
    .map((line) => line.slice(line.indexOf(" — ") + " — ".length));
}

describe("the report on a log of", () => {
  it("each case is described, and nothing else", () => {
    assert.deepEqual(
      CASES.map(({ name }) => name),
      Object.keys(EXPECTED),
    );
  });

  for (const { name, text, guest } of CASE_LOGS)
    it(name, async () => {
      const expected = EXPECTED[name];
      assert.ok(expected);
      const options = guest === null ? [] : ["--guest", guest];
      const { printed, status } = await scanRun("a.log", text, ...options, "--fail-on", "refusal");
      assert.deepEqual(answersIn(printed), expected.answers);
      const lines = printed.split("\n").map((line) => line.trim().replaceAll(/ {2,}/gu, " "));
      for (const line of expected.lines) assert.ok(lines.includes(line), `${line}\n\n${printed}`);
      for (const word of expected.not ?? []) assert.ok(!printed.includes(word), word);
      assert.equal(status, expected.status);
      const problems = problemsOf(documentOf(text), choiceOf(guest), "all");
      assert.deepEqual(
        problems.map(({ kind }) => kind),
        expected.problems,
      );
    });
});

describe("a silent boot", () => {
  it("is told in the same words by the command line and the explanation page", async () => {
    const log = CASE_LOGS.find(({ name }) => name === "silent");
    assert.ok(log);
    const { printed } = await scanRun("a.log", log.text);
    const page = await pageOf("a.log", log.text);
    const details = page.detailsOf(1, null);
    assert.ok(details);
    assert.equal(`${textOf(details.report)}\n`, printed);
    assert.equal(page.findings, 0);
  });
});

describe("a refusal that KVM reports while two guests run", () => {
  it("is in a boot of the host, and no guest's verdict", () => {
    const log = CASE_LOGS.find(({ name }) => name === "two-guests-and-a-refusal");
    assert.ok(log);
    const boots = [...documentOf(log.text).boots().values()];
    assert.deepEqual(
      boots.map(({ side, endingCount }) => [side, endingCount]),
      [
        [null, 0],
        [null, 0],
        ["host", 1],
      ],
    );
    const [problem] = problemsOf(documentOf(log.text), null, "all");
    assert.equal(problem?.guest, null);
    assert.equal(problem.kernel, null);
  });
});
