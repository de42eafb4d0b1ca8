import type { FormatTexts } from "./formatTexts";

export const NOTICES_TEXTS: FormatTexts = {
  "qemu: kvm.exit-system-event": {
    examples: ["KVM: unknown exit reason 24"],
    says: ["notice kvm.exit-system-event"],
    nearMisses: [
      "KVM: unknown exit reason 241",
      "KVM: unknown exit reason 17",
      'fprintf(stderr, "KVM: unknown exit reason %d\\n", run->exit_reason);',
      "when QEMU says `KVM: unknown exit reason 24`, the guest has",
    ],
  },
  "qemu: qemu.launch-refused-by-kvm": {
    examples: [
      "qemu-system-x86_64: sev_snp_launch_start: SNP_LAUNCH_START ret=-22 fw_error=0 ''",
      '{"log":"SNP_LAUNCH_UPDATE ret=-5 fw_error=0 \'\'"}',
    ],
    says: ["notice qemu.launch-refused-by-kvm", "notice qemu.launch-refused-by-kvm"],
    nearMisses: [
      "SNP_LAUNCH_START ret=0 fw_error=0 ''",
      "SNP_LAUNCH_START ret=-22 fw_error=",
      "LAUNCH_START ret=-22 fw_error=0 ''",
      "\t\terror_report(\"%s: SNP_LAUNCH_START ret=%d fw_error=%d '%s'\",",
    ],
  },
  "kvm: kvm.ghcb-usage": {
    examples: ["kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: ghcb usage 0x1 is not valid"],
    says: ["notice kvm.ghcb-usage"],
    nearMisses: [
      "the ghcb usage field is 0",
      "vmgexit: ghcb usage 0x",
      '\t\tvcpu_unimpl(vcpu, "vmgexit: ghcb usage %#x is not valid\\n",',
    ],
  },
  "kvm: kvm.ghcb-not-registered": {
    examples: [
      "[ 6748.446657] kvm [1507554]: vcpu0, guest rIP: 0x0 vmgexit: GHCB GPA [0x4e14000] is not registered.",
      "kvm_amd: kvm [1507554]: vcpu0, guest rIP: 0x0 vmgexit: GHCB GPA [0x4e14000] is not registered.",
    ],
    says: ["notice kvm.ghcb-not-registered", "notice kvm.ghcb-not-registered"],
    nearMisses: [
      "vmgexit: GHCB GPA [0x4e14000] is registered.",
      '\t\tvcpu_unimpl(&svm->vcpu, "vmgexit: GHCB GPA [%#llx] is not registered.\\n", ghcb_gpa);',
      "the host then says `vmgexit: GHCB GPA [0x4e14000] is not registered.` and",
    ],
  },
  "kvm: kvm.ghcb-missing": {
    examples: [
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: GHCB gpa is not set",
      "kvm_amd: kvm [4321]: vcpu0, guest rIP: 0x0 vmgexit: error mapping GHCB [0x4e14000] from guest",
    ],
    says: ["notice kvm.ghcb-missing", "notice kvm.ghcb-missing"],
    nearMisses: [
      "vmgexit: GHCB gpa is not set by this firmware, so",
      "vmgexit: GHCB gpa is set",
      '\t\tvcpu_unimpl(vcpu, "vmgexit: GHCB gpa is not set\\n");',
      '\t\tvcpu_unimpl(vcpu, "vmgexit: error mapping GHCB [%#llx] from guest\\n",',
      "sev-snp: VMGEXIT with neither a GHCB MSR request nor a GHCB address in the MSR: GHCB gpa is not set",
    ],
  },
  "kvm: kvm.dump-invalid-vmcb": {
    examples: ["kvm_amd: set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state."],
    says: ["notice kvm.dump-invalid-vmcb"],
    nearMisses: [
      "options kvm_amd dump_invalid_vmcb=1",
      "You can set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state.",
      '\t\tpr_warn_ratelimited("set kvm_amd.dump_invalid_vmcb=1 to dump internal KVM state.\\n");',
    ],
  },
  "kvm: kvm.debug-swap-es-init": {
    examples: [
      "kvm_amd: Enabling DebugSwap with KVM_SEV_ES_INIT. This will not work starting with Linux 6.10",
    ],
    says: ["notice kvm.debug-swap-es-init"],
    nearMisses: [
      "kvm_amd: DebugSwap enabled",
      "Enabling DebugSwap with KVM_SEV_ES_INIT breaks the measurement",
      "if dmesg | grep -q 'Enabling DebugSwap with KVM_SEV_ES_INIT'; then",
      '\t\tpr_warn_once("Enabling DebugSwap with KVM_SEV_ES_INIT. "',
      "the warning `Enabling DebugSwap with KVM_SEV_ES_INIT` on the host",
    ],
  },
  "kvm: kvm.ap-creation": {
    examples: [
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP injection mode [0x8] from guest",
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP creation request [0x7]",
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: invalid AP VMSA address [0x1001] from guest",
      "kvm_amd: kvm [1]: vcpu0, guest rIP: 0x0 vmgexit: AP VMSA address [200000] from guest is unsafe as it is 2M aligned",
    ],
    says: [
      "notice kvm.ap-creation",
      "notice kvm.ap-creation",
      "notice kvm.ap-creation",
      "notice kvm.ap-creation",
    ],
    nearMisses: ["vmgexit: invalid AP id", "vmgexit: AP VMSA address [200000] from guest"],
  },
  "linux: linux.sev-es-cpu-features": {
    examples: ["SEV-ES CPU Features missing."],
    says: ["notice linux.sev-es-cpu-features"],
    nearMisses: [
      "CPU Features missing.",
      '\t\terror("SEV-ES CPU Features missing.");',
      'The decompressor then says "SEV-ES CPU Features missing." and halts',
      " * SEV-ES CPU Features missing. is what the decompressor prints",
    ],
  },
  "linux: linux.ghcb-page": {
    examples: ["Can't map GHCB page encrypted"],
    says: ["notice linux.ghcb-page"],
    nearMisses: [
      "Can't map GHCB page",
      `\t\terror("Can't map GHCB page encrypted");`,
      `grep "Can't map GHCB page encrypted" serial.log`,
      "Can't map GHCB page encrypted when the page tables are read only",
    ],
  },
  "linux: linux.no-rdrand": {
    examples: ["RDRAND instruction not supported - no trusted source of randomness available"],
    says: ["notice linux.no-rdrand"],
    nearMisses: [
      "RDRAND instruction not supported",
      "# RDRAND instruction not supported - no trusted source of randomness available",
      "- pattern: 'RDRAND instruction not supported - no trusted source of randomness available'",
    ],
  },
  "linux: linux.cc-blob-not-cpuid": {
    examples: ["SEV-SNP support indicated by CC blob, but not CPUID."],
    says: ["notice linux.cc-blob-not-cpuid"],
    nearMisses: [
      "SEV-SNP support indicated by CC blob",
      '\t\terror("SEV-SNP support indicated by CC blob, but not CPUID.");',
      "the message ``SEV-SNP support indicated by CC blob, but not CPUID.`` of the stub",
    ],
  },
  "linux: linux.cc-blob-not-status": {
    examples: ["SEV-SNP supported indicated by CC blob, but not SEV status MSR."],
    says: ["notice linux.cc-blob-not-status"],
    nearMisses: [
      "indicated by CC blob",
      'assert "SEV-SNP supported indicated by CC blob, but not SEV status MSR." in console',
    ],
  },
  "linux: linux.vmpck-disabled": {
    examples: [
      "sev-guest: Disabling VMPCK0 communication key to prevent IV reuse.",
      "sev-guest sev-guest: Disabling vmpck_id 0 to prevent IV reuse.",
    ],
    says: ["notice linux.vmpck-disabled", "notice linux.vmpck-disabled"],
    nearMisses: [
      "Initialized SEV guest driver (using VMPCK0 communication key)",
      "the counter is checked to prevent IV reuse.",
      '\tdev_alert(dev, "Disabling VMPCK%d communication key to prevent IV reuse.\\n",',
      "grep 'Disabling VMPCK0 communication key to prevent IV reuse.' /var/log/messages",
    ],
  },
  "linux: linux.secure-avic-msr": {
    examples: ["Secure AVIC msr (0x803) read returned error (4)"],
    says: ["notice linux.secure-avic-msr"],
    nearMisses: [
      "Secure AVIC enabled",
      "Secure AVIC msr (0x803)",
      '\t\tpr_err("Secure AVIC msr (0x%llx) read returned error (%d)\\n", msr, ret);',
    ],
  },
  "linux: linux.tsc-factor": {
    examples: ["Unable to get TSC_FACTOR: failed to map the SNP secrets page."],
    says: ["notice linux.tsc-factor"],
    nearMisses: [
      "TSC_FACTOR is 0",
      "Unable to get TSC_FACTOR from a hypervisor that has none",
      '\t\tpr_err("Unable to get TSC_FACTOR: failed to map the SNP secrets page.\\n");',
    ],
  },
  "named: named.cut": {
    examples: [
      "[    0.544425] SEV: Status: SEV SEV-ES SEV-SN=",
      "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP =",
      "kvm_amd: SEV-ES guest requested termination: reason 0x2=",
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info =",
    ],
    says: ["notice named.cut", "notice named.cut", "notice named.cut", "notice named.cut"],
    nearMisses: [
      "SEV: Status: connected=yes",
      "Status: SEV SEV-ES SEV-SN=",
      "SEV: Status=",
      "a=\n=",
    ],
  },
  "linux: linux.snp-vmpl0": {
    examples: [
      "[    4.985550] SEV: SNP running at VMPL0.",
      "[    0.428933] SEV: SNP running at VMPL0",
    ],
    says: ["notice linux.snp-vmpl0", "notice linux.snp-vmpl0"],
    nearMisses: [
      "SNP running at VMPL0.",
      "SEV: SNP running at VMPL4.",
      "# SEV: SNP running at VMPL0.",
      "- `SEV: SNP running at VMPL0.` is what the kernel prints",
      "SEV: SNP running at VMPL0 means that no SVSM is below",
      'pr_info("SNP running at VMPL%u.\\n", vmpl);',
    ],
  },
  "linux: linux.snp-above-vmpl0": {
    examples: ["[    1.264552] SEV: SNP running at VMPL1."],
    says: ["notice linux.snp-above-vmpl0"],
    nearMisses: ["SEV: SNP running at VMPL10.", "running at VMPL1.", "SEV: SNP running at VMPL1-3"],
  },
  "linux: linux.snp-guest": {
    examples: [
      "[    4.985266] SEV: Using SNP CPUID table, 28 entries present.",
      "SEV: SNP guest platform device initialized.",
      "SEV: SNP guest platform devices initialized.",
      "sev-guest sev-guest: Initialized SEV guest driver (using vmpck_id 0)",
      "sev-guest sev-guest: Initialized SEV guest driver (using VMPCK0 communication key)",
    ],
    says: [
      "notice linux.snp-guest",
      "notice linux.snp-guest",
      "notice linux.snp-guest",
      "notice linux.snp-guest",
      "notice linux.snp-guest",
    ],
    nearMisses: [
      "SEV: Using SNP CPUID table, %d entries present.",
      "SEV: SNP guest platform device registered.",
      'dev_info(dev, "Initialized SEV guest driver (using VMPCK%d communication key)\\n", 0);',
    ],
  },
  "systemd: systemd.sev-snp": {
    examples: [
      "[    1.349801] systemd[1]: Detected confidential virtualization sev-snp.",
      "Nov 26 10:00:00 vm systemd[1]: Detected confidential virtualization sev-snp.",
    ],
    says: ["notice systemd.sev-snp", "notice systemd.sev-snp"],
    nearMisses: [
      "systemd[1]: Detected confidential virtualization tdx.",
      "systemd[1]: Detected confidential virtualization sev.",
      "systemd[1]: Detected confidential virtualization sev-es.",
      "# systemd[1]: Detected confidential virtualization sev-snp.",
      'guest reports "Detected confidential virtualization sev-snp"',
      "Detected confidential virtualization sev-snp and other things",
    ],
  },
  "edk2: edk2.rmpadjust": {
    examples: ["SEV-SNP: RMPADJUST failed for VMSA creation"],
    says: ["notice edk2.rmpadjust"],
    nearMisses: [
      'DEBUG ((DEBUG_ERROR, "SEV-SNP: RMPADJUST failed for VMSA creation\\n"));',
      '      "SEV-SNP: RMPADJUST failed for VMSA creation\\n"',
      "// SEV-SNP: RMPADJUST failed for VMSA creation",
      "SEV is enabled (mask 0x8000000000000)",
      "SEV-ES is enabled, 2 GHCB pages allocated starting at 0x3FEF2000",
      "SEV-SNP: RMPUPDATE failed for PFN 56700, pg_level: 1, ret: 2",
    ],
  },
  "edk2: edk2.ap-destroy": {
    examples: ["SEV-SNP: AP Destroy failed"],
    says: ["notice edk2.ap-destroy"],
    nearMisses: [
      "SEV-SNP: Using known initial APIC IDs",
      "SEV-SNP: AP Destroy failed, if the hypervisor does not know the call",
    ],
  },
  "edk2: edk2.mmio-opcode": {
    examples: ["Invalid MMIO opcode (8B)"],
    says: ["notice edk2.mmio-opcode"],
    nearMisses: [
      "ParseMmioExitInstructions: Invalid MMIO opcode (8B)",
      "Invalid MMIO opcode (%x)",
      "grep 'Invalid MMIO opcode (8B)' debug.log",
    ],
  },
  "svsm: svsm.required-features": {
    examples: ["[SVSM] ERROR: Panic: Required SEV features not available"],
    says: ["notice svsm.required-features"],
    nearMisses: [
      "Required features not available",
      'panic!("Required SEV features not available");',
      'panic!("{}", "Required SEV features not available");',
      "Required SEV features not available on this host",
    ],
  },
  "svsm: svsm.unsupported-features": {
    examples: [
      "[SVSM] ERROR: Panic: Unsupported SEV features enabled",
      "thread 'svsm' panicked at 'Unsupported SEV features enabled', kernel/src/sev/status.rs:200:9",
    ],
    says: ["notice svsm.unsupported-features", "notice svsm.unsupported-features"],
    nearMisses: [
      "Unsupported features enabled",
      "/* Unsupported SEV features enabled */",
      "Unsupported SEV features enabled by the launch, such as",
      '#[should_panic(expected = "Unsupported SEV features enabled")]',
    ],
  },
  "svsm: svsm.ghcb-version": {
    examples: ["[SVSM] the hypervisor doesn't support GHCB version 2 (min: 1, max: 1)"],
    says: ["notice svsm.ghcb-version"],
    nearMisses: [
      "whether they support GHCB version 2",
      `log::error!("the hypervisor doesn't support GHCB version {} (min: {}, max: {})");`,
    ],
  },
  "svsm: svsm.unexpected-response": {
    examples: ["[Stage2] ERROR: unexpected response type: 0x100"],
    says: ["notice svsm.unexpected-response"],
    nearMisses: [
      "[SVSM] ERROR: unexpected response type: 0x1000",
      "rpc: unexpected response type: 0x03, expected 0x02",
      "unexpected response type: text/html",
    ],
  },
  "svsm: svsm.apic-icr": {
    examples: ["Failed to write APIC.ICR: Ghcb(VmgexitError(2, 6))"],
    says: ["notice svsm.apic-icr"],
    nearMisses: [
      '            .expect("Failed to write APIC.ICR");',
      "Failed to write APIC.ICR: permission denied",
    ],
  },
  "qemu: qemu.cpus-not-resettable": {
    examples: [
      "qemu-system-x86_64: cpus are not resettable, terminating",
      "2026-11-06T09:14:26.679347Z qemu-kvm: cpus are not resettable, terminating",
    ],
    says: ["notice qemu.cpus-not-resettable", "notice qemu.cpus-not-resettable"],
    nearMisses: [
      '        error_report("cpus are not resettable, terminating");',
      "cpus are not resettable",
      "cpus are not resettable, terminating is what QEMU does then",
    ],
  },
  "qemu: qemu.snp-not-in-vmsa": {
    examples: ["check_sev_features: SEV_SNP is enabled but is not enabled in VMSA sev_features"],
    says: ["notice qemu.snp-not-in-vmsa"],
    nearMisses: [
      "SEV_SNP is enabled",
      '        "%s: SEV_SNP is enabled but is not enabled in VMSA sev_features",',
    ],
  },
  "qemu: qemu.features-need-es": {
    examples: ["check_sev_features: SEV features require either SEV-ES or SEV-SNP to be enabled"],
    says: ["notice qemu.features-need-es"],
    nearMisses: [
      "SEV features require support by the host",
      "All SEV features require either SEV-ES or SEV-SNP to be enabled.",
      "SEV features require either SEV-ES or SEV-SNP to be enabled.",
      '        "%s: SEV features require either SEV-ES or SEV-SNP to be enabled",',
    ],
  },
  "qemu: qemu.tsc-frequency": {
    examples: ["TSC frequency can only be set if Secure TSC is enabled"],
    says: ["notice qemu.tsc-frequency"],
    nearMisses: [
      "TSC frequency can only be set once",
      "The TSC frequency can only be set if Secure TSC is enabled.",
      "TSC frequency can only be set if Secure TSC is enabled, with tsc-frequency=",
      '        error_setg(errp, "TSC frequency can only be set if Secure TSC is enabled");',
    ],
  },
  "qemu: qemu.igvm-sev-features": {
    examples: ["sev_features in the VMSA contains an unsupported value"],
    says: ["notice qemu.igvm-sev-features"],
    nearMisses: [
      '        "%s: sev_features in the VMSA contains an unsupported value 0x%" PRIx64,',
      "if 'sev_features in the VMSA contains an unsupported value' in line:",
    ],
  },
  "msr-tools: msr-tools.cannot-read": {
    examples: ["rdmsr: CPU 0 cannot read MSR 0xc0010131"],
    says: ["notice msr-tools.cannot-read"],
    nearMisses: ["rdmsr: CPU 0 cannot read MSR 0xc0010130"],
  },
  "virtee: virtee.cannot-read": {
    examples: ["[ FAIL ] - Error reading MSR: Failed to get bit values, permission denied"],
    says: ["notice virtee.cannot-read"],
    nearMisses: [
      "[ FAIL ] - Error reading MSR",
      "`Error reading MSR: Failed to get bit values` means that the msr module is not loaded",
    ],
  },
};
