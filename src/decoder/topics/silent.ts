import type { Topic } from "./topic";

const KVM_LOG = "journalctl -k | grep -E 'requested termination|vmgexit'";
const QEMU_LOG = "less /var/log/libvirt/qemu/NAME.log";
export const KVM_SOURCE = "Linux arch/x86/kvm/svm/sev.c, 6.1.192, 6.12.8 and 7.3.4";
const CLOUD_HYPERVISOR = "cloud-hypervisor v52.0 and v53.0, hypervisor/src";

/** Where a guest that printed nothing left a trace. A file of its own: boots show it too. */
export const SILENT: Topic = {
  question: "My guest died without a word: which log do I look into?",
  answer:
    "the host kernel's log first, then the VMM's: a kernel that refuses features stops before it prints anything.",
  rows: [
    {
      where: "Host kernel, KVM of Linux 6.10 and later",
      command: KVM_LOG,
      shows: "SEV-ES guest requested termination: reason 0x20 info 0x800",
      means:
        "with reason 0x20, info is the mask of SEV_STATUS features that the kernel in the guest lacks.",
      source: KVM_SOURCE,
    },
    {
      where: "Host kernel, any KVM",
      command: KVM_LOG,
      shows: "SEV-ES guest requested termination: 0x0:0x2",
      means: "reason set and code by the GHCB MSR; there is no mask.",
      source: KVM_SOURCE,
    },
    {
      where: "Vendors' host kernels with a KVM before 6.10",
      command: KVM_LOG,
      shows: "vmgexit: exit code 0x8000fffe is not valid",
      means: "a termination too, most often a refusal, without the mask; the guest hangs.",
      source: KVM_SOURCE,
    },
    {
      where: "The guest's console, EFI boot from 6.6 and 6.1.81 on",
      shows: "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      means: "the EFI stub refused and went back to the firmware; the host's log has nothing.",
      source: "Linux drivers/firmware/efi/libstub, 6.1.192 to 7.3.4",
    },
    {
      where: "QEMU up to 10.0, its standard error",
      command: QEMU_LOG,
      shows: "KVM: unknown exit reason 24",
      means:
        "the guest asked to be terminated; the registers after it mean nothing. The reason is in the host kernel's log.",
      source: "QEMU 10.0.13",
    },
    {
      where: "QEMU 10.1 and 10.2",
      command: QEMU_LOG,
      means:
        "only registers and no message, for the same termination. The reason is in the host kernel's log. (That 10.1 does the same is inferred: 10.2 was read.)",
      source: "QEMU 10.2.2",
    },
    {
      where: "QEMU 11.0 and later, QMP",
      command: "virsh qemu-monitor-event --domain NAME --event GUEST_PANICKED --loop",
      shows: '"type": "sev", "set": 0, "code": 2',
      means:
        "nothing is on standard error, unless QEMU runs with -d guest_errors. A pair that is no known reason is most likely digits of the GHCB's address; the host kernel's log decides.",
      source: "QEMU 11.1.3 (binary) and QEMU's QMP reference",
    },
    {
      where: "kata",
      command: "journalctl -t kata",
      shows: "timed out connecting to vsock",
      means:
        "the guest's agent never answered, and nothing says why: look into the host kernel's log.",
      source: "kata-containers issue 561",
    },
    {
      where: "On KVM, cloud-hypervisor from 52.0 on, libkrun and others",
      shows: "Unexpected exit reason on vcpu run: SystemEvent(6, [131328])",
      means:
        "the GHCB MSR in decimal: a reason if it ends in 0x100, else a GHCB's address, and the reason is in the host kernel's log.",
      source: `${CLOUD_HYPERVISOR}; libkrun pull request 234`,
    },
    {
      where: "On Microsoft's hypervisor, cloud-hypervisor",
      shows: "GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe",
      means:
        "a termination by the GHCB; by the GHCB MSR it is GHCB_MSR_TERM_REQ: Guest terminated! (from 52.0 on). There is no KVM, and no other log.",
      source: CLOUD_HYPERVISOR,
    },
  ],
  notes: [
    "Where neither the host kernel nor the VMM reports a termination, nor the EFI stub a refusal, there was none: the guest hangs, or prints to a console that is not there (console=ttyS0 earlyprintk=ttyS0 on its command line), or its VMM refused to start it and says so.",
    "sev-status scan reads all these logs; sev-status check VALUE --guest RELEASE says what a kernel does before you start it.",
  ],
};
