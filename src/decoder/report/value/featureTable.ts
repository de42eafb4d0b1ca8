import type { Decode, Register } from "../../register/decode";
import { REGISTERS, converted, decode, statusOf } from "../../register/decode";
import { featureName, featureRow } from "../../features";
import type { Assessed } from "../../guest/assessment";
import { assessDecode } from "../../guest/assessment";
import type { FeatureStanding } from "../../guest/check";
import { listedKernels } from "../../guest/listed";
import type { NamedGuest } from "../../guest/lookup";
import type { GuestProfile } from "../../guest/profile";
import type { RegisterValue } from "../../log/tokenRegister";
import { hasBit, hex64, hexShort } from "../../text/u64";
import type { Glance } from "../glance";
import { KERNEL_GROUPS } from "../guest/kernelChoices";
import type { KernelTable } from "../guest/kernelTable";
import { kernelTable } from "../guest/kernelTable";
import type { SeenWay } from "../guest/seen";
import { seenWays } from "../guest/seen";
import { standingLine } from "../guest/standing";
import type { Phrase } from "../phrase";
import type { Report } from "../report";
import { SIGNS } from "../report";
import { changesReport, guestsCompared } from "./changesReport";
import { REGISTER_LABELS, reportOn } from "./decodeReport";
import type { FieldCell } from "./fieldCells";
import { fieldCells } from "./fieldCells";
import { stateOf } from "./featureRows";
import { glanceOf } from "./glance";

/** What a guest does with one bit, with its sign; empty without a guest. */
export interface BitAnswer {
  readonly standing: FeatureStanding | null;
  readonly sign: string;
  readonly state: string;
}

/** One row of the feature table: a bit of the chosen register. Everything in it survives JSON. */
export interface TableRow extends BitAnswer {
  /** Position in the chosen register. */
  readonly bit: number;
  /** Position in SEV_STATUS; null for the two top bits of SEV_FEATURES. */
  readonly statusBit: number | null;
  readonly name: string;
  /** Whether any source names the bit. */
  readonly named: boolean;
  readonly meaning: string;
  readonly set: boolean;
  /** Set, and missing in the chosen guest. */
  readonly lacking: boolean;
  /** What the second guest does with it; null without one. */
  readonly second: BitAnswer | null;
}

export interface Choice {
  readonly id: string;
  readonly label: string;
}

export interface ChoiceGroup {
  readonly label: string;
  readonly choices: readonly Choice[];
}

/** Two values or two guests, side by side. */
export interface Compared {
  /** What is compared with: a value, or a guest's name. */
  readonly label: string;
  readonly changes: readonly Phrase[];
}

/** What the feature table shows for one value, one register and one guest. */
export interface FeatureTable {
  readonly register: Register;
  readonly registers: readonly Choice[];
  /** `0x` and 16 digits. */
  readonly value: string;
  /** The same features in the other numbering: `SEV_FEATURES 0x221`; null for registers without another. */
  readonly other: string | null;
  readonly guest: Choice | null;
  /** The kernels to choose from; the first group has the log's own and the chosen one. */
  readonly guests: readonly ChoiceGroup[];
  readonly glance: Glance;
  readonly report: Report;
  /** One row a bit, lowest first; none for registers that hold no features. */
  readonly rows: readonly TableRow[];
  /** The fields of a register that holds no features, highest first. */
  readonly fields: readonly FieldCell[];
  /** Null for registers that hold no features of a running guest. */
  readonly kernels: KernelTable | null;
  readonly seen: readonly SeenWay[];
  readonly compared: Compared | null;
}

/** What a feature table is made for. */
export interface TableWish extends RegisterValue {
  readonly guest: GuestProfile | null;
  /** Where the choice of the guest is from: `what-if`, `banner, line 1`. */
  readonly from?: string;
  /** The kernel of the value's log. */
  readonly own?: GuestProfile | null;
  /** Guests besides the catalog's. */
  readonly others?: readonly NamedGuest[];
  /** A second value, or a second guest, to compare with. */
  readonly second?: RegisterValue | GuestProfile | null;
}

const BITS = Array.from({ length: 64 }, (_, bit) => bit);

