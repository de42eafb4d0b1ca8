import assert from "node:assert/strict";
import { problemsOf } from "../../../../../src/decoder/report/editor/logProblems";
import { BANNER, KVM_END, KVM_REFUSAL, STATUS, STUB_REFUSAL, chosen, logOf } from "../logs";

describe("the problems of a log", () => {
  it("name what a refused guest lacks", () => {
    const [problem, ...others] = problemsOf(logOf(KVM_REFUSAL), null, "terminations");
    assert.deepEqual(others, []);
    assert.equal(problem?.kind, "refused");
    assert.equal(problem.message, "Guest refused to boot – missing SecureTSC");
    assert.equal(problem.lacking, 0x800n);
    assert.equal(problem.kernel, null);
  });

  it("are judged by all that the lines of one end say", () => {
    const lines = [
      "kvm_run_exit_system_event cpu_index 0, system_even_type 6",
      "Unexpected exit reason on vcpu run: SystemEvent(6, [2146283520])",
    ];
    assert.deepEqual(
      problemsOf(logOf(...lines), null, "terminations").map(({ kind }) => kind),
      ["refused"],
    );
  });

  it("take no host's banner for the guest's", () => {
    const [problem] = problemsOf(logOf(BANNER, KVM_REFUSAL), null, "terminations");
    assert.equal(problem?.kernel, null);
    assert.deepEqual(problem.related, []);
  });

  it("take a refusal after lines of a kernel that runs for another's", () => {
    const [problem] = problemsOf(logOf(BANNER, STATUS, KVM_REFUSAL), null, "terminations");
    assert.equal(problem?.message, "Guest refused to boot – missing SecureTSC");
    assert.deepEqual([problem.kernel, problem.guest, problem.related], [null, null, []]);
  });

  it("of another end are no refusal", () => {
    const [problem] = problemsOf(logOf(KVM_END), null, "terminations");
    assert.equal(problem?.kind, "ended");
    assert.equal(problem.lacking, 0n);
    assert.match(problem.message, /^Guest terminated: 0x1:0x2/u);
  });

  it("tell where a refusal's line names no features, and what SEV_STATUS says of them", () => {
    const lines = ["guest SEV_STATUS = 0x887", "SEV-ES guest requested termination: 0x0:0x2"];
    const [problem] = problemsOf(logOf(...lines), chosen("6.6"), "terminations");
    assert.equal(problem?.lacking, 0x800n);
    assert.match(
      problem.message,
      /By the SEV_STATUS of this boot, Linux 6\.6 is missing SecureTSC/u,
    );
    assert.deepEqual(
      problem.related.map(({ line }) => line),
      [0],
    );
  });

  it("are to be expected where the kernel of a boot that did not get on lacks what a value holds", () => {
    const log = logOf("guest SEV_STATUS = 0x887");
    assert.deepEqual(problemsOf(log, chosen("6.12.77"), "terminations"), []);
    const [problem, ...others] = problemsOf(log, chosen("6.12.77"), "all");
    assert.deepEqual(others, []);
    assert.equal(problem?.kind, "expected");
    assert.equal(problem.line, 0);
    assert.equal(
      problem.message,
      "SEV_STATUS 0x887: Linux 6.12.77 refuses to boot – missing SecureTSC",
    );
  });

  it("are none of a boot that ran, whatever kernel the user chose", () => {
    const log = logOf(BANNER, STATUS, "guest SEV_STATUS = 0x887");
    for (const choice of [null, chosen("6.6")])
      assert.deepEqual(problemsOf(log, choice, "all"), []);
  });

  it("are none where none are wanted", () => {
    assert.deepEqual(problemsOf(logOf(STUB_REFUSAL), null, "off"), []);
  });
});
