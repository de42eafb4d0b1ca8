// A log as a Linux host writes it, made up and the same every time: ordinary lines, and now and then the lines of
// test/logs, which say something.
import { readFileSync } from "node:fs";
import path from "node:path";

const SAMPLES = path.resolve(import.meta.dirname, "..", "test", "logs");

/** How many ordinary lines stand between the lines of two such logs; the first comes early, in the smallest log. */
const ORDINARY = 100_000;

/** Numbers that look random, the same every time (mulberry32). */
class Numbers {
  #state;

  /** @param {number} seed */
  constructor(seed) {
    this.#state = seed;
  }

  /**
   * A whole number from 0, less than `end`.
   * @param {number} end
   */
  below(end) {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end);
  }

  /** @param {number} digits */
  hex(digits) {
    let text = "";
    while (text.length < digits) text += this.below(0x1000).toString(16).padStart(3, "0");
    return text.slice(0, digits);
  }

  /**
   * @template T
   * @param {readonly T[]} list
   */
  of(list) {
    return /** @type {T} */ (list[this.below(list.length)]);
  }
}

const DRIVERS = ["nvme", "ahci", "xhci_hcd", "mlx5_core", "ixgbe", "i40e", "megaraid_sas", "ast"];
const INTERFACES = ["eth0", "enp65s0f0", "enp65s0f1np1", "bond0", "vmbr0", "tap117i0", "docker0"];
const UNITS = ["chronyd", "sshd", "libvirtd", "systemd-journald", "cron", "irqbalance", "rsyslogd"];
const STATES = ["blocking", "listening", "learning", "forwarding", "disabled"];

