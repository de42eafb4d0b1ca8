import { featuresFromStatus } from "../../features";
import { maskOf } from "../../text/u64";
import type { FeaturesRole, HypervisorFeaturesRole, NoticeId } from "../finding";
import { featureWords } from "./kit/featureWords";
import type { Group } from "./kit/groups";
import { group, ofEvery, valueGroup } from "./kit/groups";
import type { LineFormat, Said } from "../reading";
import { noticeFormat, noticeSaid, said } from "./kit/said";

const NAMED =
  /\b(?<what>Required features not available|Unsupported features enabled):(?<names>[ \w|-]{0,400})(?![ \w|{%-])/dgu;

const ROLES: Readonly<Record<string, { role: FeaturesRole; id: NoticeId }>> = {
  "Required features not available": { role: "missing", id: "svsm.required-features" },
  "Unsupported features enabled": { role: "guest", id: "svsm.unsupported-features" },
};

/** The names as SEV_FEATURES; the list does not show every bit. */
function namesSaid(names: Group, role: FeaturesRole, bits: readonly number[]): Said {
  const start = names.start + names.text.length - names.text.trimStart().length;
  const end = start + names.text.trim().length;
  const value = featuresFromStatus(maskOf(bits));
  const lowerBound = role === "guest" ? { atLeast: true as const } : {};
  return said(
    { start, end },
    { kind: "sev-features", value, role, ...lowerBound },
    {
      kind: "register",
      register: "sev-features",
      value,
      ...(role === "missing" ? { mask: true } : lowerBound),
    },
  );
}

function verifySaid(match: RegExpExecArray): Said[] {
  const names = group(match, "names");
  const kind = ROLES[match.groups?.["what"] ?? ""];
  if (names === null || kind === undefined) return [];
  const bits = featureWords(names.text);
  if (bits !== null) return [namesSaid(names, kind.role, bits)];
  if (names.text.trim() !== "") return [];
  const end = match.index + match[0].trimEnd().length;
  return [noticeSaid({ start: match.index, end }, kind.id)];
}

/**
 * `[SVSM] ERROR: Required features not available: RESTRICTED_INJECTION DEBUG_SWAP` — names only, and not all:
 * VMPL_SSS and SMT_PROT are never on the list, which may be empty for that.
 */
const sevStatusVerify: LineFormat = {
  name: "features that the SVSM needs or refuses",
  software: "svsm",
  since: "2024-02",
  anchors: ["Required features not available:", "Unsupported features enabled:"],
  recognise: (line) => (/\[(?:SVSM|Stage2)\]/u.test(line) ? ofEvery(line, NAMED, verifySaid) : []),
  examples: [
    "[SVSM] ERROR: Required features not available: RESTRICTED_INJECTION DEBUG_SWAP",
    "[SVSM] ERROR: Unsupported features enabled: ALTERNATE_INJECTION",
    "[SVSM] ERROR: Unsupported features enabled: ",
  ],
  nearMisses: [
    "Required features not available: RESTRICTED_INJECTION",
    "[SVSM] ERROR: Required features not available: TELEPATHY",
    'log::error!("[SVSM] Unsupported features enabled: {unsupported}");',
  ],
};

const HYPERVISOR =
  /\bRequired hypervisor GHCB features not available: (?:present=(?<supported>0x[\da-f]{1,16}), required=(?<required>0x[\da-f]{1,16}), missing=(?<missing>0x[\da-f]{1,16})|(?<old>0x[\da-f]{1,16}))\b/dgu;

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
  since: null,
  anchors: ["hypervisor GHCB features not available"],
  recognise: (line) =>
    ofEvery(line, HYPERVISOR, (match) =>
      HYPERVISOR_ROLES.flatMap(([name, role]) => {
        const found = valueGroup(match, name);
        if (found === null) return [];
        const features = { kind: "hypervisor-features", value: found.value, role } as const;
        return [said(found, features, features)];
      }),
    ),
  examples: [
    "[Stage2] ERROR: Required hypervisor GHCB features not available: present=0x3, required=0x23, missing=0x20",
    "[SVSM] ERROR: Required hypervisor GHCB features not available: 0x20",
  ],
  nearMisses: ["Required hypervisor GHCB features not available"],
};

const GHCB_VERSION =
  /\bthe hypervisor doesn't support GHCB version \d{1,3} \(min: \d{1,5}, max: \d{1,5}\)/gu;

/** The message in the low 12 bits of the GHCB MSR, not its whole value. Clients of many protocols print these words. */
const RESPONSE =
  /(?<=\[(?:SVSM|Stage2)\] [^[\]]{0,80})\bunexpected response type: 0x[\da-f]{1,3}\b/giu;

export const SVSM_FORMATS: readonly LineFormat[] = [
  sevStatusVerify,
  hypervisorFeatures,
  noticeFormat({
    id: "svsm.ghcb-version",
    name: "GHCB version that the hypervisor lacks",
    software: "svsm",
    words: "support GHCB version ",
    pattern: GHCB_VERSION,
    examples: ["[SVSM] the hypervisor doesn't support GHCB version 2 (min: 1, max: 1)"],
    nearMisses: [
      "whether they support GHCB version 2",
      `log::error!("the hypervisor doesn't support GHCB version {} (min: {}, max: {})");`,
    ],
  }),
  noticeFormat({
    id: "svsm.unexpected-response",
    name: "answer that is not the one waited for",
    software: "svsm",
    words: "nexpected response type: 0x",
    pattern: RESPONSE,
    examples: ["[Stage2] ERROR: unexpected response type: 0x100"],
    nearMisses: [
      "[SVSM] ERROR: unexpected response type: 0x1000",
      "rpc: unexpected response type: 0x03, expected 0x02",
      "unexpected response type: text/html",
    ],
  }),
  noticeFormat({
    id: "svsm.required-features",
    name: "panic over features that are off",
    software: "svsm",
    words: "Required SEV features not available",
    examples: ["[SVSM] ERROR: Panic: Required SEV features not available"],
    nearMisses: [
      "Required features not available",
      'panic!("Required SEV features not available");',
      'panic!("{}", "Required SEV features not available");',
      "Required SEV features not available on this host",
    ],
  }),
  noticeFormat({
    id: "svsm.unsupported-features",
    name: "panic over features that are on",
    software: "svsm",
    words: "Unsupported SEV features enabled",
    examples: [
      "[SVSM] ERROR: Panic: Unsupported SEV features enabled",
      "thread 'svsm' panicked at 'Unsupported SEV features enabled', kernel/src/sev/status.rs:200:9",
    ],
    nearMisses: [
      "Unsupported features enabled",
      "/* Unsupported SEV features enabled */",
      "Unsupported SEV features enabled by the launch, such as",
      '#[should_panic(expected = "Unsupported SEV features enabled")]',
    ],
  }),
];
