import { bitByName } from "../../features";
import { maskOf } from "../../text/u64";
import type { Part, Span } from "../finding";
import { decimal, group, ofEveryValue, u64 } from "./kit/groups";
import type { LineText } from "../line/lineText";
import { plausibleStatus } from "./kit/plausible";
import type { Block, BlockFormat, LineFormat, Placed, Reading, Taken } from "../reading";
import { featuresSaid, noticeFormat } from "./kit/said";

const ROW =
  /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}(?<text>(?<name>SEV|SEV-ES|SNP|VTOM|ReflectVC|(?:Restricted|Alternate) Injection|Debug Swap|Prevent Host IBS|SNP BTB Isolation|VMPL SSS|Secure TS[CE]|VMG Exit Parameter|IBS Virtualization|VMSA Reg Prot|SMT Protection): (?<state>ENABLED|DISABLED))\s*$/du;
const HEADING = /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}Optional Features statuses:/u;
const FIRST = "SEV";
const LAST = "SMT Protection";

interface Row extends Span {
  readonly name: string;
  readonly isOn: boolean;
}

function rowOf({ text }: LineText): Row | null {
  const match = ROW.exec(text);
  const span = match === null ? null : group(match, "text");
  const name = match?.groups?.["name"];
  if (span === null || name === undefined) return null;
  return { start: span.start, end: span.end, name, isOn: match?.groups?.["state"] === "ENABLED" };
}

/** The table of `snpguest ok` that is being read. */
class FeatureTable implements Block {
  readonly #rows: { readonly row: Row; readonly text: LineText; readonly number: number }[] = [];

  constructor(row: Row, text: LineText, number: number) {
    this.#rows.push({ row, text, number });
  }

  take(text: LineText, number: number): Taken {
    const row = rowOf(text);
    if (row === null)
      return HEADING.test(text.text)
        ? { state: "more", found: [] }
        : { state: "foreign", found: [] };
    if (row.name === FIRST) return { state: "over", found: this.close() };
    this.#rows.push({ row, text, number });
    return row.name === LAST
      ? { state: "done", found: this.close() }
      : { state: "more", found: [] };
  }

  close(): readonly Placed[] {
    const bits = this.#rows.flatMap(({ row }) => (row.isOn ? [bitByName(row.name)] : []));
    const value = maskOf(bits.filter((bit) => bit !== null));
    const [first] = this.#rows;
    if (first === undefined || value === 0n || plausibleStatus(value) === null) return [];
    const reading: Reading = { kind: "register", register: "sev-status", value, atLeast: true };
    const parts = this.#rows.flatMap(({ row, text, number }): readonly Part[] => {
      const { start, end } = row;
      return text.place({ start, end, fact: null, parts: [{ start, end, reading }] }, number).parts;
    });
    const { start, end } = first.row;
    const place = first.text.place({ start, end, fact: null, parts: [] }, first.number);
    const fact = { kind: "sev-status", value, atLeast: true } as const;
    return [{ ...place, fact, parts }];
  }
}

/**
 * `[ PASS ] - SEV: ENABLED` … `[ PASS ]   - SMT Protection: DISABLED` — what `snpguest ok` prints, coloured. The
 * rows that say ENABLED are the value; it knows bits 0 to 17 only, and calls bit 11 "Secure TSE".
 */
export const snpguestOk: BlockFormat = {
  name: "snpguest ok",
  software: "virtee",
  since: "0.4.1",
  anchors: ["- SEV: ENABLED", "- SEV: DISABLED"],
  begin: (text, number) => {
    const row = rowOf(text);
    return row?.name === FIRST ? new FeatureTable(row, text, number) : null;
  },
  isMember: (text) => rowOf(text) !== null || HEADING.test(text.text),
  patience: 2,
  longest: 48,
  holds: true,
  examples: [
    "[ PASS ] - SEV: ENABLED\n[ PASS ] - SEV-ES: ENABLED\n[ PASS ] - SNP: ENABLED\n[ PASS ] - Optional Features statuses:\n[ PASS ]   - VTOM: DISABLED\n[ PASS ]   - Secure TSE: ENABLED",
    "[ \u001b[38;5;2mPASS\u001b[0m ] - SEV: ENABLED\n[ \u001b[38;5;2mPASS\u001b[0m ] - SEV-ES: ENABLED",
  ],
  nearMisses: ["[ FAIL ] - SEV: DISABLED", "[ PASS ]   - SEV enabled in KVM"],
};

const MEASUREMENT =
  /\bsnpguest generate measurement\b[^|;&]{0,400}? (?:-g|--guest-features)[ =](?<value>0x[\da-f]{1,16}|\d{1,20})(?![\w.])/dgiu;

/** `snpguest generate measurement -g 0x21` — SEV_FEATURES, 0x hex or decimal. */
const measurement: LineFormat = {
  name: "snpguest generate measurement",
  software: "virtee",
  since: null,
  anchors: ["snpguest generate measurement"],
  recognise: (line) =>
    ofEveryValue(
      line,
      MEASUREMENT,
      (found) => [featuresSaid(found, found.value, "requested")],
      (text) => (text.startsWith("0x") ? u64(text) : decimal(text)),
    ),
  examples: [
    "snpguest generate measurement -v EPYC-v4 -g 0x21 -o OVMF.fd",
    "snpguest generate measurement --guest-features 33 --ovmf OVMF.fd",
  ],
  nearMisses: ["snpguest generate measurement --vcpus 4"],
};

const SUPPORTED = /\bKVM sev_supported_vmsa_features: (?<value>0x[\da-f]{1,16})\b/dgu;

/** `SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020` — SEV_FEATURES that KVM can give to guests. */
const supportedFeatures: LineFormat = {
  name: "snphost ok: SEV_FEATURES of KVM",
  software: "virtee",
  since: null,
  anchors: ["KVM sev_supported_vmsa_features"],
  recognise: (line) =>
    ofEveryValue(line, SUPPORTED, (found) => [featuresSaid(found, found.value, "supported")]),
  examples: [
    "[ FAIL ]       - (Optional Feature) Secure TSC: SecureTSC bit 9 not set in KVM sev_supported_vmsa_features: 0x0000000000000020",
    "[ \u001b[38;5;1mFAIL\u001b[0m ]       - (Optional Feature) Secure TSC: SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020; SecureTSC bit 8 not set in CPUID 0x8000001F EAX: 0x0000007f",
  ],
  nearMisses: ["[ PASS ]       - (Optional Feature) Secure TSC: Configurable"],
};

const CANNOT_READ =
  /\bError reading MSR: Failed to get bit values(?:, [^"]{1,200}?(?=\s*(?:$|")))?/gu;

export const VIRTEE_FORMATS: readonly LineFormat[] = [
  measurement,
  supportedFeatures,
  noticeFormat({
    id: "virtee.cannot-read",
    name: "snpguest ok without the MSR",
    software: "virtee",
    words: "Error reading MSR: Failed to get bit values",
    pattern: CANNOT_READ,
    examples: ["[ FAIL ] - Error reading MSR: Failed to get bit values, permission denied"],
    nearMisses: [
      "[ FAIL ] - Error reading MSR",
      "`Error reading MSR: Failed to get bit values` means that the msr module is not loaded",
    ],
  }),
];
