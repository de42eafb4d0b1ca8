import type { FeatureRow } from "../../features";
import { featureNames, featuresBitOf } from "../../features";
import { standing } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { bootsSince } from "../../guest/advice/introduced";
import type { DefinedMask } from "../../source/masks";
import type { NamedThing } from "../../source/names";
import { bitMask, hexShort } from "../../text/u64";
import type { Glance } from "../glance";
import { bareGlance } from "../glance";
import type { Phrase } from "../phrase";
import { code, namesInBrief, say, strong } from "../phrase";
import { releasesInBrief } from "./featureRows";
import { fitting, leafGlance } from "./leafGlance";
import { reportOnSymbol } from "./symbolReport";

const MOST_ALIASES = 4;

/**
 * The answer to a name in source code in one look; what it says agrees with `reportOnSymbol`. `defined`: the mask of that
 * name as the file at hand defines it.
 */
export function glanceOnSymbol(
  thing: NamedThing,
  guest: GuestProfile | null,
  defined: DefinedMask | null = null,
): Glance {
  const report = reportOnSymbol(thing, guest);
  switch (thing.kind) {
    case "feature":
      return featureGlance(thing.name, thing.row, guest, report.tone);
    case "mask":
      return maskGlance(thing, guest, defined);
    case "msr":
    case "ghcb":
      return leafGlance(report);
  }
}

function featureGlance(
  name: string,
  row: FeatureRow,
  guest: GuestProfile | null,
  tone: Glance["tone"],
): Glance {
  const { bit, meaning } = row;
  const status = say`${code(`BIT(${bit})`)} ${code(hexShort(bitMask(bit)))}`;
  const place =
    bit < 2
      ? say`SEV_STATUS ${status}`
      : say`SEV_STATUS ${status} · SEV_FEATURES ${code(`BIT(${featuresBitOf(bit)})`)} ${code(hexShort(bitMask(featuresBitOf(bit))))}`;
  const title = say`${code(name)}`;
  const verdict =
    guest === null ? say`${strong(row.name ?? `bit ${bit}`)}` : judged(bit, row, guest);
  const others = [...new Set(row.aliases.map((alias) => alias.name))].filter(
    (alias) => alias !== name && alias !== row.name,
  );
  const also = others.slice(0, MOST_ALIASES).join(" · ");
  const glance = bareGlance(title, verdict, tone);
  return {
    ...glance,
    lines: fitting(glance, [
      place,
      say`Guest code required: ${codeNeeded(row)}`,
      say`${meaning}`,
      ...(also === "" ? [] : [say`Also: ${also}`]),
    ]),
  };
}

/** What a guest does with a feature, in a few words. */
function judged(bit: number, row: FeatureRow, guest: GuestProfile): Phrase {
  const name = row.name ?? `bit ${bit}`;
  const perhaps = guest.likely ? "likely " : "";
  switch (standing(bit, guest)) {
    case "lacks":
      return say`${strong(name)} – ${perhaps}missing in ${guest.label}`;
    case "implements":
      return say`${strong(name)} – ${perhaps}supported by ${guest.label}`;
    case "needs-no-code":
      return say`${strong(name)} – ${guest.label} needs no code for it`;
    case "unchecked":
      return say`${strong(name)} – not checked by ${guest.label}`;
  }
}

/** Whether a guest kernel needs code for a feature, and from when on Linux has it. */
function codeNeeded({ bit, need }: FeatureRow): string {
  switch (need) {
    case "base":
      return bit === 2 ? "yes, since 5.19" : "yes";
    case "none":
      return "no";
    case "kernel": {
      const since = bootsSince(bitMask(bit));
      const releases = releasesInBrief(since);
      const option = since.needsSecureAvic ? " with CONFIG_AMD_SECURE_AVIC" : "";
      return releases === null ? "yes, in no release" : `yes, since ${releases}${option}`;
    }
    case "below":
      return "below the kernel (SVSM, paravisor); no Linux has it";
    case "unknown":
      return "not known: the bit is reserved";
  }
}

const MASK_MEANINGS = {
  required: "Features that need code in the guest kernel",
  implemented: "Features that this kernel has code for",
} as const;

function maskGlance(
  { name, mask }: NamedThing & { readonly kind: "mask" },
  guest: GuestProfile | null,
  defined: DefinedMask | null,
): Glance {
  const title = say`${code(name)}`;
  const meaning = say`${MASK_MEANINGS[mask]}`;
  const inGuest = guest?.check == null ? null : guest.check[mask];
  const perhaps = guest?.likely === true ? "likely " : "";
  const ofGuest =
    guest === null
      ? []
      : inGuest === null
        ? [say`${guest.label} ${perhaps}has no check, and no such mask`]
        : [say`${guest.label}: ${perhaps}${valueOf(mask, inGuest)}`];
  if (defined !== null) {
    const verdict = say`= ${valueOf(mask, defined.value)} (this file, line ${defined.line + 1})`;
    return { ...bareGlance(title, verdict), lines: [meaning, ...ofGuest] };
  }
  return guest === null
    ? { ...bareGlance(title, meaning), lines: [say`Choose a kernel to see its value`] }
    : { ...bareGlance(title, ofGuest[0] ?? meaning), lines: [meaning] };
}

/** A mask with the names of its features; of the required ones, there are too many to name. */
function valueOf(mask: keyof typeof MASK_MEANINGS, value: bigint): Phrase {
  const names = mask === "required" ? "" : ` ${namesInBrief(featureNames(value))}`;
  return say`${code(hexShort(value))}${names}`;
}
