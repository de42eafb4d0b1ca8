import type { HypervisorFeaturesRole, NoticeId } from "../../finding";
import type { Read } from "../format";
import { printedBy } from "../format";
import { featureWords } from "../kit/featureWords";
import { isCutBehind } from "../kit/cut";
import { decimal, group, spanOf, valueGroup } from "../kit/groups";
import { matchOf } from "../kit/matches";
import { noticeMatch } from "../kit/notice";
import { SVSM_LIST_ANCHORS } from "../kit/svsmLists";
import type { ListRole } from "./list";
import { PRINTED, listMatch, roleOfList } from "./list";

const EMPTY: Readonly<Record<ListRole, NoticeId>> = {
  missing: "svsm.required-features",
  guest: "svsm.unsupported-features",
};

const readNames: Read = (match, line) => {
  const names = group(match, "names");
  const role = roleOfList(match.groups?.["what"]);
  if (names === null || role === null || !PRINTED.test(match.input)) return null;
  const { text, end } = names;
  if (isCutBehind(match.input, end)) return noticeMatch(spanOf(match), line, "named.cut");
  const start = end - text.trimStart().length;
  const bits = featureWords(text);
  if (bits !== null) return listMatch({ start, end: start + text.trim().length }, line, role, bits);
  const id = EMPTY[role];
  if (start < end) return null;
  const { index, 0: message } = match;
  return noticeMatch({ start: index, end: index + message.trimEnd().length }, line, id);
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
    anchors: SVSM_LIST_ANCHORS,
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
