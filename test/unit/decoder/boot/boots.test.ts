import assert from "node:assert/strict";
import type { Choice } from "../../../../src/decoder/boot/assessed";
import { assessBoot, isRefused } from "../../../../src/decoder/boot/assessed";
import type { Boot } from "../../../../src/decoder/boot/boot";
import { bootReport } from "../../../../src/decoder/report/boot/bootReport";
import { plain } from "../../../../src/decoder/report/phrase";
import { textOf } from "../../../../src/decoder/report/render/text";
import { reportOnToken } from "../../../../src/decoder/report/value/tokenReport";
import { ReadLog, jsonOf, readLog } from "../log/findings";
import { chosen } from "../report/logs";

function bootsOf(...lines: readonly string[]): readonly Boot[] {
  return readLog(...lines).boots;
}

function profileOf(guest: string | null): Choice | null {
  return guest === null ? null : chosen(guest);
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
const UNTOLD = "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: exit code 0x8000fffe is not valid";

describe("SEV_STATUS of a boot", () => {
  const cases: readonly [string, string[], string][] = [
    ["names are a lower bound", [STATUS], "0x887 names"],
    ["the register is exact", [STATUS, "SEV_STATUS: 0x1887"], "0x1887 read"],
    [
      "a lone vTom is made up, and no sign that SEV-SNP is off",
      ["Memory Encryption Features active: AMD SEV", "SEV: Status: vTom "],
      "0x8 synthetic",
    ],
    ["SEV_FEATURES tell it too", ["guest_sev_features: 0000000000000021"], "0x87 derived"],
    [
      "a line that names more tells more of the same guest",
      ["Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP", STATUS],
      "0x887 names",
    ],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      const { status } = onlyBoot(...lines);
      assert.equal(`0x${status?.value.toString(16) ?? ""} ${status?.how ?? ""}`, expected);
    });
  }

  it("is not put together from two guests' lists", () => {
    const { status } = onlyBoot(
      "vm1: SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ",
      "vm2: SEV: Status: SEV SEV-ES SEV-SNP SecureTSC ",
    );
    assert.deepEqual([status?.value, status?.how, status?.others], [0x807n, "names", [0x87n]]);
  });

  it("is a question to no kernel where only a lower bound without SEV-SNP is known", () => {
    for (const line of [
      "Memory Encryption Features active: AMD SEV",
      "SEV is active and system is using DMA bounce buffers",
    ]) {
      const asked = assessBoot(onlyBoot(line), chosen("6.6"));
      assert.equal(asked.assessment?.verdict ?? null, null);
      assert.match(textOf(bootReport(asked, null)), /Whether SEV-SNP is on is not in the log/u);
    }
    assert.equal(
      assessBoot(onlyBoot("SEV_STATUS: 0x3"), chosen("6.6")).assessment?.verdict?.outcome,
      "not-snp",
    );
  });

  it("says which other values contradict it, and is asked of no guest then", () => {
    const { status } = onlyBoot("SEV_STATUS: 0x7", "SEV_STATUS: 0x87");
    assert.deepEqual(status?.others, [0x7n]);
    const boot = onlyBoot("SEV_STATUS: 0x7", "SEV_STATUS: 0x887");
    assert.equal(assessBoot(boot, chosen("6.6")).assessment?.verdict ?? null, null);
  });
});

