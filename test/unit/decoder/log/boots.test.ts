import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { BootCollector } from "../../../../src/decoder/log/boots";
import type { Boot } from "../../../../src/decoder/log/boots";
import { askBoot, bootReport, isRefused } from "../../../../src/decoder/report/bootReport";
import { plain } from "../../../../src/decoder/report/phrase";
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

describe("what a boot's lines tell of its end", () => {
  const cases: readonly [string, string[], RegExp][] = [
    [
      "a termination that is no refusal, by its meaning",
      ["SEV-ES guest requested termination: 0x1:0x3"],
      /asked to be terminated: not running at VMPL0/u,
    ],
    [
      "both meanings where the reason has two",
      ["SEV-ES guest requested termination: 0x1:0x1"],
      /page state change failed \(Linux\) or #VC that is not CPUID \(OVMF/u,
    ],
    ["a VMM that does not say why", ["KVM: unknown exit reason 24"], /this VMM does not say why/u],
    [
      "SEV_FEATURES that the VMCB does not allow",
      ["allowed_sev_features:8000000000000001", "guest_sev_features: 0000000000000081"],
      /does not allow, so it cannot be run: BTBIsol\./u,
    ],
    [
      "SEV_FEATURES that the host does not support",
      ["check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221"],
      /the host does not support: RI\./u,
    ],
    [
      "hypervisor features that the SVSM misses",
      ["Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20"],
      /misses features of the hypervisor: SNP_MULTI_VMPL\./u,
    ],
    ["a program that runs in the guest", ["# rdmsr 0xc0010131", "87"], /running/u],
    ["what a host supports", ["KVM sev_supported_vmsa_features: 0x20"], /no guest's boot/u],
    ["a kernel that tells no more", [banner("6.12.77")], /its kernel started/u],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      assert.match(plain(bootReport(askBoot(onlyBoot(...lines), null), null).answer), expected);
    });
  }

  it("SNPActive is no feature that a host does not support: some programs leave it out", () => {
    const boot = onlyBoot("sev_supported_vmsa_features: 0x20", "requesting vmsa_features: 0x21");
    assert.doesNotMatch(plain(bootReport(askBoot(boot, null), null).answer), /not started/u);
  });

  it("and its likely causes, where the reason alone does not tell", () => {
    const text = textOf(bootReport(askBoot(onlyBoot("SystemEvent(6, [256])"), null), null));
    assert.match(text, /Possible cause, coconut-svsm/u);
    assert.match(text, /Look next/u);
  });

  it("and all that it tells of the hypervisor", () => {
    const text = textOf(
      bootReport(
        askBoot(
          onlyBoot(
            "Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20",
          ),
          null,
        ),
        null,
      ),
    );
    assert.match(text, /hypervisor has +0x3 /u);
    assert.match(text, /hypervisor needs +0x23 /u);
    assert.match(text, /hypervisor lacks +0x20 /u);
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
