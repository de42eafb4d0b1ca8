import { bitByName } from "../../../features";
import type { Span } from "../../../text/span";
import { maskOf } from "../../../text/u64";
import type { Match } from "../../finding";
import type { Read } from "../format";
import { printedBy } from "../format";
import { featureWords, knownFeatureWords } from "../kit/featureWords";
import type { Group } from "../kit/groups";
import { group, spanOf } from "../kit/groups";
import { matchOf, statusAtLeast } from "../kit/matches";
import { isMention } from "../kit/mention";
import { BANNER } from "./banner";
import { readStubRefusal } from "./efiStub";

const VTOM = 0x8n;

/** The mask of a `SEV: Status:` line; vTom alone is what the Hyper-V code makes up. */
export function statusByNames(span: Span, line: number, value: bigint): Match {
  return value === VTOM
    ? matchOf(span, line, { kind: "sev-status", value, atLeast: true, synthetic: true })
    : statusAtLeast(span, line, value, SHOWN);
}

/** SEV, SEV-ES and SEV-SNP: every kernel that prints the line has names for them. */
const SHOWN = 0b111n;

/** What may follow a whole list: the end of its text, or the next line's beginning. */
const LIST_ENDS = /^ ?(?:$|[ "'<[])/u;

/**
 * One word that is no feature means that this is another message, or a damaged one; unless it can be the name of a
 * feature that a newer kernel knows, in a list that is the kernel's otherwise: from bit 0 up, and by itself.
 */
function statusBits(names: Group, line: string): number[] | null {
  const bits = featureWords(names.text);
  if (bits !== null) return bits;
  const known = knownFeatureWords(names.text);
  const isKernels =
    known?.[0] === 0 &&
    known[1] === 1 &&
    known.every((bit, at) => bit > (known[at - 1] ?? -1)) &&
    LIST_ENDS.test(line.slice(names.end, names.end + 2));
  return isKernels ? known : null;
}

const readStatusNames: Read = (match, line) => {
  const names = group(match, "names");
  const bits = names === null ? null : statusBits(names, match.input);
  return names === null || bits === null ? null : statusByNames(names, line, maskOf(bits));
};

const readActiveFeatures: Read = (match, line) => {
  const names = group(match, "names");
  if (names === null) return null;
  const bits = names.text.split(" ").map(bitByName);
  return statusAtLeast(names, line, maskOf(bits.filter((bit) => bit !== null)));
};

const readOldActive: Read = (match, line) => {
  const name = group(match, "old") ?? group(match, "dma");
  if (name === null || isMention(match.input, spanOf(match))) return null;
  return statusAtLeast(name, line, 1n);
};

export const LINUX_BOOT = printedBy("linux", [
  /** `SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ` — every set bit that this kernel has a name for. Since 6.9. */
  {
    name: "SEV status by names",
    anchors: ["SEV: Status:"],
    pattern: /\bSEV: Status: (?<names>[A-Za-z][\w-]{0,24}(?: [A-Za-z][\w-]{0,24}){0,40})/gu,
    read: readStatusNames,
  },
  /** `Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP` — SEV_STATUS bits 0 to 2, and no other. Since 5.10. */
  {
    name: "active memory encryption",
    anchors: ["Memory Encryption Features active"],
    pattern:
      /(?:\bAMD Memory Encryption Features active: |\bMemory Encryption Features active: AMD )(?<names>SEV(?: SEV-ES)?(?: SEV-SNP)?)(?![\w-])/gu,
    read: readActiveFeatures,
  },
  /** `AMD Secure Encrypted Virtualization (SEV) active` — bit 0, from kernels that knew no other. Since 4.15. */
  {
    name: "SEV is active",
    anchors: ["Secure Encrypted Virtualization (SEV) active", "SEV is active"],
    pattern:
      /\bAMD Secure Encrypted Virtualization \((?<old>SEV)\) active\b|\b(?<dma>SEV) is active(?: and system is using DMA bounce buffers|, SWIOTLB default size set to \d)/dgu,
    read: readOldActive,
  },
  /**
   * `EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800` — the guest's own console, then the firmware again.
   * RHEL 8.10 prints it without the value. Since 6.6.
   */
  {
    name: "refusal by the EFI stub",
    anchors: ["Unsupported SEV-SNP features detected"],
    pattern:
      /(?<prefix>\b(?:EFI stub: )?ERROR: )?\bUnsupported SEV-SNP features detected(?:: (?<value>0x[\da-f]{1,16})\b)?/gu,
    read: readStubRefusal,
  },
  BANNER,
]);
