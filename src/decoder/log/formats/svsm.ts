import { featuresFromStatus } from "../../features";
import { maskOf } from "../../text/u64";
import type { FeaturesRole, HypervisorFeaturesRole, Match, NoticeId } from "../finding";
import type { LineFormat, Read } from "./format";
import { featureWords } from "./kit/featureWords";
import type { Group } from "./kit/groups";
import { group, valueGroup } from "./kit/groups";
import { hypervisorMatch, matchOf } from "./kit/matches";
import { noticeMatch } from "./kit/notice";

const ROLES: Readonly<Record<string, { role: FeaturesRole; id: NoticeId }>> = {
  "Required features not available": { role: "missing", id: "svsm.required-features" },
  "Unsupported features enabled": { role: "guest", id: "svsm.unsupported-features" },
};

/** The names as SEV_FEATURES. The list does not show every bit. */
function namesMatch(
  names: Group,
  line: number,
  role: FeaturesRole,
  bits: readonly number[],
): Match {
  const start = names.end - names.text.trimStart().length;
  const end = start + names.text.trim().length;
  const value = featuresFromStatus(maskOf(bits));
  const bound = role === "guest" ? { atLeast: true as const } : {};
  return matchOf({ start, end }, line, { kind: "sev-features", value, role, ...bound });
}

const readNames: Read = (match, line) => {
  const names = group(match, "names");
  const kind = ROLES[match.groups?.["what"] ?? ""];
  if (names === null || kind === undefined || !PRINTED.test(match.input)) return null;
  const bits = featureWords(names.text);
  if (bits !== null) return namesMatch(names, line, kind.role, bits);
  if (names.text.trim() !== "") return null;
  const { index: start } = match;
  return noticeMatch({ start, end: start + match[0].trimEnd().length }, line, kind.id);
};

/** The mark of the SVSM's own messages; anybody may write the words. */
const PRINTED = /\[(?:SVSM|Stage2)\]/u;

/**
 * `[SVSM] ERROR: Required features not available: RESTRICTED_INJECTION DEBUG_SWAP` — names only, and not all:
 * VMPL_SSS and SMT_PROT are never on the list, which may be empty for that.
 */
const sevStatusVerify: LineFormat = {
  name: "features that the SVSM needs or refuses",
  software: "svsm",
  // Printed since 2024-02.
  anchors: ["Required features not available:", "Unsupported features enabled:"],
  pattern:
    /\b(?<what>Required features not available|Unsupported features enabled):(?<names>[ \w|-]{0,400})(?![ \w|{%-])/gu,
  read: readNames,
};

const HYPERVISOR_ROLES = [
  ["supported", "supported"],
  ["required", "required"],
  ["missing", "missing"],
  ["old", "missing"],
] as const satisfies readonly (readonly [string, HypervisorFeaturesRole])[];

/** `… GHCB features not available: present=0x3, required=0x23, missing=0x20` — the hypervisor's bitmap, no SEV_FEATURES. */
const hypervisorFeatures: LineFormat = {
  name: "hypervisor features that the SVSM needs",
  software: "svsm",
  anchors: ["hypervisor GHCB features not available"],
  pattern:
    /\bRequired hypervisor GHCB features not available: (?:present=(?<supported>0x[\da-f]{1,16}), required=(?<required>0x[\da-f]{1,16}), missing=(?<missing>0x[\da-f]{1,16})|(?<old>0x[\da-f]{1,16}))\b/dgu,
  read: (match, line) =>
    HYPERVISOR_ROLES.flatMap(([name, role]) => {
      const found = valueGroup(match, name);
      return found === null ? [] : [hypervisorMatch(found, line, role)];
    }),
};

export const SVSM_FORMATS: readonly LineFormat[] = [sevStatusVerify, hypervisorFeatures];
