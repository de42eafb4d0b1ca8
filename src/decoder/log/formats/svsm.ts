import { featuresFromStatus } from "../../features";
import { maskOf } from "../../text/u64";
import type { FeaturesRole, HypervisorFeaturesRole, NoticeId } from "../finding";
import type { Read } from "./format";
import { printedBy } from "./format";
import { featureWords } from "./kit/featureWords";
import { decimal, group, valueGroup } from "./kit/groups";
import { matchOf } from "./kit/matches";
import { noticeMatch } from "./kit/notice";

const ROLES: Readonly<Record<string, { role: FeaturesRole; id: NoticeId }>> = {
  "Required features not available": { role: "missing", id: "svsm.required-features" },
  "Unsupported features enabled": { role: "guest", id: "svsm.unsupported-features" },
};

/** The mark of the SVSM's own messages; anybody may write the words. */
const PRINTED = /\[(?:SVSM|Stage2)\]/u;

const readNames: Read = (match, line) => {
  const names = group(match, "names");
  const kind = ROLES[match.groups?.["what"] ?? ""];
  if (names === null || kind === undefined || !PRINTED.test(match.input)) return null;
  const { text, end } = names;
  const start = end - text.trimStart().length;
  const bits = featureWords(text);
  if (bits !== null) {
    const fact = { kind: "sev-features", value: featuresFromStatus(maskOf(bits)) } as const;
    const { role } = kind;
    const span = { start, end: start + text.trim().length };
    // The list does not show every bit of those that are on.
    return matchOf(span, line, { ...fact, role, ...(role === "guest" ? { atLeast: true } : {}) });
  }
  if (start < end) return null;
  const { index, 0: message } = match;
  return noticeMatch({ start: index, end: index + message.trimEnd().length }, line, kind.id);
};

const HYPERVISOR_ROLES: readonly HypervisorFeaturesRole[] = ["supported", "required", "missing"];

/**
 * Reads SW_EXITINFO1 and 2 as the hypervisor answered them. Other first numbers are not read: a guest request puts the
 * size of its certificates there.
 */
const readAnswer: Read = (match, line) => {
  const error = valueGroup(match, "error", decimal);
  if (error === null) return null;
  const { start, end, value } = error;
  const fact = { kind: "vmgexit", exitCode: null, exitInfo1: 2n, exitInfo2: value } as const;
  return matchOf({ start, end }, line, { ...fact, answer: true }, "exitInfo2");
};

export const SVSM_FORMATS = printedBy("svsm", [
  /**
   * `[SVSM] ERROR: Required features not available: RESTRICTED_INJECTION DEBUG_SWAP` — names only, and not all:
   * VMPL_SSS and SMT_PROT are never on the list, which may be empty for that. Since 2024-02.
   */
  {
    name: "features that the SVSM needs or refuses",
    anchors: ["Required features not available:", "Unsupported features enabled:"],
    pattern:
      /\b(?<what>Required features not available|Unsupported features enabled):(?<names>[ \w|-]{0,400})(?![ \w|{%-])/gu,
    read: readNames,
  },
  /** `… GHCB features not available: present=0x3, required=0x23, missing=0x20` — the hypervisor's bitmap, no SEV_FEATURES. */
  {
    name: "hypervisor features that the SVSM needs",
    anchors: ["hypervisor GHCB features not available"],
    pattern:
      /\bRequired hypervisor GHCB features not available: (?:present=(?<supported>0x[\da-f]{1,16}), required=(?<required>0x[\da-f]{1,16}), missing=)?(?<missing>0x[\da-f]{1,16})\b/dgu,
    read: (match, line) =>
      HYPERVISOR_ROLES.flatMap((role) => {
        const found = valueGroup(match, role);
        if (found === null) return [];
        return [matchOf(found, line, { kind: "hypervisor-features", value: found.value, role })];
      }),
  },
  /**
   * `Failed to write APIC.ICR: Ghcb(VmgexitError(2, 6))` — SW_EXITINFO1 and 2 of the answer, decimal; 2 is
   * GHCB_HV_RESP_MALFORMED_INPUT. Source: COCONUT-SVSM kernel/src/sev/ghcb.rs.
   */
  {
    name: "answer of the hypervisor that the SVSM cannot use",
    anchors: ["VmgexitError(2, "],
    pattern: /\bGhcb\(VmgexitError\(2, (?<error>[1-6])\)\)/dgu,
    read: readAnswer,
  },
]);
