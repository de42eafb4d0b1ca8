import { featureRow } from "../../features";
import { BELOW, passage } from "../../guest/below";
import type { Assessment, CheckRun } from "../../guest/assessment";
import type { FeatureStanding } from "../../guest/check";
import { standing } from "../../guest/check";
import { bootsSince } from "../../guest/advice/introduced";
import type { GuestProfile } from "../../guest/profile";
import { bitMask } from "../../text/u64";
import { firstReleases } from "./advice";

/** What a guest does with one SEV_STATUS bit, in words: `missing (needs Linux 6.14)`. */
export function standingInWords(bit: number, guest: GuestProfile): string {
  const words = wordsFor(bit, guest);
  return guest.likely ? `likely ${words}` : words;
}

function wordsFor(bit: number, guest: GuestProfile): string {
  const { unsupported, seen } = passage(bitMask(bit), guest.below);
  if (guest.below !== undefined && unsupported !== 0n) {
    return `not supported by ${BELOW[guest.below].name}`;
  }
  if (guest.below !== undefined && seen === 0n) {
    return `hidden from the kernel by ${BELOW[guest.below].name}`;
  }
  switch (standing(bit, guest)) {
    case "needs-no-code":
      return "needs no guest code";
    case "unchecked":
      return guest.isNotReached === true
        ? "not checked: its loader goes around the check"
        : "not checked: this kernel has no check";
    case "implements":
      if (featureRow(bit).need === "base") return "supported";
      return `supported (since ${guest.distribution === null && guest.own === undefined ? "Linux" : "upstream"} ${firstReleases(bootsSince(bitMask(bit))) ?? guest.label})`;
    case "lacks":
      return `missing (${lackDetail(bit)})`;
  }
}

/** What a guest does with one enabled bit, as a standing and in words. */
export interface StandingLine {
  readonly standing: FeatureStanding | null;
  readonly state: string;
}

/**
 * What a guest does with a SEV_STATUS bit: with an assessment a set one of its value. No guest, or no position
 * (null): nothing to say.
 */
export function standingLine(
  bit: number | null,
  guest: GuestProfile | null,
  assessment: Assessment | null,
): StandingLine {
  if (bit === null || guest === null) return { standing: null, state: "" };
  const stands = assessment?.standings.get(bit) ?? standing(bit, guest);
  const isSkipped = stands === "unchecked" && guest.isNotReached !== true;
  const why = isSkipped ? SKIPPED.get(assessment?.check ?? null) : undefined;
  return { standing: stands, state: why ?? standingInWords(bit, guest) };
}

/** Why a missing feature is not checked. */
const SKIPPED: ReadonlyMap<CheckRun | null, string> = new Map([
  ["snp-off", "not checked: SEV-SNP is off"],
  ["not-reached", "not checked: the kernel does not see it"],
]);

function lackDetail(bit: number): string {
  const { need } = featureRow(bit);
  if (need === "base") return "needs Linux 5.19";
  const since = bootsSince(bitMask(bit));
  const releases = firstReleases(since);
  if (releases !== null) {
    return `needs Linux ${releases}${since.needsSecureAvic ? " with CONFIG_AMD_SECURE_AVIC=y" : ""}`;
  }
  if (need !== "unknown") return "no Linux release supports it";
  const name = nameByAmd(bit);
  return `${name === null ? "" : `${name}; `}reserved in every Linux release`;
}

/** AMD's name of a bit that Linux has as reserved, in words; null where AMD has none. */
function nameByAmd(bit: number): string | null {
  const { name, aliases } = featureRow(bit);
  if (name !== null) return null;
  const documented = aliases.find(({ source }) => source === "apm");
  if (documented !== undefined) return `AMD's ${documented.name}`;
  const [announced] = aliases;
  return announced === undefined ? null : `announced as ${announced.name}`;
}
