import type { NoticeId } from "../../log/finding";

/** What each message without a value means, and what to look at next. */
export const NOTICES: Readonly<Record<NoticeId, string>> = {
  "kvm.exit-system-event":
    "KVM_EXIT_SYSTEM_EVENT: for an SEV guest this is a termination that the guest asked for, and this VMM does not know it. The registers dumped after it mean nothing; look for the kvm_amd line in the host kernel's log.",
  "kvm.ghcb-usage":
    "The guest set a GHCB usage that KVM does not know: its GHCB was not written, or not by a protocol version that KVM speaks.",
  "kvm.dump-invalid-vmcb":
    "The GHCB's fields were not printed: with kvm_amd.dump_invalid_vmcb=1 the next such exit shows them.",
  "kvm.debug-swap-es-init":
    "The host turned on DebugSwap (SEV_FEATURES bit 5, SEV_STATUS bit 7) for a guest that did not ask for it; guest kernels without code for it refuse to boot.",
  "kvm.ap-creation":
    "KVM refused to create another processor of the guest. The injection mode is SEV_FEATURES bits 3 and 4 of that processor's VMSA.",
  "linux.sev-es-cpu-features":
    "The guest kernel ends its boot: the processor, as the hypervisor shows it, lacks what SEV-ES guests need.",
  "linux.ghcb-page": "The guest kernel ends its boot: its GHCB page cannot be mapped.",
  "linux.no-rdrand":
    "The guest kernel ends its boot: it has no trusted source of randomness. Look at RDRAND in the VM's CPUID.",
  "linux.cc-blob-not-cpuid":
    "The guest kernel ends its boot: the firmware's confidential computing blob says SEV-SNP, CPUID does not. Look at the SNP CPUID table.",
  "linux.cc-blob-not-status":
    "The guest kernel ends its boot: the firmware's confidential computing blob says SEV-SNP, SEV_STATUS does not.",
  "linux.vmpck-disabled":
    "The guest driver will make no further request to the secure processor with this key; look at the error before it.",
  "linux.secure-avic-msr":
    "Secure AVIC failed on a register of the APIC; the guest then ends its boot with reason 0x1:0xc. The error is the guest's own result code.",
  "linux.tsc-factor":
    "Secure TSC could not be set up; the guest then ends its boot with reason 0x1:0xa.",
  "edk2.rmpadjust":
    "The firmware could not make a VMSA for another processor: it may run at a VMPL other than 0.",
  "edk2.ap-destroy": "The firmware's event that takes another processor down was refused.",
  "edk2.mmio-opcode":
    "The firmware's #VC handler met an access to a device by an instruction that it cannot take apart, and the guest gets a general protection fault for it.",
  "svsm.required-features":
    "The SVSM ends its boot: SEV features that it needs are off. A name may be missing from its list; look at SEV_FEATURES in the IGVM file.",
  "svsm.unsupported-features":
    "The SVSM ends its boot: SEV features are on that it does not support. VmplSSS and SMTProt are never on its list, so an empty list means one of them.",
  "svsm.ghcb-version":
    "The SVSM ends its boot: the hypervisor offers no GHCB protocol version that it can use.",
  "svsm.unexpected-response":
    "The hypervisor answered a request of the GHCB MSR protocol with another message than the SVSM waited for: it may not know the request. The number is the message in the MSR's low 12 bits, no termination.",
  "qemu.snp-not-in-vmsa":
    "The SEV_FEATURES of the VMSA (of the IGVM file) leave SEV-SNP (bit 0) out, though the guest is an SEV-SNP guest.",
  "qemu.features-need-es":
    "SEV features were asked for, for a guest that has neither SEV-ES nor SEV-SNP.",
  "qemu.tsc-frequency": "tsc-frequency was given without secure-tsc=on.",
  "qemu.igvm-sev-features":
    "The IGVM file's VMSA asks for SEV features that this QEMU or its KVM does not support.",
  "virtee.cannot-read":
    "snpguest could not read SEV_STATUS: it needs root and the msr module, and its table says nothing then.",
  "msr-tools.cannot-read":
    "SEV_STATUS cannot be read there: the processor has no such register (no AMD SEV), or the kernel does not let it be read.",
};
