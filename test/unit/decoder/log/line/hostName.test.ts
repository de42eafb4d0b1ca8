import assert from "node:assert/strict";
import { HostNames } from "../../../../../src/decoder/log/line/hostName";
import { readLog } from "../findings";

const KVM = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const QEMU = "KVM: unknown exit reason 24";

/** The host's name as a line gives it. */
function named(line: string): string {
  return readLog(line).hosts.join(" ");
}

describe("the host's name on a line", () => {
  const cases: readonly [string, string, string][] = [
    ["syslog", `Nov 27 10:00:00 hostA kernel: ${KVM}`, "hostA"],
    [
      "syslog with the kernel's time",
      `Nov 27 10:00:00 hostA kernel: [  12.345678] ${KVM}`,
      "hostA",
    ],
    [
      "an ISO time",
      `2026-11-27T10:00:00.123456+00:00 host-a.example.org kernel: ${KVM}`,
      "host-a.example.org",
    ],
    ["a monotonic time", `[  512.104233] hostA kernel: ${KVM}`, "hostA"],
    ["a VMM in the journal", `Nov 27 10:00:00 hostA qemu-system-x86_64[77]: ${QEMU}`, "hostA"],
    [
      "an entry as JSON",
      `{"_HOSTNAME":"hostA","SYSLOG_IDENTIFIER":"kernel","MESSAGE":"${KVM}"}`,
      "hostA",
    ],
    [
      "a VMM's entry as JSON",
      `{"MESSAGE" : "${QEMU}", "_HOSTNAME" : "hostA", "SYSLOG_IDENTIFIER" : "qemu"}`,
      "hostA",
    ],
    [
      "libvirt's first line",
      "2026-11-27 10:04:50.123+0000: starting up libvirt version: 10.0.0, package: 1, qemu version: 8.2.2, kernel: 6.8.0-45-generic, hostname: hostB.example.org",
      "hostB.example.org",
    ],
    [
      "a collector's prefix before the host's",
      `Nov 27 10:00:01 collector rsyslogd: Nov 27 10:00:00 hostA kernel: ${KVM}`,
      "hostA",
    ],
    ["no prefix", KVM, ""],
    ["a journal without names", `Nov 27 10:00:00 kernel: ${KVM}`, ""],
    ["a VMM's journal without names", `Nov 27 10:00:00 qemu-system-x86_64[77]: ${QEMU}`, ""],
    ["a VMM's own time and name", `2026-11-27T10:00:00.679347Z qemu-system-x86_64: ${QEMU}`, ""],
    ["a machine without a name yet", `Nov 27 10:00:00 localhost.localdomain kernel: ${KVM}`, ""],
    ["an address in place of a name", `Nov 27 10:00:00 192.0.2.7 kernel: ${KVM}`, ""],
    [
      "a console that a program passes on",
      `Nov 27 10:00:00 console1 conserver[9]: [  12.345678] ${KVM}`,
      "",
    ],
    [
      "the same as JSON",
      `{"_HOSTNAME":"console1","SYSLOG_IDENTIFIER":"conserver","MESSAGE":"${KVM}"}`,
      "",
    ],
    ["a guest's kernel", "Nov 27 10:00:00 vm1 kernel: SEV: Status: SEV SEV-ES SEV-SNP", ""],
    [
      "a machine that starts",
      "Nov 27 10:00:00 fedora kernel: kvm_amd: SEV-SNP enabled (ASIDs 1 - 99)",
      "",
    ],
    [
      "another line of libvirt's",
      "2026-11-27 10:04:50.123+0000: shutting down, reason=crashed, hostname: hostB",
      "",
    ],
  ];
  for (const [title, line, expected] of cases) {
    it(`${title}: ${expected === "" ? "none" : expected}`, () => {
      assert.equal(named(line), expected);
    });
  }
});

describe("names of machines", () => {
  const cases: readonly [string, string[], string[]][] = [
    ["one", ["hostA", "hostA"], ["hostA"]],
    ["short and full", ["hostA", "HOSTA.example.org", "hosta"], ["HOSTA.example.org"]],
    ["a beginning is not the same", ["host1", "host10", "host1-b"], ["host1", "host10"]],
    ["full names that differ", ["a", "a.x", "a.y"], ["a.x", "a.y"]],
    ["no more than two are kept", ["a", "b", "c", "d"], ["a", "b"]],
  ];
  for (const [title, names, expected] of cases) {
    it(title, () => {
      const hosts = new HostNames();
      for (const name of names) hosts.add(name);
      assert.deepEqual(hosts.all, expected);
    });
  }
});
