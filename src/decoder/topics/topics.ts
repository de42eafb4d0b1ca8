import { KVM_SOURCE, SILENT } from "./silent";
import type { Topic } from "./topic";

/** Every topic by its id. */
export const TOPICS = {
  silent: SILENT,
  snp: {
    question: "Is SEV-SNP really on, and at which VMPL?",
    answer:
      "yes if the guest's kernel says SEV-SNP or SEV_STATUS has bit 2; below a paravisor (Azure) the kernel cannot tell.",
    rows: [
      {
        where: "The guest's kernel log",
        command: "dmesg | grep -E 'Memory Encryption Features active|SEV: '",
        shows: "Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP",
        means:
          "SEV-SNP on the list: yes. SEV-ES as the last name: no. SEV alone: no, except below a paravisor, where it says nothing.",
        source: "Linux arch/x86/mm/mem_encrypt.c; formats as seen in public logs",
      },
      {
        where: "The guest's kernel log, Linux 6.9 and later",
        command: "dmesg | grep 'SEV: Status:'",
        shows: "SEV: Status: SEV SEV-ES SEV-SNP DebugSwap",
        means: "SEV-SNP on the list: yes. vTom alone: cannot tell, Linux' Hyper-V code made it up.",
        source: "Linux arch/x86/hyperv/ivm.c, 6.17.8 and 7.3.4",
      },
      {
        where: "The guest's kernel log, Linux 6.11 and later",
        command: "dmesg | grep VMPL",
        shows: "SEV: SNP running at VMPL1.",
        means:
          "yes, and at this VMPL: 0 means that nothing runs below the kernel, 1 and above an SVSM.",
        source: "Linux arch/x86/coco/sev, 6.12.117",
      },
      {
        where: "The guest's sysfs, Linux 6.11 and later",
        command: "cat /sys/devices/system/cpu/sev/vmpl",
        shows: "0",
        means: "the VMPL of the kernel; without the file the kernel is older or SEV-SNP is off.",
        source: "Linux arch/x86/coco/sev, 6.12.117",
      },
      {
        where: "The register, MSR C001_0131",
        command: "modprobe msr && rdmsr -c 0xc0010131",
        shows: "0x7",
        means:
          "bit 2 set: yes; clear: no. The host cannot fake it. An error: no SEV guest, or a paravisor hides the register.",
        source: "AMD APM volume 2, 15.34.10",
      },
      {
        where: "snpguest",
        command: "snpguest ok",
        shows: "[ PASS ]   - SNP: ENABLED",
        means: "the same register, read by a program.",
        source: "virtee/snpguest src/ok.rs",
      },
      {
        where: "An attestation report",
        command:
          "snpguest report report.bin request.bin --random && snpguest display report report.bin",
        shows: "VMPL: 1",
        means:
          "the only proof for somebody else, once its signature is verified; it also has the VMPL that asked. It works below a paravisor only where that passes requests on.",
        source: "virtee/snpguest",
      },
      {
        where: "The host's kernel log",
        command: "journalctl -k | grep 'SEV-SNP enabled'",
        shows: "kvm_amd: SEV-SNP enabled (ASIDs 1 - 99)",
        means: "the host can run SEV-SNP guests; it does not say that this guest is one.",
        source: KVM_SOURCE,
      },
    ],
    notes: [
      "A guest that only its own kernel vouches for is not proven: a host can boot another kernel that prints the same lines.",
      "sev-status decode VALUE names the bits of the register.",
    ],
  },
  "firmware-error": {
    question: "What is firmware error 0x16?",
    answer:
      "a status of the secure processor's firmware: fw_err, fw_error, or the low half of exitinfo2; the high half is the hypervisor's own.",
    rows: [
      {
        where: "The guest's kernel, 6.4 and later",
        command: "dmesg | grep 'from ASP'",
        shows: "Detected error from ASP request. rc: -5, exitinfo2: 0x16",
        means: "hex: the hypervisor's error in bits 63:32, the firmware's status in bits 31:0.",
        source: "Linux drivers/virt/coco/sev-guest/sev-guest.c",
      },
      {
        where: "The guest's kernel, 6.1 to 6.3",
        command: "dmesg | grep 'from ASP'",
        shows: "Detected error from ASP request. rc: -5, fw_err: 22",
        means: "the same field, but decimal.",
        source: "Linux drivers/virt/coco/sev-guest/sev-guest.c, patches of March 2023",
      },
      {
        where: "snpguest and snphost",
        shows: "Known SEV FW Error: Status Code: 0x16: Given parameter is invalid.",
        means: "hex, the firmware's status alone.",
        source: "virtee/sev src/error.rs",
      },
      {
        where: "QEMU, at launch",
        shows: "SNP_LAUNCH_FINISH ret=-5 fw_error=11 'Bad measurement'",
        means: "decimal, the firmware's status alone.",
        source: "QEMU target/i386/sev.c",
      },
      {
        where: "The host's kernel, as it starts the firmware",
        command: "journalctl -k | grep 'ccp.*SEV'",
        shows: "ccp 0000:47:00.1: SEV-SNP: failed to INIT rc -5, error 0x3",
        means: "hex, the firmware's status alone: no SEV-SNP guest can start on this host.",
        source: "Linux drivers/crypto/ccp/sev-dev.c",
      },
      {
        where: "sevtool",
        shows: "Command Unsuccessful: 0x16",
        means: "hex, the firmware's status alone.",
        source: "AMDESE/sev-tool src/main.cpp",
      },
    ],
    notes: [
      "sev-status decode 0x16 --as guest-request-error says what one value means, 0d22 the same in decimal.",
      "exitinfo2 0xff in a program's answer is the driver's own start value: the firmware was never asked.",
    ],
    table: "firmware",
  },
} as const satisfies Readonly<Record<string, Topic>>;

export type TopicId = keyof typeof TOPICS;

/** The ids, in the order of the table. */
export const TOPIC_IDS = Object.keys(TOPICS) as readonly TopicId[];

/** Whether a text is the id of a topic. */
export function isTopicId(text: string): text is TopicId {
  return TOPIC_IDS.some((id) => id === text);
}
