import type { Software } from "./software";

/** A message without a value that is worth knowing. */
interface Notice {
  /** Who prints it, where that is not the first word of its id. */
  readonly software?: Software;
  /** Words that stand in every such message; without a pattern they are the message. */
  readonly anchors: readonly string[];
  /** The whole message, where the words alone are not the whole or not enough; with the flag `g`. */
  readonly pattern?: RegExp;
  /** The pattern alone tells: other words may follow it, and quotes around it mean nothing. */
  readonly mayGoOn?: true;
  /** What it means, and what to look at next. */
  readonly meaning: string;
  /** How a boot went whose log has it; absent where the boot goes on. */
  readonly failure?: string;
  /** The failure is over SEV features. */
  readonly isRefusal?: true;
  /** It shows that SEV-SNP is on in a guest whose kernel runs, and with `below` that software runs below the kernel. */
  readonly shows?: "snp" | "snp-and-below";
}

const ROWS = {
  "kvm.exit-system-event": {
    software: "qemu",
    anchors: ["KVM: unknown exit reason 24"],
    // KVM_EXIT_SYSTEM_EVENT, which QEMU up to 10.0 does not know on x86.
    pattern: /\bKVM: unknown exit reason 24\b/gu,
    meaning:
      "KVM_EXIT_SYSTEM_EVENT: for an SEV guest this is a termination that the guest asked for, and this VMM (QEMU up to 10.0) does not know it. The registers dumped after it mean nothing; look for the kvm_amd line in the host kernel's log. QEMU 10.1 and 10.2 print the registers alone; from 11.0 on the sign is the QMP event GUEST_PANICKED of the type sev.",
    failure: "the guest asked to be terminated; this VMM does not say why.",
  },
  "kvm.ghcb-usage": {
    anchors: ["vmgexit: ghcb usage 0x"],
    pattern: /\bvmgexit: ghcb usage 0x[\da-f]{1,8} is not valid\b/gu,
    meaning:
      "The guest set a GHCB usage that KVM does not know: its GHCB was not written, or not by a protocol version that KVM speaks.",
  },
  "kvm.ghcb-not-registered": {
    anchors: ["vmgexit: GHCB GPA ["],
    // Linux arch/x86/kvm/svm/sev.c: KVM_RUN then fails with EINVAL.
    pattern: /\bvmgexit: GHCB GPA \[0x[\da-f]{1,16}\] is not registered\./gu,
    meaning:
      "The guest used a GHCB at an address that it had not registered, and KVM ends an SEV-SNP guest for it: the VMM reports that KVM_RUN failed with an invalid argument. Most often the firmware or the kernel was started as one without SEV-SNP: look at the OVMF build, the guest kernel's SEV-SNP support and the VMM's SEV-SNP options.",
    failure: "KVM ended the guest: it had not registered its GHCB.",
  },
  "kvm.ghcb-missing": {
    anchors: ["vmgexit: GHCB gpa is not set", "vmgexit: error mapping GHCB ["],
    pattern:
      /\bvmgexit: (?:GHCB gpa is not set\b|error mapping GHCB \[0x[\da-f]{1,16}\] from guest\b)/gu,
    meaning:
      "The guest asked the hypervisor for something, and its GHCB has no address or one that KVM cannot map. KVM returns to the guest without an answer, so the guest asks for ever and prints nothing: look at what runs first in it, firmware or SVSM.",
    failure: "the guest cannot go on: KVM cannot use its GHCB.",
  },
  "kvm.dump-invalid-vmcb": {
    anchors: ["set kvm_amd.dump_invalid_vmcb=1 to dump"],
    // A sentence that begins with the words before it gives the same advice.
    pattern: /(?<![\w,] )\bset kvm_amd\.dump_invalid_vmcb=1 to dump internal KVM state\./gu,
    meaning:
      "The GHCB's fields were not printed: with kvm_amd.dump_invalid_vmcb=1 the next such exit shows them.",
  },
  "kvm.debug-swap-es-init": {
    anchors: ["Enabling DebugSwap with KVM_SEV_ES_INIT"], // Since 6.8.
    pattern:
      /\bEnabling DebugSwap with KVM_SEV_ES_INIT(?:\. This will not work starting with Linux 6\.10)?/gu,
    meaning:
      "The host turned on DebugSwap (SEV_FEATURES bit 5, SEV_STATUS bit 7) for a guest that did not ask for it; guest kernels without code for it refuse to boot.",
  },
  "kvm.ap-creation": {
    anchors: ["vmgexit: invalid AP ", "vmgexit: AP VMSA address ["],
    pattern:
      /vmgexit: invalid AP (?:injection mode \[0x[\da-f]{1,16}\] from guest|creation request \[0x[\da-f]{1,16}\]|VMSA address \[0x[\da-f]{1,16}\])|vmgexit: AP VMSA address \[[\da-f]{1,16}\] from guest is unsafe/gu,
    mayGoOn: true,
    meaning:
      "KVM refused to create another processor of the guest. The injection mode is SEV_FEATURES bits 3 and 4 of that processor's VMSA.",
  },
  "linux.sev-es-cpu-features": {
    anchors: ["SEV-ES CPU Features missing."],
    meaning:
      "The guest kernel ends its boot: the processor, as the hypervisor shows it, lacks what SEV-ES guests need.",
    failure: "the guest kernel ended its boot: processor features are missing.",
  },
  "linux.ghcb-page": {
    anchors: ["Can't map GHCB page encrypted"],
    meaning: "The guest kernel ends its boot: its GHCB page cannot be mapped.",
    failure: "the guest kernel ended its boot: it has no GHCB page.",
  },
  "linux.no-rdrand": {
    anchors: ["RDRAND instruction not supported - no trusted source of randomness available"],
    meaning:
      "The guest kernel ends its boot: it has no trusted source of randomness. Look at RDRAND in the VM's CPUID.",
    failure: "the guest kernel ended its boot: it has no trusted randomness.",
  },
  "linux.cc-blob-not-cpuid": {
    anchors: ["SEV-SNP support indicated by CC blob, but not CPUID."],
    meaning:
      "The guest kernel ends its boot: the firmware's confidential computing blob says SEV-SNP, CPUID does not. Look at the SNP CPUID table.",
    failure: "the guest kernel ended its boot: CPUID does not say SEV-SNP.",
  },
  "linux.cc-blob-not-status": {
    anchors: ["SEV-SNP supported indicated by CC blob, but not SEV status MSR."],
    meaning:
      "The guest kernel ends its boot: the firmware's confidential computing blob says SEV-SNP, SEV_STATUS does not.",
    failure: "the guest kernel ended its boot: SEV_STATUS does not say SEV-SNP.",
  },
  "linux.vmpck-disabled": {
    anchors: [" to prevent IV reuse."],
    // Older kernels name the key's number, newer ones the key. Source: drivers/virt/coco/sev-guest/sev-guest.c, patches.
    pattern: /\bDisabling (?:VMPCK\d communication key|vmpck_id \d) to prevent IV reuse\./gu,
    meaning:
      "The guest driver will make no further request to the secure processor with this key; look at the error before it.",
  },
  "linux.secure-avic-msr": {
    anchors: ["Secure AVIC msr (0x"], // Since 6.18.
    pattern: /\bSecure AVIC msr \(0x[\da-f]{1,8}\) (?:read|write) returned error \(-?\d{1,10}\)/gu,
    meaning:
      "Secure AVIC failed on a register of the APIC; the guest then ends its boot with reason 0x1:0xc. The error is the guest's own result code.",
  },
  "linux.tsc-factor": {
    anchors: ["Unable to get TSC_FACTOR"], // Since 6.14.
    // What comes behind the colon says which step failed.
    pattern:
      /\bUnable to get TSC_FACTOR(?:: failed to map the SNP secrets page\.|(?=\s*(?:$|["'])))/gu,
    meaning: "Secure TSC could not be set up; the guest then ends its boot with reason 0x1:0xa.",
  },
  "named.cut": {
    anchors: ["SEV: Status:", "SEV_STATUS", "requested termination: "],
    // A quoted-printable mail ends a line that goes on with `=` (RFC 2045, section 6.7).
    pattern:
      /\bSEV: Status: [\w -]{0,600}=$|\bSEV_STATUS[ :=]{1,4}0x[\da-f]{0,16}=$|\bSEV-ES guest requested termination: (?:reason )?0x[\da-fx:]{0,40}(?: info(?: [\da-fx]{0,18})?)?=$/gu,
    mayGoOn: true,
    meaning:
      "The text is cut in the middle: behind the = the line of a quoted-printable mail goes on in the next one. Nothing is read from it; decode the mail, or join the two lines.",
  },
  "linux.snp-vmpl0": {
    anchors: ["SEV: SNP running at VMPL"], // Since 6.11.
    pattern: /\bSEV: SNP running at VMPL0(?![\w-])\.?/gu,
    meaning:
      "SEV-SNP is on, and the kernel runs at VMPL0: no SVSM or paravisor is below it. The line shows no value of SEV_STATUS.",
    shows: "snp",
  },
  "linux.snp-above-vmpl0": {
    anchors: ["SEV: SNP running at VMPL"],
    pattern: /\bSEV: SNP running at VMPL[1-3](?![\w-])\.?/gu,
    meaning:
      "SEV-SNP is on, and the kernel runs above VMPL0: an SVSM or a paravisor is below it. The line shows no value of SEV_STATUS.",
    shows: "snp-and-below",
  },
  "linux.snp-guest": {
    // Source: arch/x86/kernel/sev.c and coco/sev/core.c, drivers/virt/coco/sev-guest; none is printed without SEV-SNP.
    anchors: [
      "SEV: Using SNP CPUID table, ",
      "SEV: SNP guest platform device",
      "Initialized SEV guest driver (using ",
    ],
    pattern:
      /\bSEV: Using SNP CPUID table, \d{1,4} entries present\.|\bSEV: SNP guest platform devices? initialized\.|\bsev-guest: Initialized SEV guest driver \(using (?:vmpck_id \d|VMPCK\d communication key)\)/gu,
    meaning: "SEV-SNP is on: the kernel runs as its guest. The line shows no value of SEV_STATUS.",
    shows: "snp",
  },
  "systemd.sev-snp": {
    anchors: ["Detected confidential virtualization sev-snp"], // Since systemd 254.
    pattern: /\bDetected confidential virtualization sev-snp\b\.?/gu,
    meaning:
      "SEV-SNP is on, says systemd, which also looks at the hypervisor's CPUID: with a paravisor the kernel itself may not see it.",
    shows: "snp",
  },
  "edk2.rmpadjust": {
    anchors: ["SEV-SNP: RMPADJUST failed for VMSA creation"],
    meaning:
      "The firmware could not make a VMSA for another processor: it may run at a VMPL other than 0.",
  },
  "edk2.ap-destroy": {
    anchors: ["SEV-SNP: AP Destroy failed"],
    meaning: "The firmware's event that takes another processor down was refused.",
  },
  "edk2.mmio-opcode": {
    anchors: ["Invalid MMIO opcode ("],
    // Source: edk2 OvmfPkg/Library/CcExitLib/CcExitVcHandler.c.
    // The opcode in hex. TDX' handler prints the same words, after its function's name.
    pattern: /(?<!\w: )\bInvalid MMIO opcode \([\dA-F]{1,2}\)/giu,
    meaning:
      "The firmware's #VC handler met an access to a device by an instruction that it cannot take apart, and the guest gets a general protection fault for it.",
  },
  "svsm.required-features": {
    anchors: ["Required SEV features not available"],
    meaning:
      "The SVSM ends its boot: SEV features that it needs are off. A name may be missing from its list; look at SEV_FEATURES in the IGVM file.",
    failure: "the SVSM ended its boot: SEV features that it needs are off.",
    isRefusal: true,
  },
  "svsm.unsupported-features": {
    anchors: ["Unsupported SEV features enabled"],
    meaning:
      "The SVSM ends its boot: SEV features are on that it does not support. VmplSSS is never on its list, so a list that is empty, and not wrapped to the next line, means VmplSSS (SMTProt too before June 2024).",
    failure: "the SVSM ended its boot: SEV features are on that it refuses.",
    isRefusal: true,
  },
  "svsm.ghcb-version": {
    anchors: ["support GHCB version "],
    pattern:
      /\bthe hypervisor doesn't support GHCB version \d{1,3} \(min: \d{1,5}, max: \d{1,5}\)/gu,
    meaning:
      "The SVSM ends its boot: the hypervisor offers no GHCB protocol version that it can use.",
    failure: "the SVSM ended its boot: no GHCB version suits both sides.",
  },
  "svsm.unexpected-response": {
    anchors: ["nexpected response type: 0x"],
    // The message in the low 12 bits of the GHCB MSR, not its whole value. Clients of many protocols print these words.
    pattern: /(?<=\[(?:SVSM|Stage2)\] [^[\]]{0,80})\bunexpected response type: 0x[\da-f]{1,3}\b/giu,
    meaning:
      "The hypervisor answered a request of the GHCB MSR protocol with another message than the SVSM waited for: it may not know the request. The number is the message in the MSR's low 12 bits, no termination.",
  },
  "svsm.apic-icr": {
    anchors: ["Failed to write APIC.ICR: Ghcb("],
    pattern: /\bFailed to write APIC\.ICR(?=: Ghcb\(\w)/gu,
    meaning:
      "The SVSM ends its boot: the hypervisor refused the request that sends an interrupt to another processor. KVM knows that request (HV_IPI) where it has restricted injection, which mainline Linux up to 7.3 has not: run the host kernel of coconut-svsm/linux that fits the SVSM.",
    failure: "the SVSM ended its boot: the hypervisor sends no interrupts for it.",
  },
  "qemu.cpus-not-resettable": {
    anchors: ["cpus are not resettable, terminating"],
    // QEMU system/runstate.c (qemu_system_reset_request).
    pattern: /\bcpus are not resettable, terminating\b/gu,
    meaning:
      "Something asked for a reset of the VM, and QEMU ends instead, because it cannot reset processors with encrypted registers (SEV-ES and SEV-SNP, also TDX). This is no termination that the guest asked KVM for. It may be a plain reboot; if the guest had not booted yet, look at the last lines of its console: a kernel panic, or firmware that gave up after the EFI stub's refusal, resets too.",
    failure: "QEMU ended, because it cannot reset this guest.",
  },
  "qemu.launch-refused-by-kvm": {
    anchors: [" fw_error=0 '"],
    // AMDESE/AMDSEV issues 240 and 268. With another status the firmware refused.
    pattern: /\bSNP_LAUNCH_(?:START|UPDATE|FINISH) ret=-\d{1,10} fw_error=0 '/gu,
    mayGoOn: true,
    meaning:
      "The host kernel refused a step of the launch, and the firmware was not asked, or saw no error. After SNP_LAUNCH_START ret=-22 look at the guest's policy first: KVM accepts few besides QEMU's default, 0x30000.",
    failure: "QEMU did not start the guest: the host kernel refused a step of the launch.",
  },
  "qemu.snp-not-in-vmsa": {
    anchors: ["SEV_SNP is enabled but is not enabled in VMSA sev_features"], // In 10.2.2 and 11.1.3.
    meaning:
      "The SEV_FEATURES of the VMSA (of the IGVM file) leave SEV-SNP (bit 0) out, though the guest is an SEV-SNP guest.",
    failure: "QEMU did not start the guest: the VMSA leaves SEV-SNP out.",
  },
  "qemu.features-need-es": {
    anchors: ["SEV features require either SEV-ES or SEV-SNP to be enabled"], // Not in 11.1.3: 11.2.
    // Sentences of a manual say the same; a message stands at its line's beginning or behind a colon.
    pattern: /(?<![\w,] )\bSEV features require either SEV-ES or SEV-SNP to be enabled(?!\.)/gu,
    meaning: "SEV features were asked for, for a guest that has neither SEV-ES nor SEV-SNP.",
    failure: "QEMU did not start the guest: it is no SEV-ES or SEV-SNP guest.",
  },
  "qemu.tsc-frequency": {
    anchors: ["TSC frequency can only be set if Secure TSC is enabled"], // Not in 11.1.3: 11.2.
    pattern: /(?<![\w,] )\bTSC frequency can only be set if Secure TSC is enabled(?!\.)/gu,
    meaning: "tsc-frequency was given without secure-tsc=on.",
    failure: "QEMU did not start the guest: tsc-frequency needs secure-tsc=on.",
  },
  "qemu.igvm-sev-features": {
    anchors: ["sev_features in the VMSA contains an unsupported value"],
    pattern: /\bsev_features in the VMSA contains an unsupported value(?!:? ?[\w%{])/gu,
    meaning:
      "The IGVM file's VMSA asks for SEV features that this QEMU or its KVM does not support.",
    failure: "QEMU did not start the guest: its VMSA asks for too much.",
    isRefusal: true,
  },
  "msr-tools.cannot-read": {
    anchors: ["cannot read MSR 0xc0010131"],
    meaning:
      "SEV_STATUS cannot be read there: the processor has no such register (no AMD SEV), or the kernel does not let it be read.",
  },
  "virtee.cannot-read": {
    anchors: ["Error reading MSR: Failed to get bit values"],
    pattern: /\bError reading MSR: Failed to get bit values(?:, [^"]{1,200}?(?=\s*(?:$|")))?/gu,
    meaning:
      "snpguest could not read SEV_STATUS: it needs root and the msr module, and its table says nothing then.",
  },
} as const satisfies Readonly<Record<`${Software}.${string}`, Notice>>;

export type NoticeId = keyof typeof ROWS;

/** Every known message without a value, by its id. */
export const NOTICES: Readonly<Record<NoticeId, Notice>> = ROWS;

/** The ids, in the order of the table. */
export const NOTICE_IDS = Object.keys(ROWS) as readonly NoticeId[];
