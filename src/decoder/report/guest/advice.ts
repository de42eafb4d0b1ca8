import { featureName, featureRow, featuresBitOf } from "../../features";
import { BELOW, passage, requiredBelow } from "../../guest/below";
import type { Advised, BranchAdvice, Introduction } from "../../guest/advice/advise";
import { BRANCHES_AS_OF } from "../../guest/advice/branches";
import { hostSwitchesFor } from "../../guest/advice/hostSwitches";
import type { HostSwitch } from "../../guest/advice/hostSwitches";
import { acceptingRows, bootsSince } from "../../guest/advice/introduced";
import type { BootsSince } from "../../guest/advice/introduced";
import type { GuestProfile } from "../../guest/profile";
import { bitMask, hasBit, setBits } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say } from "../phrase";
import type { Advice } from "../report";
import { bugAdvice } from "./bugs";

/** `brief`: what to do. `in full`: also which release added each feature, and the side effects of each switch. */
export type Detail = "brief" | "in full";

/** What to do about each missing feature, then the branches that support all of them; empty if nothing is missing. */
export function adviceOn(
  advised: Advised,
  guest: GuestProfile | null,
  detail: Detail = "brief",
): Advice[] {
  const isFull = detail === "in full";
  return [
    ...missingBelow(advised.missing, guest),
    ...advised.features.map(({ bit, introduced, switches }) => ({
      feature: featureName(bit),
      ways: [
        ...inTheGuest(bit, guest),
        ...(isFull && introduced !== null && !stopsBelow(bitMask(bit), guest)
          ? [introducedBy(introduced)]
          : []),
        ...(switches.length === 0 ? withoutSwitch(bit, guest) : []),
        ...switches.flatMap((one) => (isFull ? [byHost(one), ...changesOf(one)] : [byHost(one)])),
      ],
    })),
    // Where something below the kernel stops the boot, no other kernel helps.
    ...(advised.lacking === 0n || stopsBelow(advised.lacking, guest)
      ? []
      : [{ feature: "Kernel branches", ways: branchWays(advised.branches) }]),
    ...bugAdvice(advised.bugs, isFull),
  ];
}

/** What to do about the features that the software below the kernel requires and a value has not. */
function missingBelow(missing: bigint, guest: GuestProfile | null): Advice[] {
  if (guest?.below === undefined) return [];
  const { name } = BELOW[guest.below];
  return setBits(missing).map((bit) => ({
    feature: featureName(bit),
    ways: [
      say`${name} stops without it, with any kernel: enable it in the VMSA of the IGVM file. The VMM must pass it on, and the host's KVM must support it: mainline Linux up to 7.3 cannot host ${name}, its own host kernel (coconut-svsm/linux) can. This changes the launch measurement.`,
    ],
  }));
}

/** Why no host switch is named for a feature. */
function withoutSwitch(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.below !== undefined && hasBit(requiredBelow(guest.below), bit)) {
    return [say`Host: keep it on, ${BELOW[guest.below].name} requires it. Use another kernel.`];
  }
  if (featureRow(bit).need === "base") return [];
  return [
    say`Host: no switch is known. The VMM or the IGVM file sets SEV_FEATURES[${String(featuresBitOf(bit))}] of the VMSA.`,
  ];
}

function introducedBy({ release, source }: Introduction): Phrase {
  return say`Supported since Linux ${release}: ${source}.`;
}

function changesOf({ software, effect }: HostSwitch): Phrase[] {
  return effect === undefined ? [] : [say`${software}, side effect: ${effect}`];
}

/** The branches that support all features of a value, each from its first such release, and those that do not. */
function branchWays(branches: readonly BranchAdvice[]): Phrase[] {
  const from = branches.flatMap(({ from: release, needsSecureAvic }) =>
    release === null ? [] : [`${release}${needsSecureAvic ? " (CONFIG_AMD_SECURE_AVIC=y)" : ""}`],
  );
  const none = branches
    .filter(({ from: release }) => release === null)
    .map(({ branch }) => branch.branch);
  return [
    ...(from.length === 0
      ? []
      : [say`First release of each branch that supports all enabled features: ${list(from)}.`]),
    ...(none.length === 0 ? [] : [say`No release of ${list(none, "or")} supports all of them.`]),
    say`(Branches maintained on kernel.org as of ${BRANCHES_AS_OF}, inferred from announcements.)`,
  ];
}