describe("the guest's kernel", () => {
  it("is the banner's in a guest's log", () => {
    assert.equal(onlyBoot(banner("6.12.77"), STATUS).kernel?.release, "6.12.77");
  });

  const hosts: readonly [string, string[]][] = [
    ["with KVM's lines", [REFUSED]],
    ["that read the register, which is 0 there", [UNTOLD, "# rdmsr 0xc0010131", "0"]],
    [
      "with a VMM's lines",
      ["SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2"],
    ],
    ["of what KVM supports", ["KVM sev_supported_vmsa_features: 0x20"]],
  ];
  for (const [title, lines] of hosts)
    it(`is not the banner's in a host's log ${title}`, () => {
      const [boot] = bootsOf(banner("6.18.2"), ...lines);
      assert.equal(boot?.kernel, null);
      assert.equal(boot.hostKernel?.release, "6.18.2");
    });

  it("is not the banner's where the kernel says that it has SEV guests to offer", () => {
    const lines = [banner("6.18.2"), "[    4.2] kvm_amd: SEV-SNP enabled (ASIDs 1 - 99)"];
    const [host, next] = bootsOf(...lines, banner("6.18.2"));
    assert.deepEqual([host?.side, host?.kernel], ["host", null]);
    assert.deepEqual([next?.side, next?.kernel?.release], [null, "6.18.2"]);
  });

  const VMM_START = 'level=info msg="Starting VM" sandbox=a subsystem=sandbox';
  const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
  const guests: readonly [string, string[]][] = [
    [
      "after its VMM's start",
      [VMM_START, banner("6.12.77"), "SEV-ES guest requested termination: 0x1:0x3"],
    ],
    [
      "after its firmware's start",
      [FIRMWARE, banner("6.12.77"), "SEV-ES guest requested termination: 0x1:0xa"],
    ],
    ["where its own lines follow KVM's", [banner("6.12.77"), UNTOLD, STATUS]],
  ];
  for (const [title, lines] of guests)
    it(`is the banner's ${title}`, () => {
      assert.equal(onlyBoot(...lines).kernel?.release, "6.12.77");
    });

  it("is the banner's after the lines of its VMM", () => {
    const boot = onlyBoot("SEV-SNP: requesting vmsa_features: 0x20", banner("6.12.77"));
    assert.equal(boot.kernel?.release, "6.12.77");
  });
});

