import type { BlockMatch } from "../finding";
import { bitByName } from "../../features";
import type { Span } from "../../text/span";
import { maskOf } from "../../text/u64";
import type { LineText } from "../line/lineText";
import type { Block, BlockFormat, LineFormat, Taken } from "./format";
import { group, hexOrDecimal } from "./kit/groups";
import { readFeatures } from "./kit/matches";
import { isPlausibleStatus } from "./kit/plausible";

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

  close(): readonly BlockMatch[] {
    const bits = this.#rows.flatMap(({ row }) => (row.isOn ? [bitByName(row.name)] : []));
    const value = maskOf(bits.filter((bit) => bit !== null));
    const [first] = this.#rows;
    if (first === undefined || value === 0n || !isPlausibleStatus(value)) return [];
    const tokens = this.#rows.map(({ row, text, number }) => text.token(row, number, "value"));
    const fact = { kind: "sev-status", value, atLeast: true } as const;
    return [{ ...first.text.place(first.row, first.number), fact, tokens }];
  }
}

/**
 * `[ PASS ] - SEV: ENABLED` … `[ PASS ]   - SMT Protection: DISABLED` — what `snpguest ok` prints, coloured. The
 * rows that say ENABLED are the value; it knows bits 0 to 17 only, and calls bit 11 "Secure TSE".
 */
export const snpguestOk: BlockFormat = {
  name: "snpguest ok",
  software: "virtee",
  // Printed since 0.4.1.
  anchors: ["- SEV: ENABLED", "- SEV: DISABLED"],
  begin: (text, number) => {
    const row = rowOf(text);
    return row?.name === FIRST ? new FeatureTable(row, text, number) : null;
  },
  isMember: (text) => rowOf(text) !== null || HEADING.test(text.text),
  patience: 2,
  longest: 48,
  holds: true,
};

/** `snpguest generate measurement -g 0x21` — SEV_FEATURES, 0x hex or decimal. */
const measurement: LineFormat = {
  name: "snpguest generate measurement",
  software: "virtee",
  anchors: ["snpguest generate measurement"],
  pattern:
    /\bsnpguest generate measurement\b[^|;&]{0,400}? (?:-g|--guest-features)[ =](?<value>0x[\da-f]{1,16}|\d{1,20})(?![\w.])/giu,
  read: readFeatures("requested", hexOrDecimal),
};

/** `SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020` — SEV_FEATURES that KVM can give to guests. */
const supportedFeatures: LineFormat = {
  name: "snphost ok: SEV_FEATURES of KVM",
  software: "virtee",
  anchors: ["KVM sev_supported_vmsa_features"],
  pattern: /\bKVM sev_supported_vmsa_features: (?<value>0x[\da-f]{1,16})\b/gu,
  read: readFeatures("supported"),
};

export const VIRTEE_FORMATS: readonly LineFormat[] = [measurement, supportedFeatures];
