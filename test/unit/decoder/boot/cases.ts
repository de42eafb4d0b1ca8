/** A log of one kind of boot. */
export interface Case {
  /** Names its golden files. */
  readonly name: string;
  readonly lines: readonly string[];
  /** The kernel that `--guest` names; null for the log's own. */
  readonly guest: string | null;
}

const BUILT =
  "(builder@host) (gcc 14.2.0, GNU ld 2.43) #1 SMP PREEMPT_DYNAMIC Tue Mar  3 10:00:00 UTC 2026";

function banner(release: string): string {
  return `[    0.000000] Linux version ${release} ${BUILT}`;
}

function status(names: string): string {
  return `[    0.544425] SEV: Status: ${names} `;
}

const FIRMWARE = [
  "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
  "SEV is enabled (mask 0x8000000000000)",
];
const REFUSAL = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const EXIT = "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0xffffffff81a0b0c1 vmgexit:";

function vm(name: string, pid: number, line: string): string {
  return `Nov 26 10:00:00 host qemu-${name}[${pid}]: ${line}`;
}

const TWO_GUESTS = [
  vm("vm1", 11, banner("6.18.20")),
  vm("vm2", 12, banner("6.12.80")),
  vm("vm1", 11, status("SEV SEV-ES SEV-SNP SecureTSC")),
];

export const CASES: readonly Case[] = [
  { name: "plain-sev", lines: [banner("6.12.77"), status("SEV")], guest: null },
  { name: "sev-es", lines: [banner("6.12.77"), status("SEV SEV-ES")], guest: null },
  { name: "vtom-alone", lines: [banner("6.12.77"), status("vTom")], guest: null },
  {
    name: "kernel-without-check",
    lines: [
      banner("5.19.0"),
      "[    0.101850] Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP",
    ],
    guest: null,
  },
  {
    name: "check-passed",
    lines: [banner("6.14.2"), status("SEV SEV-ES SEV-SNP SecureTSC")],
    guest: null,
  },
  {
    name: "banner-redacted",
    lines: ["[    0.000000] Linux version [redacted]", status("SEV SEV-ES SEV-SNP SecureTSC")],
    guest: null,
  },
  {
    name: "snp-without-a-value",
    lines: [banner("6.12.77"), "[    1.264552] SEV: SNP running at VMPL1."],
    guest: null,
  },
  {
    name: "snp-on-and-off",
    lines: [banner("6.12.77"), status("SEV SEV-ES"), "[    1.264552] SEV: SNP running at VMPL0."],
    guest: null,
  },
  { name: "silent", lines: [...FIRMWARE, ...FIRMWARE], guest: null },
  {
    name: "host-400-refusals",
    lines: Array.from({ length: 400 }, (_, n) => `[ ${1000 + n}.104233] ${REFUSAL}`),
    guest: null,
  },
  {
    name: "exit-input-missing",
    lines: [`[  911.120004] ${EXIT} exit code 0x72 input is not valid`],
    guest: null,
  },
  {
    name: "exit-unknown-to-kvm",
    lines: [`[  911.120004] ${EXIT} exit code 0x80000015 is not valid`],
    guest: null,
  },
  {
    name: "exit-guest-cannot-handle",
    lines: [
      "[    3.120004] SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)",
    ],
    guest: null,
  },
  { name: "two-guests", lines: TWO_GUESTS, guest: null },
  {
    name: "two-guests-and-a-refusal",
    lines: [...TWO_GUESTS, `Nov 26 10:00:01 host kernel: [  512.104233] ${REFUSAL}`],
    guest: null,
  },
  {
    name: "chosen-kernel-differs",
    lines: [banner("6.14.2"), status("SEV SEV-ES SEV-SNP SecureTSC")],
    guest: "6.6",
  },
];
