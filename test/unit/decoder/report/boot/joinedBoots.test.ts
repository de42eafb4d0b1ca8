import assert from "node:assert/strict";
import type { Choice } from "../../../../../src/decoder/boot/assessed";
import { assessBoot } from "../../../../../src/decoder/boot/assessed";
import { LogWriters } from "../../../../../src/decoder/boot/writers";
import { BootJoiner } from "../../../../../src/decoder/report/boot/joinedBoots";
import { answerText } from "../../../../../src/decoder/report/render/answerText";
import { readLog } from "../../log/findings";
import { chosen } from "../logs";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const PANIC =
  '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 11, "code": 237}}}';
const STATUS = "SEV_STATUS: 0x887";
const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
const BANNER =
  "[    0.000000] Linux version 6.12.80 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";

interface Log {
  readonly file: string;
  readonly lines: readonly string[];
  readonly choice?: Choice | null;
}

/** What logs show together. */
function joinedText(...logs: readonly Log[]): string {
  const joiner = new BootJoiner();
  for (const { file, lines, choice = null } of logs) {
    const { boots, silent, findings, hosts } = readLog(...lines);
    const writers = new LogWriters();
    for (const finding of findings) writers.add(finding);
    joiner.nextLog(writers);
    for (const name of hosts) joiner.addHost(name);
    for (const boot of boots) joiner.add(assessBoot(boot, choice), file);
    for (const one of silent) joiner.addSilent(one, file);
  }
  const answer = joiner.answer();
  return answer === null ? "" : answerText(answer, "with sources");
}

