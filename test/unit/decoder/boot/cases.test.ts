import assert from "node:assert/strict";
import { LogScan } from "../../../../src/cli/logScan";
import type { Choice } from "../../../../src/decoder/boot/assessed";
import { answerOfBoot } from "../../../../src/decoder/report/boot/bootAnswer";
import { silentAnswer } from "../../../../src/decoder/report/boot/silentReport";
import { plain } from "../../../../src/decoder/report/phrase";
import { detailsText } from "../../../../src/decoder/report/render/text";
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
const PASSED = "booted – feature check passed";
const STARTED = "kernel started – no SEV lines after it";

const EXPECTED: Readonly<Record<string, Expected>> = {
  "plain-sev": {
    answers: ["booted – SEV-SNP is off, no feature check ran"],
    lines: ["SEV_STATUS 0x1 by names: SEV"],
    not: ["passed", "whether SEV-SNP is on"],
    status: 0,
    problems: [],
  },
  "sev-es": {
    answers: ["booted – SEV-SNP is off, no feature check ran"],
    lines: [
      "SEV_STATUS 0x3 by names: SEV SEV-ES",
      "- ✓ As predicted: SEV-SNP is off – Linux 6.12.77 checks no feature",
    ],
    not: ["passed", "whether SEV-SNP is on"],
    status: 0,
    problems: [],
  },
  "vtom-alone": {
    answers: ["booted – vTOM: the kernel does not see SEV_STATUS, no feature check ran"],
    lines: ["SEV_STATUS 0x8 synthetic, Linux sees only vTOM behind the paravisor: vTom"],
    not: ["Predicted", "passed", "SEV-SNP is off"],
    status: 0,
    problems: [],
  },
  "kernel-without-check": {
    answers: ["booted – this kernel has no SNP feature check"],
    lines: ["guest kernel Linux 5.19.0 banner, line 1"],
    not: ["passed"],
    status: 0,
    problems: [],
  },
  "check-passed": {
    answers: [PASSED],
    lines: [
      "guest kernel Linux 6.14.2 banner, line 1",
      "- ✓ As predicted: Linux 6.14.2 boots with these – others may be on",
    ],
    status: 0,
    problems: [],
  },
  "banner-redacted": {
    answers: ["booted"],
    lines: ["SEV_STATUS 0x807 ⊇, by names: SEV SEV-ES SEV-SNP SecureTSC"],
    not: [...NO_KERNEL, "passed"],
    status: 0,
    problems: [],
  },
  "snp-without-a-value": {
    answers: ["booted with SEV-SNP on"],
    lines: [
      "SEV-SNP on as line 2 says; software runs below the kernel: an SVSM or a paravisor",
      "- Which features of SEV-SNP are on is not in the log, so there is no verdict.",
    ],
    not: ["SEV_STATUS", "Predicted", "passed"],
    status: 0,
    problems: [],
  },
  "snp-on-and-off": {
    answers: ["booted"],
    lines: ["SEV-SNP on as line 3 says"],
    not: ["Predicted", "no feature check ran"],
    status: 0,
    problems: [],
  },
  silent: {
    answers: ["the firmware began, with SEV on; no banner and no termination follow"],
    lines: [],
    not: [...NO_KERNEL, "booted"],
    status: 0,
    problems: [],
  },
  "host-400-refusals": {
    answers: ["400 guests refused to boot – all for SecureTSC (0x800)"],
    lines: [`400 ends lines 1 to 400 ${REFUSED}`],
    not: [...NO_KERNEL, "another guest"],
    status: 1,
    problems: Array.from({ length: 400 }, () => "refused"),
  },
  "exit-input-missing": {
    answers: [
      "an exit of the guest failed: 0x72 CPUID (KVM misses fields that this exit needs) – no termination in this log",
    ],
    lines: ["failed exit line 1 0x72 CPUID (KVM misses fields that this exit needs)"],
    not: ["refused", "guest terminated"],
    status: 0,
    problems: [],
  },
  "exit-unknown-to-kvm": {
    answers: [
      "an exit of the guest failed: 0x80000015 HV_IPI (KVM does not know this exit code) – no termination in this log",
    ],
    lines: ["failed exit line 1 0x80000015 HV_IPI (KVM does not know this exit code)"],
    not: ["refused", "guest terminated"],
    status: 0,
    problems: [],
  },
  "exit-guest-cannot-handle": {
    answers: [
      "an exit of the guest failed: 0x404 PAGE_NOT_VALIDATED (the guest cannot handle this #VC exception) – no termination in this log",
    ],
    lines: [
      "failed exit line 1 0x404 PAGE_NOT_VALIDATED (the guest cannot handle this #VC exception)",
    ],
    not: ["refused", "guest terminated"],
    status: 0,
    problems: [],
  },
  "two-guests": {
    answers: [PASSED, STARTED],
    lines: [
      "guest kernel Linux 6.18.20 banner, line 1",
      "guest kernel Linux 6.12.80 banner, line 2",
      "- ✓ As predicted: Linux 6.18.20 boots with these – others may be on",
    ],
    not: ["refuse", "What to do"],
    status: 0,
    problems: [],
  },
  "two-guests-and-a-refusal": {
    answers: [PASSED, STARTED, "refused – missing SecureTSC"],
    lines: [`end line 4 ${REFUSED}`],
    not: ["another guest", "Not as predicted"],
    status: 1,
    problems: ["refused"],
  },
  "chosen-kernel-differs": {
    answers: [PASSED],
    lines: [
      "guest kernel Linux 6.6 as given",
      "kernel in the log Linux 6.14.2 banner, line 1",
      "- Predicted: ✗ Linux 6.6 (as given) refuses: missing SecureTSC · ✓ Linux 6.14.2 (banner, line 1) boots",
    ],
    // The status is for the kernel that was asked about.
    status: 1,
    problems: [],
  },
};

/** How each boot went, in the order of the report. */
function answersTo(text: string, choice: Choice | null): string[] {
  const answers: string[] = [];
  const scan = new LogScan("a.log", choice, {
    finding: () => undefined,
    boot: (assessed) => answers.push(plain(answerOfBoot(assessed))),
    silent: (boots) => answers.push(plain(silentAnswer(boots))),
    log: () => undefined,
  });
  scan.push(new TextEncoder().encode(text));
  scan.close("end");
  return answers;
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
      const asked = [...options, "--sources", "--fail-on", "refusal"];
      const { printed, status } = await scanRun("a.log", text, ...asked);
      assert.deepEqual(answersTo(text, choiceOf(guest)), expected.answers);
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
    const { printed } = await scanRun("a.log", log.text, "--sources");
    const page = await pageOf("a.log", log.text);
    const details = page.detailsOf(1, null);
    assert.ok(details);
    assert.ok(printed.includes(detailsText(details.report)));
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