describe("what a boot's lines tell of its end", () => {
  const cases: readonly [string, string[], RegExp][] = [
    [
      "a termination that is no refusal, by its meaning",
      ["SEV-ES guest requested termination: 0x1:0x3"],
      /guest terminated – 0x1:0x3 not running at VMPL0/u,
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
      /does not allow SEV_FEATURES BTBIsol$/u,
    ],
    [
      "SEV_FEATURES that the host does not support",
      ["check_sev_features: VMSA contains unsupported sev_features: 29, supported features: 221"],
      /does not support SEV_FEATURES RI$/u,
    ],
    [
      "hypervisor features that the SVSM misses",
      ["Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20"],
      /misses features of the hypervisor: SNP_MULTI_VMPL$/u,
    ],
    [
      "SEV_FEATURES of the second of two VMCBs",
      [
        "allowed_sev_features:8000000000000221",
        "guest_sev_features: 0000000000000221",
        "allowed_sev_features:8000000000000021",
        "guest_sev_features: 0000000000000221",
      ],
      /does not allow SEV_FEATURES SecureTSC$/u,
    ],
    [
      "what the SVSM refuses, and not the bare termination after it",
      [
        "[SVSM] ERROR: Unsupported features enabled: SECURE_TSC",
        "SEV-ES guest requested termination: 0x0:0x0",
      ],
      /the SVSM refuses to boot – does not support SecureTSC$/u,
    ],
    [
      "a reason that nothing defines",
      ["SEV-ES guest requested termination: 0x5:0x7"],
      /0x5:0x7, a reason that no source names/u,
    ],
    [
      "a reason that is none",
      ["SEV-ES guest requested termination: reason 0x7fe00020 info 0x800"],
      /a reason that the GHCB specification does not define/u,
    ],
    [
      "a guest whose VMCB allows what it has",
      ["allowed_sev_features:8000000000000021", "guest_sev_features: 0000000000000021"],
      /no termination in this log/u,
    ],
    ["a program that runs in the guest", ["# rdmsr 0xc0010131", "87"], /^booted$/u],
    [
      "a kernel that was asked about a value it runs with",
      [banner("6.12.77"), "SEV_STATUS: 0x887"],
      /^booted – although its own check should have refused this SEV_STATUS$/u,
    ],
    ["a host's kernel alone", [banner("6.12.77"), UNTOLD], /refused – the log does not name/u],
    [
      "what a host supports",
      ["KVM sev_supported_vmsa_features: 0x20"],
      /host only: what it supports/u,
    ],
    [
      "a kernel that tells no more",
      [banner("6.12.77")],
      /^kernel started – no SEV lines after it$/u,
    ],
    [
      "a launch that the firmware refused",
      ["sev_snp_launch_finish: SNP_LAUNCH_FINISH ret=-5 fw_error=11 'Bad measurement'"],
      /^not started – the secure processor's firmware refused .*0xb BAD_MEASUREMENT$/u,
    ],
    [
      "a launch that KVM refused",
      ["sev_snp_launch_start: SNP_LAUNCH_START ret=-22 fw_error=0 ''"],
      /^QEMU did not start the guest: the host kernel refused/u,
    ],
    [
      "a firmware that does not start",
      ["ccp 0000:49:00.1: SEV-SNP: failed to INIT rc -5, error 0x3"],
      /^host only: an error of the secure processor's firmware$/u,
    ],
    [
      "a failed guest request, which ends nothing",
      ["Detected error from ASP request. rc: -5, exitinfo2: 0x16"],
      /^booted with SEV-SNP on$/u,
    ],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      assert.match(plain(bootReport(assessBoot(onlyBoot(...lines), null), null).answer), expected);
    });
  }

  it("SNPActive is no feature that a host does not support: some programs leave it out", () => {
    const boot = onlyBoot("sev_supported_vmsa_features: 0x20", "requesting vmsa_features: 0x21");
    assert.doesNotMatch(plain(bootReport(assessBoot(boot, null), null).answer), /not started/u);
  });

  it("and its likely causes, where the reason alone does not tell", () => {
    const text = textOf(bootReport(assessBoot(onlyBoot("SystemEvent(6, [256])"), null), null));
    assert.match(text, /Possible cause, coconut-svsm/u);
    assert.match(text, /Look at/u);
  });

  it("and all that it tells of the hypervisor", () => {
    const text = textOf(
      bootReport(
        assessBoot(
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
    const profile = profileOf(guest);
    return textOf(bootReport(assessBoot(onlyBoot(...lines), profile), "a.log"));
  }

  it("agrees with the log of a kernel that runs", () => {
    const report = text(null, banner("6.14.0"), STATUS);
    assert.match(report, /booted – feature check passed/u);
    assert.match(report, /✓ As predicted: Linux 6\.14\.0 boots/u);
  });

  it("disagrees where the kernel got past a check that it should have failed", () => {
    assert.match(
      text(null, banner("6.12.80"), STATUS),
      /✗ Not as predicted: .* The kernel printed a line after its check/u,
    );
  });

  it("is no advice to a kernel that runs all the same", () => {
    assert.doesNotMatch(text(null, banner("6.12.80"), STATUS), /What to do/u);
    assert.match(text("6.6", "SEV_STATUS: 0x887"), /What to do/u);
  });

  it("neither agrees nor disagrees with the log of another kernel, which it names", () => {
    const report = text("6.18", banner("6.12.80"), STATUS);
    assert.match(report, /kernel in the log +Linux 6\.12\.80/u);
    assert.match(
      report,
      /Predicted: ✓ Linux 6\.18 \(chosen\) boots · ✗ Linux 6\.12\.80 \(banner, line 1\)/u,
    );
    assert.doesNotMatch(report, /As predicted|Not as predicted/u);
  });

  it("says whether a given guest can be the one that refused", () => {
    assert.match(
      text("6.18", REFUSED),
      /Linux 6\.18 does not refuse SecureTSC: another kernel refused/u,
    );
    assert.match(text("6.12.80", REFUSED), /fits this refusal/u);
  });

  it("agrees with a refusal of the same features", () => {
    const report = text("6.12.80", "SEV_STATUS: 0x887", REFUSED);
    assert.match(report, /refused – missing SecureTSC/u);
    assert.match(report, /✓ As predicted/u);
    assert.match(report, /Remove secure-tsc=on/u);
  });

  it("is none for what the Hyper-V code makes up, nor for the register that its kernel does not see", () => {
    assert.equal(
      assessBoot(onlyBoot("SEV: Status: vTom "), chosen("6.6")).assessment?.verdict ?? null,
      null,
    );
    const read = ["SEV: Status: vTom ", "Successfully read MSR 0xc0010131 on CPU 0: 0x103df"];
    assert.equal(assessBoot(onlyBoot(...read), chosen("6.6")).assessment?.verdict ?? null, null);
    assert.match(text("6.6", ...read), /its kernel does not see the register/u);
  });

  it("is none for a guest with vTom whose kernel is too old to make it up", () => {
    const azure = ["Memory Encryption Features active: AMD SEV", "# rdmsr 0xc0010131", "103df"];
    const asked = assessBoot(onlyBoot(...azure), chosen("6.6"));
    assert.equal(asked.assessment?.verdict ?? null, null);
    assert.ok(!isRefused(asked));
  });

  it("is none where the kernel's own line contradicts the register", () => {
    const report = text("6.6", STATUS, "SEV_STATUS: 0x87");
    assert.match(report, /Other SEV_STATUS values stand in the same boot: 0x887/u);
    assert.doesNotMatch(report, /Predicted/u);
  });

  it("does not agree with a log in which somebody failed beside the guest that runs", () => {
    const check = "VMSA contains unsupported sev_features: 29, supported features: 221";
    const report = text("6.14", STATUS, check);
    assert.match(report, /booted.* · besides, not started – .*RI$/mu);
    assert.doesNotMatch(report, /As predicted/u);
  });

  it("lists some of very many values, and takes no time for them", () => {
    const lines = Array.from(
      { length: 5000 },
      (_, n) => `SEV_STATUS: 0x${(8 * n + 7).toString(16)}`,
    );
    assert.ok(text(null, ...lines).length < 5000);
  });

  it("is no other guest's, whichever line comes first", () => {
    const report = text(null, REFUSED, "[    0.5] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ");
    assert.match(report, /booted.* · another guest refused to boot – missing SecureTSC/u);
  });

  it("counts as refused by the log or by prediction", () => {
    const guest = chosen("6.12.80");
    const refused = (...lines: readonly string[]) =>
      isRefused(assessBoot(onlyBoot(...lines), guest));
    assert.ok(refused(REFUSED));
    assert.ok(refused("SEV_STATUS: 0x887"));
    assert.ok(refused("kvm: vcpu0, vmgexit: exit code 0x8000fffe is not valid"));
    assert.ok(refused("[SVSM] ERROR: Unsupported features enabled: SECURE_TSC"));
    assert.ok(refused("[SVSM] ERROR: Panic: Required SEV features not available"));
    assert.ok(refused("VMSA contains unsupported sev_features: 29, supported features: 221"));
    assert.ok(!refused("SEV-ES guest requested termination: reason 0x7fe00020 info 0x800"));
    assert.ok(!refused("[SVSM] the hypervisor doesn't support GHCB version 2 (min: 1, max: 1)"));
    assert.ok(!refused("SEV_STATUS: 0x87"));
    assert.ok(!refused("SEV-ES guest requested termination: 0x1:0x2"));
  });
});

describe("the ends of guests", () => {
  const MSR = "kvm_amd: SEV-ES guest requested termination: 0x0:0x2";
  const VMM_END = "SystemEvent(6, [131328])";
  const NO_INPUT = UNTOLD.replace("is not valid", "input is not valid");
  const DUMP = [
    "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:",
    "kvm_amd: sw_exit_code        000000008000fffe is_valid: 1",
    "kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1",
    "kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
  ];
  const cases: readonly [string, string[], number][] = [
    ["KVM and the VMM above it speak of one", [MSR, "SystemEvent(6, [131328])"], 1],
    ["KVM finds no input of an exit, and dumps the GHCB", [NO_INPUT, ...DUMP], 1],
    ["a VMM's line comes before KVM's", [VMM_END, MSR, VMM_END, MSR], 2],
    ["KVM has two messages, which are never of one", [REFUSED, UNTOLD], 2],
    ["KVM does not know an exit code, of which it dumps nothing", [UNTOLD, ...DUMP], 2],
    [
      "two programs speak of each, one after the other",
      [MSR, MSR, "SystemEvent(6, [131328])", "SystemEvent(6, [131328])"],
      2,
    ],
    [
      "the tracepoints show a request and what KVM left of it",
      [
        "kvm_vmgexit_msr_protocol_enter: vcpu 0, ghcb_gpa 0000000000020100",
        "kvm_vmgexit_msr_protocol_exit: vcpu 0, ghcb_gpa 0000000000020100, result 0",
      ],
      1,
    ],
    [
      "cloud-hypervisor logs one and gives it as its error",
      [
        "GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2",
        "Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)",
      ],
      1,
    ],
    ["a program says the same thing twice", [MSR, MSR], 2],
    ["one program speaks of one and the next of another", [MSR, "SystemEvent(6, [256])"], 2],
    [
      "two lines have other masks",
      [REFUSED, ...DUMP.slice(0, 3), "kvm_amd: sw_exit_info_2      0000000000000080 is_valid: 1"],
      2,
    ],
    [
      "much was logged between",
      [
        MSR,
        ...Array.from({ length: 9 }, () => "audit: something else"),
        "SystemEvent(6, [131328])",
      ],
      2,
    ],
  ];
  for (const [title, lines, expected] of cases)
    it(`are ${expected} where ${title}`, () => {
      assert.equal(onlyBoot(...lines).endings.length, expected);
    });

  it("are told with all that their lines tell, and where those are", () => {
    const [ending] = onlyBoot(NO_INPUT, ...DUMP).endings;
    assert.deepEqual([ending?.unsupported, ending?.line, ending?.otherLines], [0x800n, 1, [0]]);
  });

  const BOOTS: readonly [string, string[], string[]][] = [
    [
      "is refused before the kernel that prints starts",
      [REFUSED, banner("6.18.2"), STATUS],
      ["refused", "booted – feature check passed"],
    ],
    [
      "is another's than the kernel's that prints before a refusal",
      [banner("6.14.0"), STATUS, REFUSED],
      ["booted – feature check passed · another guest refused to boot – missing SecureTSC"],
    ],
    [
      "is another's than the kernel's whose banner stands there",
      [
        "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
        banner("6.12.80"),
        "SEV_STATUS: 0x87",
        REFUSED,
      ],
      ["another guest refused to boot – missing SecureTSC"],
    ],
    [
      "is another's than the kernel's that says no more",
      ["SecCoreStartupWithStack(0xFFFCC000, 0x820000)", banner("6.12.80"), REFUSED],
      ["kernel started · another guest refused to boot – missing SecureTSC"],
    ],
    [
      "ends for another reason while its kernel runs",
      [banner("6.14.0"), STATUS, "SEV-ES guest requested termination: 0x1:0x3"],
      ["terminated"],
    ],
    [
      "is refused again and again in a host's log",
      [banner("6.18.2"), REFUSED, REFUSED],
      ["2 guests refused to boot – all for SecureTSC"],
    ],
  ];
  for (const [title, lines, expected] of BOOTS)
    it(`belong to the boot that ${title}`, () => {
      const answers = bootsOf(...lines).map((boot) =>
        plain(bootReport(assessBoot(boot, null), null).answer),
      );
      assert.equal(answers.length, expected.length);
      for (const [index, word] of expected.entries()) assert.ok(answers[index]?.includes(word));
    });
});

describe("what else a boot's log holds", () => {
  const text = (...lines: readonly string[]) =>
    textOf(bootReport(assessBoot(onlyBoot(...lines), null), null));

  it("is listed where it is an error of a guest request", () => {
    const line = "Detected error from ASP request. rc: -5, exitinfo2: 0x200000000";
    assert.match(text(line), /request error +line 1 +firmware 0x0 SUCCESS, VMM 0x2 BUSY/u);
  });

  it("is counted where it is an exit that ends nothing", () => {
    const exit = "kvm_vmgexit_enter: vcpu 0, exit_reason 7b, exit_info1 20, exit_info2 800";
    assert.match(text(exit), /exit +line 1 +0x7b IOIO/u);
    assert.match(text(exit, exit), /2 exits +lines 1 to 2 +0x7b IOIO/u);
  });
});

describe("a boot that is not over yet", () => {
  it("is told of as far as it is known, and goes on", () => {
    const log = new ReadLog();
    assert.deepEqual(log.driver.soFar(), []);
    log.lines(banner("6.12.80"));
    assert.equal(log.driver.soFar()[0]?.isRunning, false);
    log.lines(STATUS);
    assert.equal(log.driver.soFar()[0]?.isRunning, true);
    log.end();
    assert.deepEqual(log.boots, bootsOf(banner("6.12.80"), STATUS));
    assert.deepEqual(log.driver.soFar(), []);
  });
});

describe("a termination as QEMU 11 tells it", () => {
  const event = (set: number, code: number) =>
    `{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": ${set}, "code": ${code}}}}`;
  const MSR = "kvm_amd: SEV-ES guest requested termination: 0x0:0x2";
  const told = (...lines: readonly string[]) => {
    const boot = onlyBoot(...lines);
    const { outcome } = assessBoot(boot, null);
    const ends = boot.endings.map(({ via, reason, unsupported, isLikely }) =>
      [
        via,
        reason === null ? "-" : `${reason.set}:${reason.code}`,
        unsupported ?? "-",
        isLikely === true ? "likely" : "",
      ]
        .join(" ")
        .trim(),
    );
    return `${outcome.kind}: ${ends.join(", ")}`;
  };

  it("is no refusal by itself, whatever the digits say", () => {
    assert.equal(told(event(11, 237)), "terminated: nae - - likely");
    assert.equal(told(event(0, 2)), "terminated: msr 0:2 - likely");
    assert.equal(isRefused(assessBoot(onlyBoot(event(0, 2)), null)), false);
  });

  it("is what KVM says beside it", () => {
    assert.equal(told(REFUSED, event(11, 237)), "refused: nae 0:2 2048");
    assert.equal(told(event(11, 237), REFUSED), "refused: nae 0:2 2048");
    // The address of a GHCB can look like a known reason.
    assert.equal(told(REFUSED, event(1, 3)), "refused: nae 0:2 2048");
    assert.equal(told(MSR, event(0, 2)), "refused: msr 0:2 -");
    assert.equal(
      told("SEV termination (reason set: 11 code: 237)", event(11, 237)),
      "terminated: nae - - likely",
    );
  });

  it("is another end where KVM's reason by the GHCB MSR is another one", () => {
    assert.equal(told(MSR, event(1, 3)), "terminations: msr 0:2 -, msr 1:3 - likely");
  });

  it("says how far the digits are to be believed", () => {
    const notes = (...lines: readonly string[]) =>
      bootReport(assessBoot(onlyBoot(...lines), null), null)
        .notes.map(plain)
        .join(" ");
    assert.match(notes(event(11, 237)), /most likely digits of that address/u);
    assert.match(notes(event(0, 0)), /likely a true one/u);
    assert.doesNotMatch(notes(MSR), /address/u);
  });
});

describe("a termination on a host without KVM", () => {
  const all = (text: string) => {
    const log = readLog(...text.split("\n"));
    const boots = log.boots.map((boot) => textOf(bootReport(assessBoot(boot, null), null)));
    const hovers = log.findings.flatMap(({ fact, tokens }) =>
      tokens.flatMap(({ field }) => {
        const { consequences, notes } = reportOnToken(fact, field, null);
        return [...consequences, ...notes].map(plain);
      }),
    );
    return [...boots, ...hovers, ...jsonOf(text).map((json) => JSON.stringify(json))].join("\n");
  };
  const lines = [
    "GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe",
    "GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2",
    "GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x1100, reason_set=1, reason_val=0",
    "Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=1, reason_val=5)",
    "Unsupported VMGEXIT operation: 100",
    "not implemented: ghcb info SHUTDOWN_REQUEST",
    "Invalid ghcb message.\n ghcb_msr GhcbMsr { info: 0, pfn: 32, .. }\n sw_exit_code 2147549182\n sw_exit_info1 32\n sw_exit_info2 2048",
  ];
  for (const line of lines)
    it(`sends nobody to KVM or QEMU: ${line.slice(0, 60)}`, () => {
      const told = all(line).replaceAll("not KVM", "");
      assert.doesNotMatch(told, /kvm_amd|KVM_SEV|KVM \d|\bKVM before|kvm_vmgexit|\bQEMU,|libvirt/u);
    });

  it("is told apart from one with KVM, whoever the VMM is", () => {
    const openvmm =
      "SEV guest requested termination: ghcb_msr=0x7fedb000 reason_set=0xb reason=0xed";
    assert.match(all(openvmm), /kvm_vmgexit_enter/u);
    assert.match(all(lines[0] ?? ""), /Microsoft's hypervisor/u);
  });
});

describe("an error of the secure processor's firmware", () => {
  const report = (...lines: readonly string[]) =>
    bootReport(assessBoot(onlyBoot(...lines), null), null);
  const adviceOf = (line: string) => report(line).advice.flatMap(({ ways }) => ways.map(plain));

  it("says what to look at where the host's driver could not start the firmware", () => {
    const ways = adviceOf("ccp 0000:47:00.1: SEV-SNP: failed to INIT rc -5, error 0x3").join(" ");
    assert.match(ways, /SNP Memory Coverage/u);
    assert.match(ways, /explain firmware-error/u);
  });

  it("says no such thing of other errors", () => {
    for (const line of [
      "Command Unsuccessful: 0x16",
      "Known SEV FW Error: Status Code: 0x16: Given parameter is invalid.",
      "qemu-system-x86_64: SNP_LAUNCH_FINISH ret=-5 fw_error=11 'Bad measurement'",
      "sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x16",
    ])
      assert.deepEqual(adviceOf(line), [], line);
  });

  it("shows SEV-SNP on where the guest's driver reports it", () => {
    const error = "sev-guest sev-guest: Detected error from ASP request. rc: -5, fw_err: 255";
    const { notes, answer } = report(error);
    assert.match(plain(answer), /booted with SEV-SNP on/u);
    assert.match(notes.map(plain).join(" "), /no answer of the firmware came/u);
  });
});