/** What a host's log and a guest's log show together. */
function together(
  host: readonly string[],
  guest: readonly string[],
  kernel: string | null = "6.12.80",
): string {
  return joinedText(
    { file: "host.log", lines: host, choice: chosen("6.12.80") },
    { file: "serial.log", lines: guest, choice: kernel === null ? null : chosen(kernel) },
  );
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

function journal(host: string, text: string, program = "kernel"): string {
  return `Nov 27 10:05:00 ${host} ${program}: ${text}`;
}

function libvirt(host: string): string {
  return `2026-11-27 10:04:50.123+0000: starting up libvirt version: 10.0.0, package: 10.0.0-2ubuntu8.4, qemu version: 8.2.2, kernel: 6.8.0-45-generic, hostname: ${host}`;
}

describe("logs of several hosts", () => {
  const GUEST: Log = { file: "serial.log", lines: [STATUS], choice: chosen("6.12.80") };
  const cases: readonly [string, string[][], RegExp][] = [
    [
      "a kernel's log and another host's domain log",
      [[journal("hostA", REFUSED)], [libvirt("hostB.example.org")]],
      /^Not joined: \? .* name hostA and hostB\.example\.org, so whether/u,
    ],
    [
      "two hosts in one collector's file",
      [
        [
          journal("hostA", REFUSED),
          journal("hostB", "vcpu: hung", "qemu-kvm[7]"),
          journal("hostB", PANIC, "virtqemud[7]"),
        ],
      ],
      /^Not joined: \? .* name hostA and hostB, /u,
    ],
    [
      "the logs of two kernels",
      [[journal("hostA", REFUSED)], [journal("hostB", REFUSED)]],
      /^Not joined: \? .* name hostA and hostB, /u,
    ],
    [
      "two full names that begin alike",
      [[journal("node1.a.example", REFUSED)], [libvirt("node1")], [libvirt("node1.b.example")]],
      /^Not joined: \? .* name node1\.a\.example and node1\.b\.example, /u,
    ],
    ["one name twice", [[journal("hostA", REFUSED)], [libvirt("hostA")]], /one boot: refused/u],
    [
      "a short and a full name",
      [[journal("HostA", REFUSED)], [libvirt("hosta.example.org")]],
      /one boot: refused/u,
    ],
    ["no name on one side", [[REFUSED], [libvirt("hostB")]], /one boot: refused/u],
    [
      "a machine without a name yet",
      [[journal("localhost", REFUSED)], [libvirt("hostB")]],
      /one boot: refused/u,
    ],
    [
      "a name that begins like another one",
      [[journal("host1", REFUSED)], [libvirt("host10")]],
      /^Not joined: \? .* name host1 and host10, /u,
    ],
  ];
  for (const [title, hosts, expected] of cases) {
    it(`are joined only where it is certain: ${title}`, () => {
      const logs = hosts.map((lines, index) => ({ file: `host${index}.log`, lines }));
      assert.match(joinedText(...logs, GUEST), expected);
    });
  }

  it("the guest's own name is not the host's", () => {
    const guest = { ...GUEST, lines: [journal("vm1", STATUS), journal("vm1", STATUS, "dmesg[9]")] };
    assert.match(
      joinedText({ file: "host.log", lines: [journal("hostA", REFUSED)] }, guest),
      /one boot: refused/u,
    );
  });
});

describe("a host kernel's log and a VMM's log", () => {
  const UNTOLD = "KVM: unknown exit reason 24";
  const ENDED = "kvm_amd: SEV-ES guest requested termination: 0x0:0x0";
  const kernel = (...lines: string[]): Log => ({ file: "kern.log", lines });
  const vmm = (...lines: string[]): Log => ({ file: "vm1.log", lines });
  const ONE = /^kern\.log, line 1; vm1\.log, line 1: ✗ one guest's end: /u;
  const cases: readonly [string, Log[], RegExp][] = [
    ["a refusal and an end without its reason", [kernel(REFUSED), vmm(UNTOLD)], ONE],
    ["the VMM's log first", [vmm(UNTOLD), kernel(REFUSED)], ONE],
    ["another reason than a refusal", [kernel(ENDED), vmm(UNTOLD)], ONE],
    ["a panic event with digits of an address", [kernel(REFUSED), vmm(PANIC)], ONE],
    [
      "one machine by its names",
      [kernel(journal("hostA", REFUSED)), vmm(libvirt("hostA.example.org"), UNTOLD)],
      /^kern\.log, line 1; vm1\.log, line 2: ✗ one guest's end: refused – missing SecureTSC/u,
    ],
    [
      "two machines by their names",
      [kernel(journal("hostA", REFUSED)), vmm(libvirt("hostB"), UNTOLD)],
      /^Not joined: \? .* name hostA and hostB, /u,
    ],
    [
      "two ends of the VMM",
      [kernel(REFUSED), vmm(UNTOLD, UNTOLD)],
      /^Not joined: \? .* has 1 end of guests and the VMMs' 2 ends, /u,
    ],
    [
      "two VMMs",
      [kernel(REFUSED), vmm(UNTOLD), { file: "vm2.log", lines: [UNTOLD] }],
      /^Not joined: \? .* has 1 end of guests and the VMMs' 2 ends, /u,
    ],
    [
      "another end in the kernel's log",
      [kernel(REFUSED, "", "", "", "", "", "", ENDED), vmm(UNTOLD)],
      /^Not joined: \? .* has 2 ends of guests and the VMMs' 1 end, /u,
    ],
    [
      "two reasons that differ",
      [
        kernel(REFUSED),
        vmm("SEV guest requested termination: ghcb_msr=0x100 reason_set=0x0 reason=0x0"),
      ],
      /^Not joined: \? .* do not give the same reason/u,
    ],
    [
      "a guest that has passed its check",
      [kernel(REFUSED), vmm(BANNER, "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ", UNTOLD)],
      /^Not joined: \? .* has passed its check/u,
    ],
    [
      "a mask that the guest does not have on",
      [kernel(REFUSED), vmm("SEV_STATUS: 0x87", UNTOLD)],
      /^Not joined: \? .* are off in the SEV_STATUS/u,
    ],
    [
      "an end in one of them alone",
      [kernel("kvm_amd: SEV-ES enabled (ASIDs 1 - 9)"), vmm(UNTOLD)],
      /^$/u,
    ],
    ["another exit reason", [kernel(REFUSED), vmm("KVM: unknown exit reason 42")], /^$/u],
  ];
  for (const [title, logs, expected] of cases) {
    it(`are told as one end only where it is certain: ${title}`, () => {
      assert.match(joinedText(...logs), expected);
    });
  }

  const GUEST: Log = { file: "serial.log", lines: [STATUS], choice: chosen("6.12.80") };
  const withGuest: readonly [string, Log[], RegExp][] = [
    [
      "one end of each",
      [kernel(REFUSED), vmm(UNTOLD)],
      /^kern\.log, line 1; vm1\.log, line 1 and serial\.log, boot 1: ✗ one boot: refused/u,
    ],
    [
      "more ends in the VMM's log",
      [kernel(REFUSED), vmm(UNTOLD, UNTOLD)],
      /^Not joined: \? the host's side has 2 possible refusals and the guest's 1 boot /u,
    ],
    [
      "more ends in the kernel's log",
      [kernel(REFUSED, "", "", "", "", "", "", ENDED), vmm(UNTOLD)],
      /^kern\.log, line 1 and serial\.log, boot 1: ✗ one boot: refused[\s\S]*the VMMs' 1 end, so which/u,
    ],
    [
      "ends that differ",
      [
        kernel(REFUSED),
        vmm("SEV guest requested termination: ghcb_msr=0x100 reason_set=0x0 reason=0x0"),
      ],
      /^Not joined: \? .* do not give the same reason/u,
    ],
  ];
  for (const [title, logs, expected] of withGuest) {
    it(`stand beside a guest's log with ${title}`, () => {
      assert.match(joinedText(...logs, GUEST), expected);
    });
  }
});
