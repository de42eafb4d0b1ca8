import type { Decode, Register } from "../../register/decode";
import { REGISTERS, decode, statusOf } from "../../register/decode";
import { featureName, featureRow } from "../../features";
import type { FeatureRow } from "../../features";
import { CATALOG } from "../../guest/catalog/catalog";
import type { CatalogRow } from "../../guest/catalog/row";
import type { Assessment } from "../../guest/assessment";
import { assessDecode } from "../../guest/assessment";
import type { FeatureStanding } from "../../guest/check";
import { DISTRIBUTIONS } from "../../guest/distributions";
import type { NamedGuest } from "../../guest/lookup";
import { isWholeBranch } from "../../guest/matrix";
import type { GuestProfile } from "../../guest/profile";
import { distributionProfile, rowProfile } from "../../guest/profile";
import { hasBit, hex64 } from "../../text/u64";
import { REGISTER_LABELS, reportOn } from "./decodeReport";
import type { KernelGroup } from "../guest/kernels";
import { kernelGroups } from "../guest/kernels";
import type { Report } from "../report";
import { standingLine } from "../guest/standing";
import { SIGNS } from "../report";

/** What is not certain about a bit: sources that contradict each other, or a fact that nobody verified. */
export interface Doubt {
  readonly kind: "disputed" | "unverified";
  readonly text: string;
}

/** One row of the feature table: a bit of the chosen register. Everything in it survives JSON. */
export interface TableRow {
  /** Position in the chosen register. */
  readonly bit: number;
  /** Position in SEV_STATUS; null for the two top bits of SEV_FEATURES. */
  readonly statusBit: number | null;
  readonly name: string;
  /** Whether any source names the bit. */
  readonly named: boolean;
  /** Other projects' names. */
  readonly aliases: readonly string[];
  readonly meaning: string;
  readonly doubts: readonly Doubt[];
  readonly set: boolean;
  /** What the chosen guest does with it; null without a guest. */
  readonly standing: FeatureStanding | null;
  /** A sign and words for `standing`; "" without a guest. */
  readonly sign: string;
  readonly state: string;
  /** Set, and lacking in the chosen guest. */
  readonly lacking: boolean;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

/** What the feature table shows for one value, one register and one guest. */
export interface FeatureTable {
  readonly register: Register;
  readonly registers: readonly Choice[];
  /** `0x` and 16 digits. */
  readonly value: string;
  readonly guest: Choice | null;
  /** Upstream's, newest first, and before them the chosen one where no list has it. */
  readonly guests: readonly Choice[];
  readonly distributions: readonly Choice[];
  readonly report: Report;
  /** What the catalog's kernels do with the value; none for registers that hold no features of a running guest. */
  readonly kernels: readonly KernelGroup[];
  /** One row a bit, lowest first; none for registers that hold no features. */
  readonly rows: readonly TableRow[];
}

/** The distributions' kernels that can be picked from a list: every row that is an answer by itself. */
export function distributionChoices(): Choice[] {
  return DISTRIBUTIONS.flatMap((row) => {
    const profile = distributionProfile(row);
    return profile === null ? [] : [{ id: profile.id, label: profile.label }];
  });
}

/** The upstream guests that can be picked from a list: every row of the catalog, newest first. */
export function guestChoices(): Choice[] {
  return CATALOG.flatMap((row) => {
    const plain = rowProfile(row);
    const choices = [choiceOf(row, plain)];
    if (row.masks?.implementedWithSecureAvic != null) {
      choices.push(choiceOf(row, rowProfile(row, true)));
    }
    return choices;
  }).reverse();
}

function choiceOf(row: CatalogRow, { id, label }: GuestProfile): Choice {
  const { from, to } = row;
  if (isWholeBranch(row)) return { id, label };
  const range = to === null ? "and later" : `to ${to}`;
  return { id, label: label.replace(from, `${from} ${range}`) };
}

const BITS = Array.from({ length: 64 }, (_, bit) => bit);

/** The feature table of a value read as a register, for a guest where one is chosen; `others` are listed before the catalog's. */
export function featureTable(
  register: Register,
  value: bigint,
  guest: GuestProfile | null,
  others: readonly NamedGuest[] = [],
): FeatureTable {
  const decoded = decode(register, value);
  const own = others.map(({ profile: { id, label } }) => ({ id, label }));
  const guests = [...own, ...guestChoices()];
  const distributions = distributionChoices();
  const listed = [...guests, ...distributions];
  const status = statusOf(decoded);
  const assessment = assessDecode(decoded, guest);
  const isSet = status !== null || register === "unsupported-features";
  const chosen = guest === null ? null : { id: guest.id, label: guest.label };
  return {
    register,
    registers: REGISTERS.map((id) => ({ id, label: REGISTER_LABELS[id] })),
    value: hex64(value),
    guest: chosen,
    guests:
      chosen === null || listed.some(({ id }) => id === chosen.id) ? guests : [chosen, ...guests],
    distributions,
    kernels: status === null ? [] : kernelGroups(status),
    report: reportOn(decoded, assessment ?? guest),
    rows: isSet ? BITS.map((bit) => tableRow(decoded, bit, guest, assessment)) : [],
  };
}

function tableRow(
  { register, value }: Decode,
  bit: number,
  guest: GuestProfile | null,
  assessment: Assessment | null,
): TableRow {
  const [only] = decode(register, 1n << BigInt(bit)).features?.features ?? [];
  const statusBit = only?.statusBit ?? null;
  const row = statusBit === null ? null : featureRow(statusBit);
  const set = hasBit(value, bit);
  const { standing: stands, state } = standingLine(statusBit, guest, assessment);
  return {
    bit,
    statusBit,
    name: only?.name ?? featureName(bit),
    named: row === null ? false : row.name !== null,
    aliases: [...new Set(row?.aliases.map(({ name }) => name) ?? [])],
    meaning: row?.meaning ?? "It has no position in SEV_STATUS.",
    doubts: row === null ? [] : doubtsOf(row),
    set,
    standing: stands,
    sign: stands === null ? "" : SIGNS[stands],
    state,
    lacking: set && stands === "lacks",
  };
}

function doubtsOf({ disagreement, unverified }: FeatureRow): Doubt[] {
  const doubts: Doubt[] = [];
  if (disagreement !== undefined) doubts.push({ kind: "disputed", text: disagreement });
  if (unverified !== undefined) doubts.push({ kind: "unverified", text: unverified });
  return doubts;
}
