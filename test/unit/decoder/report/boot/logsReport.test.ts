import assert from "node:assert/strict";
import { assessBoot } from "../../../../../src/decoder/boot/assessed";
import { LogsOverview } from "../../../../../src/decoder/report/boot/logsReport";
import { textOf } from "../../../../../src/decoder/report/render/text";
import { readLog } from "../../log/findings";
import { BANNER, KVM_REFUSAL, STATUS } from "../logs";

type Log = readonly [name: string, ...lines: string[]];

/** The overview of these logs, line by line; null without one. */
function overview(logs: readonly Log[], isOfFolder = false): readonly string[] | null {
  const all = new LogsOverview();
  for (const [name, ...lines] of logs) {
    all.nextLog(isOfFolder);
    const { findings, boots, silent } = readLog(...lines);
    for (const finding of findings) all.addFinding(finding);
    for (const boot of boots) all.add(assessBoot(boot, null));
    for (const one of silent) all.addSilent(one);
    all.endLog(name);
  }
  const report = all.report();
  return report === null ? null : textOf(report).trimEnd().split("\n").filter(Boolean);
}

const GUEST: Log = ["guest.log", BANNER, STATUS];
const HOST: Log = ["host.log", KVM_REFUSAL];

describe("the overview of several logs", () => {
  it("has a line for each log in which something was found, and counts the others", () => {
    const [title, ...rows] = overview([GUEST, ["notes.txt", "nothing"], HOST]) ?? [];
    assert.equal(title, "3 logs: • 2 with findings, 1 without");
    assert.match(rows[0] ?? "", /^ +guest\.log +guest kernel +booted/u);
    assert.match(rows[1] ?? "", /^ +host\.log +host kernel +refused – .*SecureTSC$/u);
    assert.equal(rows.length, 2);
  });

  it("says the same answer of many boots once, with their number, and leaves out the tail", () => {
    const kinds = [0x80, 0x800, 0x40000, 0x1000, 0x20].map((mask) => `info 0x${mask.toString(16)}`);
    const boots = kinds.flatMap((info) => [
      BANNER,
      `kvm_amd: SEV-ES guest requested termination: reason 0x20 ${info}`,
    ]);
    const [, row = ""] = overview([["host.log", ...boots, ...boots], GUEST]) ?? [];
    assert.match(row, /2 × refused – .*DebugSwap; 2 × refused – .*SecureTSC; 2 × .*; 4 more$/u);
  });

  it("is none for one log that was named, and for none", () => {
    assert.equal(overview([GUEST]), null);
    assert.equal(overview([]), null);
  });

  it("is there for the only log of a folder, which nobody named", () => {
    assert.deepEqual(overview([["notes.txt", "nothing"]], true), ["1 log: • nothing found"]);
  });
});
