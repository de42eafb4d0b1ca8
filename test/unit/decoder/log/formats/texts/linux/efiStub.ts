import type { FormatTexts } from "../formatTexts";

export const LINUX_EFI_STUB_TEXTS: FormatTexts = {
  "linux: refusal by the EFI stub": {
    examples: [
      "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      "Unsupported SEV-SNP features detected",
      "EFI stub: ERROR: Unsupported SEV-SNP features detected  ",
      "[2026-03-03T10:00:00Z] EFI stub: ERROR: Unsupported SEV-SNP features detected",
      "vm1  | EFI stub: ERROR: Unsupported SEV-SNP features detected",
      "2026-03-03T10:00:00.0Z stdout F EFI stub: ERROR: Unsupported SEV-SNP features detected",
      '{"MESSAGE":"EFI stub: ERROR: Unsupported SEV-SNP features detected\\r\\n"}',
      'level=info msg="reading guest console" vmconsole="EFI stub: ERROR: Unsupported SEV-SNP features detected"',
    ],
    says: [
      "termination untold 0x800",
      "termination untold -",
      "termination untold -",
      "termination untold -",
      "termination untold -",
      "termination untold -",
      "termination untold -",
      "termination untold -",
    ],
    nearMisses: [
      "Unsupported SEV features detected: 0x800",
      '\t\tefi_err("Unsupported SEV-SNP features detected: 0x%llx\\n",',
      '\t\t\t"Unsupported SEV-SNP features detected\\n");',
      '\t\tpr_efi_err(sys_table, "Unsupported SEV-SNP features detected\\n");',
      "if grep -q 'Unsupported SEV-SNP features detected' console.log; then",
      "dmesg | grep 'Unsupported SEV-SNP features detected'",
      'grep "EFI stub: ERROR: Unsupported SEV-SNP features detected"',
      'REFUSED="EFI stub: ERROR: Unsupported SEV-SNP features detected"',
      'if "Unsupported SEV-SNP features detected" in line:',
      'The EFI stub then prints "Unsupported SEV-SNP features detected" and exits',
      "The EFI stub then prints Unsupported SEV-SNP features detected",
      "- `EFI stub: ERROR: Unsupported SEV-SNP features detected`",
      "// Unsupported SEV-SNP features detected",
      "Unsupported SEV-SNP features detected by the EFI stub",
      "EFI stub: ERROR: Unsupported SEV-SNP features detected:",
      "EFI stub: ERROR: Unsupported SEV-SNP features detected:\n0x800",
    ],
  },
};
