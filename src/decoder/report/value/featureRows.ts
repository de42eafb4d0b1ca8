import type { Feature } from "../../features";
import { featureRow } from "../../features";
import { BELOW, passage } from "../../guest/below";
import type { Assessment } from "../../guest/assessment";
import type { FeatureStanding } from "../../guest/check";
import { standing } from "../../guest/check";
import type { BootsSince } from "../../guest/advice/introduced";
import { bootsSince } from "../../guest/advice/introduced";
import type { GuestProfile } from "../../guest/profile";
import { bitMask } from "../../text/u64";
import type { GlanceRow } from "../glance";
import type { Tone } from "../report";
import { SIGNS } from "../report";

/** More rows than these are not read at a glance. */
const MOST_ROWS = 5;
const MOST_MISSING_ROWS = 4;
const MOST_NAMES = 4;
const MOST_RANGES = 2;

/** One set bit and its answer in a word or two. */
interface Answered {
  readonly bit: number;
  readonly name: string | null;
  readonly standing: FeatureStanding | null;
  readonly state: string;
}

/**
 * The set bits of a value in rows of equal answers: missing ones first, base features last. Never more than five, unless
 * every bit is wanted: then only the base features and bits without a name share rows.
 */
export function featureRows(
  features: readonly Feature[],
  guest: GuestProfile | null,
  assessment: Assessment | null,
  everyBit = false,
): GlanceRow[] {
  const answered = features.map((feature) => answerTo(feature, guest, assessment)).reverse();
  const isMissing = ({ standing: stands }: Answered) => stands === "lacks";
  if (everyBit) {
    const ordered = [...answered.filter(isMissing), ...answered.filter((one) => !isMissing(one))];
    const apart = ({ name, state, bit }: Answered) =>
      name === null || state === BASE ? "" : String(bit);
    return groups(ordered, apart).map((group) => rowOf(group, guest));
  }
  const missing = merged(groups(answered.filter(isMissing)), MOST_MISSING_ROWS, "missing");
  const others = groups(answered.filter((one) => !isMissing(one)));
  const rest = merged(others, MOST_ROWS - missing.length, guest === null ? "" : "not missing");
  return [...missing, ...rest].map((group) => rowOf(group, guest));
}

const BASE = "base";
const NO_LINUX = "no Linux supports it";
const RESERVED = "reserved";

/** The order of rows: first what some release supports. */
function rank([first]: readonly Answered[]): number {
  switch (first?.state) {
    case BASE:
      return 3;
    case RESERVED:
      return 2;
    case NO_LINUX:
      return 1;
    default:
      return 0;
  }
}

/** The bits with equal answers, by rank and then by their highest bit; `apart` tells which equal ones stay apart. */
function groups(
  answered: readonly Answered[],
  apart: (one: Answered) => string = () => "",
): (readonly Answered[])[] {
  const byAnswer = new Map<string, Answered[]>();
  for (const one of answered) {
    const key = `${one.standing ?? ""} ${one.state} ${apart(one)}`;
    const group = byAnswer.get(key);
    if (group === undefined) byAnswer.set(key, [one]);
    else group.push(one);
  }
  return [...byAnswer.values()].sort((a, b) => rank(a) - rank(b));
}

/** At most `most` groups: the last ones become one, under another answer. */
function merged(
  all: readonly (readonly Answered[])[],
  most: number,
  state: string,
): (readonly Answered[])[] {
  if (all.length <= most) return [...all];
  const rest = all.slice(most - 1).flat();
  return [...all.slice(0, most - 1), rest.map((one) => ({ ...one, state }))];
}

function rowOf(group: readonly Answered[], guest: GuestProfile | null): GlanceRow {
  const stands = group[0]?.standing ?? null;
  const names = group.flatMap(({ name }) => (name === null ? [] : [name]));
  return {
    sign: stands === null ? "•" : SIGNS[stands],
    tone: toneFor(stands, guest),
    bits: ranges(group.map(({ bit }) => bit)),
    names: names.length > MOST_NAMES ? [...names.slice(0, 1), `+${names.length - 1} more`] : names,
    state: group[0]?.state ?? "",
  };
}

function toneFor(stands: FeatureStanding | null, guest: GuestProfile | null): Tone {
  if (stands === null || stands === "unchecked") return "neutral";
  if (guest?.likely === true) return "unknown";
  return stands === "lacks" ? "bad" : "good";
}

/** Bit positions, highest first: `23, 19–18, 2–0`. */
function ranges(bits: readonly number[]): string {
  const runs: { high: number; low: number }[] = [];
  for (const bit of [...bits].sort((a, b) => b - a)) {
    const last = runs.at(-1);
    if (last?.low === bit + 1) last.low = bit;
    else runs.push({ high: bit, low: bit });
  }
  const shown = runs
    .slice(0, MOST_RANGES)
    .map(({ high, low }) => (high === low ? `${high}` : `${high}–${low}`));
  return `${shown.join(", ")}${runs.length > MOST_RANGES ? " …" : ""}`;
}

function answerTo(
  { bit, statusBit }: Feature,
  guest: GuestProfile | null,
  assessment: Assessment | null,
): Answered {
  if (statusBit === null) return { bit, name: null, standing: null, state: "not in SEV_STATUS" };
  const { name } = featureRow(statusBit);
  const stands =
    guest === null ? null : (assessment?.standings.get(statusBit) ?? standing(statusBit, guest));
  return { bit, name, standing: stands, state: stateOf(statusBit, stands, guest) };
}

/** What a guest does with a SEV_STATUS bit; without a guest (null), what the bit needs. */
export function stateOf(
  bit: number,
  stands: FeatureStanding | null,
  guest: GuestProfile | null,
): string {
  const { need } = featureRow(bit);
  const below = guest?.below;
  if (below !== undefined && need !== "base") {
    const { unsupported, seen } = passage(bitMask(bit), below);
    if (unsupported !== 0n) return `not in ${BELOW[below].name}`;
    if (seen === 0n) return `hidden by ${BELOW[below].name}`;
  }
  switch (stands) {
    case "unchecked":
      return "not checked";
    case "needs-no-code":
      return NO_CODE;
    case "implements":
      return need === "base" ? BASE : `since ${releasesWith(bit)?.text ?? guest?.label ?? ""}`;
    case "lacks":
      return need === "base" ? "needs 5.19" : needOf(bit);
    case null:
      return need === "base" ? BASE : need === "none" ? NO_CODE : needOf(bit);
  }
}

const NO_CODE = "no guest code needed";

function needOf(bit: number): string {
  const releases = releasesWith(bit);
  if (releases !== null)
    return `needs ${releases.text}${releases.needsSecureAvic ? " +SECURE_AVIC" : ""}`;
  return featureRow(bit).need === "unknown" ? RESERVED : NO_LINUX;
}

function releasesWith(bit: number): {
  readonly text: string;
  readonly needsSecureAvic: boolean;
} | null {
  const since = bootsSince(bitMask(bit));
  const text = releasesInBrief(since);
  return text === null ? null : { text, needsSecureAvic: since.needsSecureAvic };
}

/** The first release with given features: `6.14`, `7.0 or a stable update`; null where none has them. */
export function releasesInBrief({ mainline, stable }: BootsSince): string | null {
  if (stable.length > 1 && mainline !== null) return `${mainline} or a stable update`;
  const releases = [...stable.map(({ from }) => from), ...(mainline === null ? [] : [mainline])];
  return releases.length === 0 ? null : releases.join(" or ");
}
