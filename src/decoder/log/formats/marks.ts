/** How far a boot has come. A mark of the same stage or of an earlier one belongs to the next boot. */
export const STAGES = [
  "none",
  "vmm",
  "stage2",
  "svsm",
  "firmware",
  "platform",
  "stub",
  "kernel",
] as const;

export type Stage = (typeof STAGES)[number];

/** Whose lines they are: the host's or a guest's; null where nothing shows that. */
export type Side = "host" | "guest" | null;

/** What a line shows: a stage of a boot, or that the log is a host's. */
export type LineMark = Stage | "host";

interface Mark {
  readonly marks: LineMark;
  readonly words: string;
  /** What follows the words, where the words alone may be source code or another program's. */
  readonly behind?: RegExp;
}

const HEX_DIGIT = /^[\dA-F]/iu;
const ASIDS = /^\d{1,5} ASIDs\b/u;

/**
 * Lines without a value that show how far a boot has come, as the source of each program prints them. A kernel's
 * banner is a finding, and not among them. QEMU and KVM print nothing at a start. The EFI stub prints several lines
 * for one boot. Kata starts a VM before it passes on its console. The banner of OpenHCL's own kernel comes before
 * its line here, and is not the guest's.
 */
const MARKS: readonly Mark[] = [
  { marks: "vmm", words: ": starting up libvirt version: " },
  { marks: "vmm", words: "Starting TEE/microVM." },
  // cloud-hypervisor vmm/src/vm.rs.
  { marks: "vmm", words: "Booting VM from config: " },
  // kata-containers src/runtime/virtcontainers/sandbox.go.
  { marks: "vmm", words: 'msg="Starting VM"', behind: /^.{0,500}\bsubsystem=sandbox\b/u },
  // openvmm openhcl/underhill_core/src/lib.rs.
  { marks: "svsm", words: "VMM process CVM_ALLOWED=" },
  { marks: "stage2", words: "[Stage2] COCONUT Secure Virtual Machine Service Module" },
  { marks: "svsm", words: "[SVSM] COCONUT Secure Virtual Machine Service Module" },
  { marks: "firmware", words: "SecCoreStartupWithStack(0x", behind: HEX_DIGIT },
  { marks: "platform", words: "SEV is enabled (mask 0x", behind: HEX_DIGIT },
  // Linux sev_hardware_setup(), today and before 5.11: what the machine itself has for guests.
  { marks: "host", words: "SEV enabled (ASIDs ", behind: /^\d/u },
  { marks: "host", words: "SEV-ES enabled (ASIDs ", behind: /^\d/u },
  { marks: "host", words: "SEV-SNP enabled (ASIDs ", behind: /^\d/u },
  { marks: "host", words: "SEV supported: ", behind: ASIDS },
  { marks: "host", words: "SEV-ES supported: ", behind: ASIDS },
  { marks: "host", words: "SEV-SNP supported: ", behind: ASIDS },
];

/** The words of all marks. */
export const MARK_ANCHORS: readonly string[] = MARKS.map(({ words }) => words);

/** What a line shows; null for any other line. */
export function markOf(line: string): LineMark | null {
  const mark = MARKS.find(({ words, behind }) => {
    const at = line.indexOf(words);
    return (
      at !== -1 &&
      (behind === undefined ||
        behind.test(line.slice(at + words.length, at + words.length + BEHIND)))
    );
  });
  return mark?.marks ?? null;
}

/** How much of a line after the words is looked at. */
const BEHIND = 600;
