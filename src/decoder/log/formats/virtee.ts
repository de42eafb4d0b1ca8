import { bitByName } from "../../features";
import { maskOf } from "../../text/u64";
import type { BlockMatch, Place } from "../finding";
import type { LineText } from "../line/lineText";
import type { Block, BlockFormat, Taken } from "./format";
import { printedBy } from "./format";
import { group, hexOrDecimal } from "./kit/groups";
import { readFeatures, readFirmwareStatus, tokenAt } from "./kit/matches";
import { isPlausibleStatus } from "./kit/plausible";

const ROW =
  /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}(?<text>(?<name>SEV|SEV-ES|SNP|VTOM|ReflectVC|(?:Restricted|Alternate) Injection|Debug Swap|Prevent Host IBS|SNP BTB Isolation|VMPL SSS|Secure TS[CE]|VMG Exit Parameter|IBS Virtualization|VMSA Reg Prot|SMT Protection): (?<state>ENABLED|DISABLED))\s*$/du;
const HEADING = /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}Optional Features statuses:/u;
const FIRST = "SEV";
const LAST = "SMT Protection";

interface Row {
  readonly name: string;
  /** Null where it is off. */
  readonly bit: number | null;
  readonly place: Place;
}

function rowOf(text: LineText, number: number): Row | null {
  const match = ROW.exec(text.text);
  const span = match === null ? null : group(match, "text");
  const { name, state } = match?.groups ?? {};
  if (span === null || name === undefined) return null;
  const bit = state === "ENABLED" ? bitByName(name) : null;
  return { name, bit, place: text.place(span, number) };
}

/** The table of `snpguest ok` that is being read. */
class FeatureTable implements Block {
  readonly #rows: Row[];

  constructor(first: Row) {
    this.#rows = [first];
  }

  take(text: LineText, number: number): Taken {
    const row = rowOf(text, number);
    if (row === null) return { state: HEADING.test(text.text) ? "more" : "foreign", found: [] };
    if (row.name === FIRST) return { state: "over", found: this.close() };
    this.#rows.push(row);
    if (row.name !== LAST) return { state: "more", found: [] };
    return { state: "done", found: this.close() };
  }

  close(): readonly BlockMatch[] {
    const value = maskOf(this.#rows.map(({ bit }) => bit).filter((bit) => bit !== null));
    const [first] = this.#rows;
    if (first === undefined || value === 0n || !isPlausibleStatus(value)) return [];
    const tokens = this.#rows.map(({ place }) => tokenAt(place, "value"));
    return [{ ...first.place, fact: { kind: "sev-status", value, atLeast: true }, tokens }];
  }
}

/**
 * `[ PASS ] - SEV: ENABLED` … `[ PASS ]   - SMT Protection: DISABLED` — what `snpguest ok` prints, coloured. The
 * rows that say ENABLED are the value; it knows bits 0 to 17 only, and calls bit 11 "Secure TSE". Since 0.4.1.
 */
export const snpguestOk: BlockFormat = {
  name: "snpguest ok",
  software: "virtee",
  anchors: ["- SEV: ENABLED", "- SEV: DISABLED"],
  begin: (text, number) => {
    const row = rowOf(text, number);
    return row?.name === FIRST ? new FeatureTable(row) : null;
  },
  isMember: (text) => rowOf(text, 0) !== null || HEADING.test(text.text),
  patience: 2,
  longest: 48,
  holds: true,
};

export const VIRTEE_FORMATS = printedBy("virtee", [
  /** `snpguest generate measurement -g 0x21` — SEV_FEATURES, 0x hex or decimal. */
  {
    name: "snpguest generate measurement",
    anchors: ["snpguest generate measurement"],
    pattern:
      /\bsnpguest generate measurement\b[^|;&]{0,400}? (?:-g|--guest-features)[ =](?<value>0x[\da-f]{1,16}|\d{1,20})(?![\w.])/giu,
    read: readFeatures("requested", hexOrDecimal),
  },
  /**
   * `Known SEV FW Error: Status Code: 0x16: Given parameter is invalid.` — a firmware status, as snpguest and snphost
   * print it. Source: virtee/sev src/error.rs.
   */
  {
    name: "firmware status",
    anchors: ["Known SEV FW Error: Status Code: 0x"],
    pattern: /\bKnown SEV FW Error: Status Code: (?<value>0x[\da-f]{1,8}): [A-Z]/dgu,
    read: readFirmwareStatus(),
  },
  /** `SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020` — SEV_FEATURES that KVM can give to guests. */
  {
    name: "snphost ok: SEV_FEATURES of KVM",
    anchors: ["KVM sev_supported_vmsa_features"],
    pattern: /\bKVM sev_supported_vmsa_features: (?<value>0x[\da-f]{1,16})\b/gu,
    read: readFeatures("supported"),
  },
]);
