import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { BootCollector } from "../../../../src/decoder/log/boots";
import type { Boot } from "../../../../src/decoder/log/boots";
import { askBoot, bootReport, isRefused } from "../../../../src/decoder/report/bootReport";
import { textOf } from "../../../../src/decoder/report/text";
import { findingsOf } from "./findings";

function bootsOf(...lines: readonly string[]): Boot[] {
  const collector = new BootCollector();
  const done = findingsOf(lines.join("\n")).map((finding) => collector.add(finding));
  return [...done, collector.end()].filter((boot) => boot !== null);
}

function onlyBoot(...lines: readonly string[]): Boot {
  const [boot, ...others] = bootsOf(...lines);
  assert.ok(boot !== undefined && others.length === 0);
  return boot;
}

function banner(release: string): string {
  return `[    0.000000] Linux version ${release} (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026`;
}

const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC ";
const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

describe("SEV_STATUS of a boot", () => {
  const cases: readonly [string, string[], string][] = [
    ["names are a lower bound", [STATUS], "0x887 at-least"],
    ["the register is exact", [STATUS, "SEV_STATUS: 0x1887"], "0x1887 exact"],
    [
      "a lone vTom is made up, and no sign that SEV-SNP is off",
      ["Memory Encryption Features active: AMD SEV", "SEV: Status: vTom "],
      "0x8 synthetic",
    ],
    ["SEV_FEATURES tell it too", ["guest_sev_features: 0000000000000021"], "0x87 exact"],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      const { status } = onlyBoot(...lines);
      assert.equal(`0x${status?.value.toString(16) ?? ""} ${status?.how ?? ""}`, expected);
    });
  }

  it("says which other values contradict it, and is asked of no guest then", () => {
    const { status } = onlyBoot("SEV_STATUS: 0x7", "SEV_STATUS: 0x87");
    assert.deepEqual(status?.others, [0x7n]);
    const boot = onlyBoot("SEV_STATUS: 0x7", "SEV_STATUS: 0x887");
    assert.equal(askBoot(boot, guestProfile("6.6")).verdict, null);
  });
});

describe("the guest's kernel", () => {
  it("is the banner's in a guest's log", () => {
    assert.equal(onlyBoot(banner("6.12.77"), STATUS).kernel?.release, "6.12.77");
  });

  it("is not the banner's in a host's log", () => {
    assert.equal(onlyBoot(banner("6.18.2"), REFUSED).kernel, null);
  });
});

describe("a boot's verdict", () => {
  function text(guest: string | null, ...lines: readonly string[]): string {
    const profile = guest === null ? null : guestProfile(guest);
    return textOf(bootReport(askBoot(onlyBoot(...lines), profile), "a.log"));
  }

  it("agrees with the log of a kernel that runs", () => {
    const report = text(null, banner("6.14.0"), STATUS);
    assert.match(report, /running/u);
    assert.match(report, /Predicted: Linux 6\.14\.0 boots/u);
    assert.match(report, /The log agrees\./u);
  });

  it("disagrees where the kernel got past a check that it should have failed", () => {
    assert.match(text(null, banner("6.12.80"), STATUS), /The log disagrees/u);
  });

  it("agrees with a refusal of the same features", () => {
    const report = text("6.12.80", "SEV_STATUS: 0x887", REFUSED);
    assert.match(report, /refused: the guest kernel lacks SecureTSC/u);
    assert.match(report, /The log agrees\./u);
    assert.match(report, /secure-tsc=off/u);
  });

  it("is none for what the Hyper-V code makes up", () => {
    assert.equal(askBoot(onlyBoot("SEV: Status: vTom "), guestProfile("6.6")).verdict, null);
  });

  it("counts as refused by the log or by prediction", () => {
    const guest = guestProfile("6.12.80");
    const refused = (...lines: readonly string[]) => isRefused(askBoot(onlyBoot(...lines), guest));
    assert.ok(refused(REFUSED));
    assert.ok(refused("SEV_STATUS: 0x887"));
    assert.ok(refused("kvm: vcpu0, vmgexit: exit code 0x8000fffe is not valid"));
    assert.ok(!refused("SEV_STATUS: 0x87"));
    assert.ok(!refused("SEV-ES guest requested termination: 0x1:0x2"));
  });
});

describe("a boot that is not over yet", () => {
  it("is told of as far as it is known, and goes on", () => {
    const collector = new BootCollector();
    assert.equal(collector.soFar(), null);
    const [kernel, status] = findingsOf(`${banner("6.12.80")}\n${STATUS}`);
    assert.ok(kernel !== undefined && status !== undefined);
    collector.add(kernel);
    assert.equal(collector.soFar()?.isRunning, false);
    collector.add(status);
    assert.equal(collector.soFar()?.isRunning, true);
    assert.deepEqual(collector.end(), { ...bootsOf(banner("6.12.80"), STATUS)[0] });
    assert.equal(collector.soFar(), null);
  });
});
