import assert from "node:assert/strict";
import { LogWriters } from "../../../../src/decoder/boot/writers";
import { readLog } from "../log/findings";

function writersOf(...lines: readonly string[]): LogWriters {
  const writers = new LogWriters();
  const { findings, boots, silent } = readLog(...lines);
  for (const finding of findings) writers.add(finding);
  for (const boot of boots) writers.addBoot(boot);
  for (const one of silent) writers.addSilent(one);
  return writers;
}

const BANNER = "[    0.000000] Linux version 6.12.80 (builder@host) (gcc 14.2.0) #1 SMP";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";
const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
const KVM = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const PANIC =
  '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 0, "code": 2}}}';
const SVSM_EMPTY =
  "Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20";

describe("who wrote a log", () => {
  const cases: readonly [string, string[], string[]][] = [
    ["KVM is the host's kernel", [KVM], ["host kernel"]],
    [
      "the driver of the firmware is the host's kernel too",
      ["ccp 0000:49:00.1: SEV-SNP: failed to INIT rc -5, error 0x3"],
      ["host kernel"],
    ],
    ["a VMM's report", [PANIC], ["QEMU"]],
    ["a VMM's log with the host's lines in it", [PANIC, KVM], ["host kernel", "QEMU"]],
    ["a guest's kernel that runs", [BANNER, STATUS], ["guest kernel"]],
    ["a banner alone may be the host's or the guest's", [BANNER], ["kernel"]],
    ["a host's kernel with its banner", [BANNER, KVM], ["host kernel"]],
    ["firmware and nothing else", [FIRMWARE], ["firmware"]],
    [
      "firmware and the kernel that it started",
      [FIRMWARE, BANNER, STATUS],
      ["firmware", "guest kernel"],
    ],
    ["an SVSM", [SVSM_EMPTY], ["SVSM"]],
    ["a value without a writer", ["SEV_STATUS: 0x887"], []],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      assert.deepEqual(writersOf(...lines).all, expected);
    });
  }

  it("is VMMs alone only where no kernel of a host wrote in it", () => {
    assert.equal(writersOf(PANIC).areVmms, true);
    assert.equal(writersOf(PANIC, KVM).areVmms, false);
    assert.equal(writersOf(STATUS).areVmms, false);
  });
});
