import { BLOCK_FORMATS, LINE_FORMATS } from "../../log/formats/index";
import { NOTICE_IDS } from "../../log/notices";
import type { Software } from "../../log/software";

/** Who prints the lines that are recognized, as people call it. */
const PRINTERS: Readonly<Record<Software, string>> = {
  kvm: "KVM, in the host kernel's log",
  linux: "Linux, in the guest's console",
  edk2: "OVMF (edk2)",
  svsm: "COCONUT-SVSM",
  qemu: "QEMU",
  openvmm: "OpenVMM and OpenHCL",
  "cloud-hypervisor": "Cloud Hypervisor",
  "rust-vmm": "VMMs made of rust-vmm, and Quark",
  virtee: "snpguest and snphost",
  systemd: "systemd",
  "msr-tools": "rdmsr and other readers of MSRs",
  ccp: "ccp, in the host kernel's log",
  "sev-tool": "sev-tool",
  "sev-snp-measure": "sev-snp-measure",
  igvm: "igvmbuilder",
  named: "Anywhere",
};

const NOTICES: ReadonlySet<string> = new Set(NOTICE_IDS);

const OPENING =
  "What SEV Status recognizes in a log. The words in quotes stand in each such line; the rest of the line must fit too. Escapes, time stamps and prefixes of journals and containers may come before it.";

/** Every format of a line or of several lines, by the program that prints it, as plain text. */
export function recognizedText(): string {
  const formats = [...LINE_FORMATS, ...BLOCK_FORMATS];
  const parts = Object.entries(PRINTERS).map(([software, title]) => {
    const rows = formats.filter((format) => format.software === software).map(rowOf);
    return [title, ...new Set(rows)].join("\n");
  });
  return [OPENING, ...parts].join("\n\n");
}

function rowOf({ name, anchors }: { readonly name: string; readonly anchors: readonly string[] }) {
  const words = anchors.map((anchor) => `"${anchor.trim()}"`).join(" or ");
  return NOTICES.has(name) ? `  - the message ${words}` : `  - ${name}: ${words}`;
}