/** Whether what runs below the kernel stops with some of these SEV_STATUS features on. */
function stopsBelow(features: bigint, guest: GuestProfile | null): boolean {
  return guest?.below !== undefined && passage(features, guest.below).unsupported !== 0n;
}

/** The kernels that support a feature; none helps where the software below the kernel stops. */
function inTheGuest(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.below === undefined || !stopsBelow(bitMask(bit), guest)) {
    return [kernelsWith(bit), ...ofDistribution(bit, guest)];
  }
  return [
    say`${BELOW[guest.below].name} stops with it, with any kernel: turn it off, or use a build that supports it.`,
  ];
}

/** The verified kernels of the guest's distribution that support a feature. */
function ofDistribution(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.distribution == null) return [];
  const { distribution } = guest.distribution;
  const rows = acceptingRows(distribution, bitMask(bit));
  if (rows.length === 0) return [];
  const names = rows.map(({ release, from }) => (from === null ? release : `${release} (${from})`));
  return [say`Verified ${distribution} kernels that support it: ${names.join("; ")}.`];
}

/** Where advice comes from: the row of the first kernel with each feature, and each host switch. */
export function adviceSources({ features, bugs }: Advised): string[] {
  const ofFeatures = features.flatMap(({ bit, introduced, switches }) => [
    ...(introduced === null
      ? []
      : [`${featureName(bit)} since Linux ${introduced.release}: ${introduced.source}`]),
    ...switches.map(({ software, source }) => `${featureName(bit)}, ${software}: ${source}`),
  ]);
  return [...ofFeatures, ...bugs.map(({ id, source }) => `Bug ${id}: ${source}`)];
}

/** The releases that support a feature: `6.14 or later`; null where none does. */
function releasesOf(since: BootsSince): string | null {
  const { mainline, stable } = since;
  if (mainline === null || stable.length === 0)
    return firstReleases(since)?.concat(" or later") ?? null;
  return `${mainline} or later, or from ${list(stable.map(({ from }) => from))} on in their branches`;
}

/** The first release of each branch that supports a feature, mainline's last; null where none does. */
export function firstReleases({ mainline, stable }: BootsSince): string | null {
  const releases = [...stable.map(({ from }) => from), ...(mainline === null ? [] : [mainline])];
  return releases.length === 0 ? null : list(releases, "or");
}

function kernelsWith(bit: number): Phrase {
  if (featureRow(bit).need === "base") {
    return say`Guest kernel: Linux 5.19 or later. From 6.2 and 6.1.9 on, it also checks the features.`;
  }
  const since = bootsSince(bitMask(bit));
  const releases = releasesOf(since);
  if (releases === null) {
    const { needs } = featureRow(bit);
    return needs === undefined
      ? say`Guest kernel: no Linux release in the catalog supports it.`
      : say`Guest kernel: no Linux release supports it. It needs ${needs}.`;
  }
  return since.needsSecureAvic
    ? say`Guest kernel: Linux ${releases}, built with ${code("CONFIG_AMD_SECURE_AVIC=y")}.`
    : say`Guest kernel: Linux ${releases}.`;
}

function byHost({ software, text, kind, releases, unverified }: HostSwitch): Phrase {
  const what = kind === "setting" ? say`${code(text)}` : say`${text}`;
  const where = releases === undefined ? say`` : say` (${releases})`;
  const doubt = unverified === undefined ? say`` : say` Unverified: ${unverified}`;
  return say`Host, ${software}: ${what}${where}${kind === "setting" ? "." : ""}${doubt}`;
}

const MEASUREMENT_NOTE: Phrase = say`⚠ Turning off a feature on the host changes the launch measurement that attestation expects.`;

/** The note about the launch measurement; none where no host switch is named. */
export function measurementNote(lacking: bigint): Phrase[] {
  return setBits(lacking).some((bit) => hostSwitchesFor(bit).length > 0) ? [MEASUREMENT_NOTE] : [];
}
