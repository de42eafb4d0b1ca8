import { bitByName } from "../../features";
import { maskOf } from "../../text/u64";
import type { BlockMatch, Place } from "../finding";
import type { LineText } from "../line/lineText";
import type { Block, BlockFormat, Taken } from "./format";
import { printedBy } from "./format";
import { group, hexOrDecimal } from "./kit/groups";
import { readFeatures, tokenAt } from "./kit/matches";
import { isPlausibleStatus } from "./kit/plausible";

const ROW =
  /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}(?<text>(?<name>SEV|SEV-ES|SNP|VTOM|ReflectVC|(?:Restricted|Alternate) Injection|Debug Swap|Prevent Host IBS|SNP BTB Isolation|VMPL SSS|Secure TS[CE]|VMG Exit Parameter|IBS Virtualization|VMSA Reg Prot|SMT Protection): (?:[\w-]{3,6} is )?(?<state>ENABLED|DISABLED))\s*$/du;
const HEADING = /\[ (?:PASS|FAIL|SKIP) \] {1,8}- {1,4}Optional Features statuses:/u;
const FIRST = "SEV";
/** The rows without which a table is cut: those of SEV, SEV-ES and SEV-SNP. */
const LEVELS = 0b111n;
const LAST = "SMT Protection";

interface Row {
  readonly name: string;
  /** Of SEV_STATUS. */
  readonly bit: number | null;
  readonly isOn: boolean;
  readonly place: Place;
}

function rowOf(text: LineText, number: number): Row | null {
  const match = ROW.exec(text.text);
  const span = match === null ? null : group(match, "text");
  const { name, state } = match?.groups ?? {};
  if (span === null || name === undefined) return null;
  const isOn = state === "ENABLED";
  return { name, bit: bitByName(name), isOn, place: text.place(span, number) };
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
    const value = maskOf(this.#rows.flatMap(({ bit, isOn }) => (isOn ? (bit ?? []) : [])));
    const shows = maskOf(this.#rows.flatMap(({ bit }) => bit ?? []));
    const [first] = this.#rows;
    // Of a table that was cut, only what is on is worth telling.
    const isCut = (shows & LEVELS) !== LEVELS;
    if (first === undefined || (isCut && value === 0n) || !isPlausibleStatus(value)) return [];
    const tokens = this.#rows.map(({ place }) => tokenAt(place, "value"));
    return [{ ...first.place, fact: { kind: "sev-status", value, atLeast: true, shows }, tokens }];
  }
}

/**
 * `[ PASS ] - SEV: ENABLED` … `[ PASS ]   - SMT Protection: DISABLED` — what `snpguest ok` prints, coloured. The
 * rows that say ENABLED are the value; it knows bits 0 to 17 only, and calls bit 11 "Secure TSE". Since 0.4.1. Before, its
 * three rows said `SEV: SEV is ENABLED`.
 */
export const snpguestOk: BlockFormat = {
  name: "snpguest ok",
  software: "virtee",
  anchors: ["- SEV: ENABLED", "- SEV: DISABLED", "- SEV: SEV is "],
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
  /** `SecureTSC not set in KVM sev_supported_vmsa_features: 0x0000000000000020` — SEV_FEATURES that KVM can give to guests. */
  {
    name: "snphost ok: SEV_FEATURES of KVM",
    anchors: ["KVM sev_supported_vmsa_features"],
    pattern: /\bKVM sev_supported_vmsa_features: (?<value>0x[\da-f]{1,16})\b/gu,
    read: readFeatures("supported"),
  },
]);