/** @type {readonly ((n: Numbers) => string)[]} */
const MESSAGES = [
  (n) => `pci 0000:${n.hex(2)}:00.${n.below(8)}: [1022:${n.hex(4)}] type 00 class 0x0${n.hex(5)}`,
  (n) =>
    `pci 0000:${n.hex(2)}:0${n.below(8)}.0: BAR ${n.below(6)} [mem 0x${n.hex(8)}-0x${n.hex(8)} 64bit pref]: assigned`,
  (n) =>
    `BIOS-e820: [mem 0x${n.hex(16)}-0x${n.hex(16)}] ${n.of(["usable", "reserved", "ACPI data", "ACPI NVS"])}`,
  (n) => `node ${n.below(8)}: [mem 0x${n.hex(16)}-0x${n.hex(16)}]`,
  (n) => `${n.of(DRIVERS)} 0000:${n.hex(2)}:00.0: enabling device (0000 -> 0002)`,
  (n) => `${n.of(DRIVERS)} 0000:${n.hex(2)}:00.0: ${n.below(64)}/0/0 default/read/poll queues`,
  (n) =>
    `${n.of(INTERFACES)}: port ${n.below(48)}(tap${n.below(200)}i0) entered ${n.of(STATES)} state`,
  (n) =>
    `${n.of(INTERFACES)}: Link is Up - 25Gbps/Full - flow control rx/tx, mtu ${1500 + n.below(8000)}`,
  (n) => `IPv6: ADDRCONF(NETDEV_CHANGE): ${n.of(INTERFACES)}: link becomes ready`,
  (n) =>
    `audit: type=1400 audit(17${n.below(1e8)}.${n.below(1000)}:${n.below(1e5)}): apparmor="STATUS" operation="profile_load" profile="unconfined" name="${n.of(UNITS)}" pid=${n.below(1e5)} comm="apparmor_parser"`,
  (n) =>
    `audit: type=1131 audit(17${n.below(1e8)}.${n.below(1000)}:${n.below(1e5)}): pid=1 uid=0 auid=4294967295 ses=4294967295 msg='unit=${n.of(UNITS)} comm="systemd" exe="/usr/lib/systemd/systemd" hostname=? addr=? terminal=? res=success'`,
  (n) => `systemd[1]: Started ${n.of(UNITS)}.service - a service of this machine.`,
  (n) => `systemd[1]: ${n.of(UNITS)}.service: Deactivated successfully, after ${n.below(5000)}ms.`,
  (n) =>
    `EXT4-fs (dm-${n.below(30)}): mounted filesystem ${n.hex(8)}-${n.hex(4)} r/w with ordered data mode.`,
  (n) => `XFS (nvme${n.below(8)}n1p${n.below(4)}): Ending clean mount`,
  (n) =>
    `usb ${n.below(4)}-${n.below(12)}: new high-speed USB device number ${n.below(127)} using xhci_hcd`,
  (n) =>
    `usb ${n.below(4)}-${n.below(12)}: New USB device found, idVendor=${n.hex(4)}, idProduct=${n.hex(4)}`,
  (n) =>
    `perf: interrupt took too long (${n.below(9000)} > ${n.below(9000)}), lowering the sample rate`,
  (n) =>
    `TCP: request_sock_TCP: Possible SYN flooding on port 0.0.0.0:${n.below(65536)}. Sending cookies.`,
  (n) =>
    `[UFW BLOCK] IN=${n.of(INTERFACES)} OUT= SRC=10.0.${n.below(256)}.${n.below(256)} DST=10.1.${n.below(256)}.${n.below(256)} LEN=${n.below(1500)} TTL=64 ID=${n.below(65536)} DF PROTO=TCP SPT=${n.below(65536)} DPT=22 WINDOW=64240 RES=0x00 SYN URGP=0`,
  (n) =>
    `BUG: soft lockup - CPU#${n.below(256)} stuck for ${20 + n.below(60)}s! [kworker/${n.below(256)}:${n.below(8)}:${n.below(1e5)}]`,
  (n) => `RIP: 0010:native_queued_spin_lock_slowpath+0x${n.hex(3)}/0x${n.hex(3)}`,
  (n) => `RAX: ${n.hex(16)} RBX: ${n.hex(16)} RCX: ${n.hex(16)}`,
  (n) => `RDX: ${n.hex(16)} RSI: ${n.hex(16)} RDI: ${n.hex(16)}`,
  (n) => `Code: ${Array.from({ length: 42 }, () => n.hex(2)).join(" ")}`,
  (n) =>
    ` ${n.of(["do_syscall_64", "entry_SYSCALL_64_after_hwframe", "vfs_read", "ksys_write", "__schedule", "asm_exc_page_fault"])}+0x${n.hex(2)}/0x${n.hex(3)}`,
  (n) =>
    `kvm_amd: vcpu ${n.below(128)} of guest ${n.below(5000)}: unhandled rdmsr: 0xc00${n.hex(5)}`,
  (n) => `kvm [${n.below(1e5)}]: ignored wrmsr: 0x${n.hex(3)} data 0x${n.hex(8)}`,
  (n) =>
    `EDAC MC${n.below(8)}: ${n.below(4)} CE on mc#${n.below(8)}csrow#${n.below(4)}channel#${n.below(8)} (page:0x${n.hex(6)} offset:0x${n.hex(3)} grain:64 syndrome:0x0)`,
  (n) =>
    `mce: [Hardware Error]: CPU ${n.below(256)}: Machine Check: 0 Bank ${n.below(32)}: ${n.hex(16)}`,
  (n) => `ACPI: \\_SB_.PCI0.GP${n.below(20)}: Enabled ${n.below(4)} GPEs in block 00 to 1F`,
  (n) =>
    `AMD-Vi: Event logged [IO_PAGE_FAULT device=0000:${n.hex(2)}:00.0 domain=0x00${n.hex(2)} address=0x${n.hex(16)} flags=0x0000]`,
];

/** The lines that say something. */
export function samples() {
  return ["host.log", "serial.log"].map((name) =>
    readFileSync(path.join(SAMPLES, name), "latin1").trimEnd(),
  );
}

/**
 * Texts that, joined, have at least so many bytes; all of them are ASCII and end with a line.
 * @param {number} size in bytes
 */
export function* kernelLog(size) {
  const numbers = new Numbers(20240229);
  const telling = samples();
  let microseconds = 0;
  let written = 0;
  for (let count = 1; written < size; count++) {
    let text = "";
    for (let line = 0; line < 1000; line++) {
      microseconds += numbers.below(2000);
      const seconds = Math.floor(microseconds / 1e6);
      const fraction = String(microseconds % 1e6).padStart(6, "0");
      text += `[${String(seconds).padStart(5)}.${fraction}] ${numbers.of(MESSAGES)(numbers)}\n`;
    }
    if (count % (ORDINARY / 1000) === 1) text += `${numbers.of(telling)}\n`;
    written += text.length;
    yield text;
  }
}
