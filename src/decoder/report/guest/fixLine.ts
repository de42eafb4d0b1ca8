import { featureName } from "../../features";
import type { Advised, BranchAdvice, FeatureAdvice } from "../../guest/advice/advise";
import type { HostSwitch } from "../../guest/advice/hostSwitches";
import { bootsSince } from "../../guest/advice/introduced";
import { BELOW, passage } from "../../guest/below";
import type { GuestProfile } from "../../guest/profile";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";

/**
 * What to do about missing features, in one line: `guest ≥ 6.14 (LTS 6.18.y) or host: QEMU without secure-tsc=on ⚠ changes
 * the launch measurement`. Null where nothing is missing. The whole advice is in `adviceOn`.
 */
export function fixLine(advised: Advised, guest: GuestProfile | null): Phrase | null {
  const { lacking } = advised;
  if (lacking === 0n) return null;
  const below = guest?.below;
  const stops = below !== undefined && passage(lacking, below).unsupported !== 0n;
  const inGuest =
    below !== undefined && stops
      ? say`no guest kernel helps: ${BELOW[below].name} stops with it`
      : guestPart(advised);
  const onHost = hostPart(advised.features);
  return onHost === null
    ? inGuest
    : say`${inGuest} or host: ${onHost} ⚠ changes the launch measurement`;
}

/** Which kernels support all that has to be supported. */
function guestPart({ status, branches }: Advised): Phrase {
  const { mainline, stable, needsSecureAvic } = bootsSince(status);
  const first = mainline ?? stable[0]?.from;
  if (first === undefined) return say`no Linux release supports it`;
  const maintained = branches.flatMap(maintainedFrom);
  const lts = maintained.length === 0 ? "" : ` (LTS ${list(maintained)})`;
  const build = needsSecureAvic ? say` with ${code("CONFIG_AMD_SECURE_AVIC=y")}` : say``;
  return say`guest ≥ ${strong(first)}${lts}${build}`;
}

/** The longterm releases of a branch that boot: all of them, or those from one on. */
function maintainedFrom({ branch: { branch, kind }, from }: BranchAdvice): string[] {
  if (kind !== "longterm" || from === null) return [];
  return [from === branch ? `${branch}.y` : `≥ ${from}`];
}

/** How one program on the host turns off every missing feature; null where none turns off all of them. */
function hostPart(features: readonly FeatureAdvice[]): Phrase | null {
  const programs = new Set(features.flatMap(({ switches }) => switches.map(softwareOf)));
  const ways = [...programs].flatMap((software) => {
    const own = features.map(({ bit, switches }) => ({
      name: featureName(bit),
      best: switches.find((one) => one.software === software),
    }));
    return own.every(({ best }) => best !== undefined) ? [wayOf(software, own)] : [];
  });
  const [best] = ways.sort((a, b) => a.rank - b.rank);
  return best?.words ?? null;
}

function softwareOf({ software }: HostSwitch): string {
  return software;
}

/** What to do in one program; a property that can be removed ranks first, then a setting to paste. */
function wayOf(
  software: string,
  own: readonly { readonly name: string; readonly best: HostSwitch | undefined }[],
): { readonly rank: number; readonly words: Phrase } {
  const removed = own.flatMap(({ best }) => best?.removes ?? []);
  if (removed.length === own.length)
    return { rank: 0, words: say`${softwareName(software)} without ${code(removed.join(", "))}` };
  const settings = own.flatMap(({ best }) => (best?.kind === "setting" ? [best.text] : []));
  if (settings.length === own.length)
    return { rank: 1, words: say`${code(settings.join(", "))} (${software})` };
  const names = list(own.map(({ name }) => name));
  return { rank: 2, words: say`${softwareName(software)} without ${names}` };
}

/** `QEMU` of `QEMU, in -object sev-snp-guest`. */
function softwareName(software: string): string {
  return software.split(", ", 1)[0] ?? software;
}
