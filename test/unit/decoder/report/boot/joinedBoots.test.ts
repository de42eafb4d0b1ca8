import assert from "node:assert/strict";
import type { Choice } from "../../../../../src/decoder/boot/assessed";
import { assessBoot } from "../../../../../src/decoder/boot/assessed";
import { LogWriters } from "../../../../../src/decoder/boot/writers";
import { BootJoiner } from "../../../../../src/decoder/report/boot/joinedBoots";
import { answerText } from "../../../../../src/decoder/report/render/answerText";
import { readLog } from "../../log/findings";
import { chosen } from "../logs";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const STATUS = "SEV_STATUS: 0x887";
const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
const BANNER =
  "[    0.000000] Linux version 6.12.80 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";

/** What the two logs show together. */
function together(
  host: readonly string[],
  guest: readonly string[],
  kernel: string | null = "6.12.80",
): string {
  const joiner = new BootJoiner();
  const add = (file: string, lines: readonly string[], choice: Choice | null) => {
    const { boots, silent, findings } = readLog(...lines);
    const writers = new LogWriters();
    for (const finding of findings) writers.add(finding);
    joiner.nextLog(writers);
    for (const boot of boots) joiner.add(assessBoot(boot, choice), file);
    for (const one of silent) joiner.addSilent(one, file);
  };
  add("host.log", host, chosen("6.12.80"));
  add("serial.log", guest, kernel === null ? null : chosen(kernel));
  const answer = joiner.answer();
  return answer === null ? "" : answerText(answer, "with sources");
}

describe("a host's log and a guest's log", () => {
  it("are one boot where the only refusal has the mask that the only open boot predicts", () => {
    const text = together([REFUSED], [STATUS]);
    assert.match(text, /^host\.log, line 1 and serial\.log, boot 1: ✗ one boot: refused/u);
    assert.match(text, /SEV_STATUS +0x887/u);
    assert.match(text, /Remove secure-tsc=on/u);
  });

  const doubtful: readonly [string, string[], string[], string | null, RegExp][] = [
    ["two refusals", [REFUSED, REFUSED], [STATUS], "6.12.80", /has 2 refusals .* 1 boot /u],
    [
      "two open boots",
      [REFUSED],
      [FIRMWARE, STATUS, FIRMWARE, STATUS],
      "6.12.80",
      /2 boots without an end/u,
    ],
    ["a restarting guest", [REFUSED], [FIRMWARE, FIRMWARE], "6.12.80", /2 boots without an end/u],
    [
      "another mask",
      [REFUSED],
      ["SEV_STATUS: 0x1887"],
      "6.12.80",
      /would name 0x1800, the host has 0x800/u,
    ],
    ["a kernel that boots", [REFUSED], [STATUS], "6.14", /would not refuse/u],
    ["a kernel that is not known", [REFUSED], [STATUS], null, /does not show its kernel/u],
    [
      "firmware and nothing else",
      [REFUSED],
      [FIRMWARE],
      "6.12.80",
      /does not show its SEV_STATUS/u,
    ],
    [
      "a feature that is off in the guest",
      [REFUSED],
      ["SEV_STATUS: 0x87"],
      "6.1.0",
      /features that are off in the guest's SEV_STATUS/u,
    ],
    [
      "a refusal without a mask",
      ["SEV-ES guest requested termination: 0x0:0x2"],
      [STATUS],
      "6.12.80",
      /no mask to compare/u,
    ],
  ];
  for (const [title, host, guest, kernel, why] of doubtful) {
    it(`are not joined with ${title}, and it is said why`, () => {
      const text = together(host, guest, kernel);
      assert.match(text, /^Not joined/u);
      assert.match(text, why);
    });
  }

  const silent: readonly [string, string[], string[]][] = [
    ["the guest runs", [REFUSED], ["SEV: Status: SEV SEV-ES SEV-SNP "]],
    [
      "the guest's own log has its end",
      [REFUSED],
      ["Unsupported SEV-SNP features detected: 0x800"],
    ],
    ["the host saw no refusal", ["SEV-ES guest requested termination: 0x1:0x3"], [STATUS]],
    ["a kernel has printed its banner", [REFUSED], [BANNER]],
    [
      "the guest's VMCB does not allow its features",
      [REFUSED],
      [
        "kvm_amd: allowed_sev_features: 8000000000000001 guest_sev_features: 0000000000000081",
        "sev_features: 0x81",
      ],
    ],
    [
      "the SVSM has ended the boot",
      [REFUSED],
      ["[SVSM] ERROR: Unsupported features enabled: SECURE_TSC"],
    ],
    ["a kernel has printed its banner beside a value", [REFUSED], [BANNER, STATUS]],
  ];
  for (const [title, host, guest] of silent) {
    it(`say nothing together where ${title}`, () => {
      assert.equal(together(host, guest), "");
    });
  }

  it("say nothing together where both are one file", () => {
    assert.equal(together([STATUS, REFUSED], []), "");
  });
});