/** The feature table of a value read as a register, for a guest where one is chosen. */
export function featureTable(wish: TableWish): FeatureTable {
  const { register, value, guest, own = null, others = [], second = null } = wish;
  const decoded = decode(register, value);
  const assessment = assessDecode(decoded, guest);
  const status = statusOf(decoded);
  const isSet = status !== null || register === "unsupported-features";
  const secondGuest = second !== null && "id" in second ? second : null;
  const secondAnswers = isSet ? assessDecode(decoded, secondGuest) : null;
  const answers: Answers = {
    first: { guest, assessment },
    second: secondGuest === null ? null : { guest: secondGuest, assessment: secondAnswers },
  };
  return {
    register,
    registers: REGISTERS.map((id) => ({ id, label: REGISTER_LABELS[id] })),
    value: hex64(value),
    other: otherNumbering({ register, value }),
    guest: guest === null ? null : { id: guest.id, label: guest.label },
    guests: guestGroups(wish),
    glance: glanceOf(decoded, assessment ?? guest),
    report: reportOn(decoded, assessment ?? guest),
    rows: isSet ? BITS.map((bit) => tableRow(decoded, bit, answers)) : [],
    fields: fieldCells(decoded),
    kernels: status === null ? null : kernelTable(status, others, { chosen: guest, own }),
    seen: assessment === null ? [] : seenWays(assessment),
    compared: second === null ? null : compared({ register, value }, guest, second),
  };
}

/** The same features in the numbering of the other register: `SEV_FEATURES 0x221`. */
function otherNumbering({ register, value }: RegisterValue): string | null {
  const other = register === "sev-features" ? "sev-status" : "sev-features";
  const same = converted(register, other, value);
  return same === null ? null : `${REGISTER_LABELS[other]} ${hexShort(same)}`;
}

function guestGroups({ guest, from, own = null, others = [] }: TableWish): ChoiceGroup[] {
  const chosen =
    guest === null || guest.id === own?.id
      ? []
      : [{ id: guest.id, label: from === undefined ? guest.label : `${guest.label} – ${from}` }];
  const ofLog = own === null ? [] : [{ id: own.id, label: `${own.label} – the log's own kernel` }];
  const yours = others.map(({ profile: { id, label } }) => ({ id, label }));
  const listed = new Set([...chosen, ...ofLog].map(({ id }) => id));
  const rest = [
    { label: "Yours", choices: yours },
    ...listedKernels().map(({ kind, kernels }) => ({
      label: KERNEL_GROUPS[kind],
      choices: kernels.map(({ profile: { id }, label }) => ({ id, label })),
    })),
  ].map(({ label, choices }) => ({
    label,
    choices: choices.filter(({ id }) => !listed.has(id)),
  }));
  return [{ label: "Chosen", choices: [...chosen, ...ofLog] }, ...rest].filter(
    ({ choices }) => choices.length > 0,
  );
}

interface Answering {
  readonly guest: GuestProfile | null;
  readonly assessment: Assessed | null;
}

interface Answers {
  readonly first: Answering;
  readonly second: Answering | null;
}

function tableRow({ register, value }: Decode, bit: number, answers: Answers): TableRow {
  const [only] = decode(register, 1n << BigInt(bit)).features?.features ?? [];
  const statusBit = only?.statusBit ?? null;
  const row = statusBit === null ? null : featureRow(statusBit);
  const set = hasBit(value, bit);
  const first = bitAnswer(statusBit, answers.first);
  return {
    bit,
    statusBit,
    name: only?.name ?? featureName(bit),
    named: row === null ? false : row.name !== null,
    meaning: row?.meaning ?? "It has no position in SEV_STATUS.",
    set,
    ...first,
    lacking: set && first.standing === "lacks",
    second: answers.second === null ? null : bitAnswer(statusBit, answers.second),
  };
}

function bitAnswer(statusBit: number | null, { guest, assessment }: Answering): BitAnswer {
  const { standing } = standingLine(statusBit, guest, assessment);
  if (standing === null || statusBit === null) return { standing, sign: "", state: "" };
  const likely = guest?.likely === true ? "likely " : "";
  const state = `${likely}${stateOf(statusBit, standing, guest)}`;
  return { standing, sign: SIGNS[standing], state };
}

function compared(
  shown: RegisterValue,
  guest: GuestProfile | null,
  second: RegisterValue | GuestProfile,
): Compared {
  return "id" in second
    ? { label: second.label, changes: guestsCompared(shown, guest, second) }
    : {
        label: `${REGISTER_LABELS[second.register]} ${hexShort(second.value)}`,
        changes: changesReport(second, shown, guest),
      };
}
