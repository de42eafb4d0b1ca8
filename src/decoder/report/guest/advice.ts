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

/** How much is said: what to do, or also what brought each feature and what else each switch changes. */
export type Detail = "brief" | "in full";

/** What to do about each feature that a guest lacks, then which kernels boot with all of the value; none where nothing is lacking. */
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
  ];
}

/** What to do about the features that the software below the kernel requires and a value has not. */
function missingBelow(missing: bigint, guest: GuestProfile | null): Advice[] {
  if (guest?.below === undefined) return [];
  const { name } = BELOW[guest.below];
  return setBits(missing).map((bit) => ({
    feature: featureName(bit),
    ways: [
      say`${name} stops without it, whatever the kernel: start it from an IGVM file whose VMSA has it set, with a VMM that passes that on and a host whose KVM has the feature. That changes the launch measurement.`,
    ],
  }));
}

/** Why no host switch is named for a feature. */
function withoutSwitch(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.below !== undefined && hasBit(requiredBelow(guest.below), bit)) {
    return [
      say`Host: leave it on, because ${BELOW[guest.below].name} stops without it. Another kernel is the way.`,
    ];
  }
  if (featureRow(bit).need === "base") return [];
  return [
    say`Host: no switch for it is known. The VMM or the IGVM file sets it, as SEV_FEATURES[${String(featuresBitOf(bit))}] of the VMSA.`,
  ];
}

function introducedBy({ release, source }: Introduction): Phrase {
  return say`Accepted since Linux ${release}: ${source}.`;
}

function changesOf({ software, effect }: HostSwitch): Phrase[] {
  return effect === undefined ? [] : [say`${software}, what else it changes: ${effect}`];
}

/** Which branches have kernels that accept all features of a value together, from which release on, and which have none. */
function branchWays(branches: readonly BranchAdvice[]): Phrase[] {
  const from = branches.flatMap(({ branch, from: release, needsSecureAvic }) =>
    release === null
      ? []
      : [`${release} (${branch.branch}.y${needsSecureAvic ? ", CONFIG_AMD_SECURE_AVIC=y" : ""})`],
  );
  const none = branches
    .filter(({ from: release }) => release === null)
    .map(({ branch }) => `${branch.branch}.y`);
  return [
    ...(from.length === 0
      ? []
      : [say`All enabled features together are accepted from these releases on: ${list(from)}.`]),
    ...(none.length === 0 ? [] : [say`In ${list(none)} no release accepts them.`]),
    say`(The branches that kernel.org maintained as of ${BRANCHES_AS_OF}: inferred from announcements.)`,
  ];
}

/** Whether what runs below the kernel stops with some of these SEV_STATUS features on. */
function stopsBelow(features: bigint, guest: GuestProfile | null): boolean {
  return guest?.below !== undefined && passage(features, guest.below).unsupported !== 0n;
}

/** What of the guest's own software helps: another kernel, but not against what stops below it. */
function inTheGuest(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.below === undefined || !stopsBelow(bitMask(bit), guest)) {
    return [kernelsWith(bit), ...ofDistribution(bit, guest)];
  }
  return [
    say`${BELOW[guest.below].name} stops with it on, whatever the kernel: turn it off, or use a build that supports it.`,
  ];
}

/** The kernels of the guest's own distribution that accept a feature, as far as that was verified. */
function ofDistribution(bit: number, guest: GuestProfile | null): Phrase[] {
  if (guest?.distribution == null) return [];
  const { distribution } = guest.distribution;
  const rows = acceptingRows(distribution, bitMask(bit));
  if (rows.length === 0) return [];
  const names = rows.map(({ release, from }) => (from === null ? release : `${release} (${from})`));
  return [say`Kernels of ${distribution} that accept it, as verified: ${names.join("; ")}.`];
}

/** Where advice comes from: the row of the first kernel with each feature, and each host switch. */
export function adviceSources({ features }: Advised): string[] {
  return features.flatMap(({ bit, introduced, switches }) => [
    ...(introduced === null
      ? []
      : [`${featureName(bit)} since Linux ${introduced.release}: ${introduced.source}`]),
    ...switches.map(({ software, source }) => `${featureName(bit)}, ${software}: ${source}`),
  ]);
}

/** The kernels that accept a feature, as a list of releases; null where none does. */
export function releasesOf(since: BootsSince): string | null {
  return joined(since, " or later");
}

/** The first release of each branch that accepts a feature, mainline's last; null where none does. */
export function firstReleases(since: BootsSince): string | null {
  return joined(since, "");
}

function joined({ mainline, stable }: BootsSince, afterMainline: string): string | null {
  const releases = stable.map(({ from, branch }) => `${from} (${branch})`);
  if (mainline !== null) releases.push(`${mainline}${afterMainline}`);
  return releases.length === 0 ? null : list(releases);
}

function kernelsWith(bit: number): Phrase {
  if (featureRow(bit).need === "base") {
    return say`Guest kernel: 5.19 or later has SEV-SNP guest code; from 6.2 (6.1.9 in 6.1.y) on it also checks the features.`;
  }
  const since = bootsSince(bitMask(bit));
  const releases = releasesOf(since);
  if (releases === null) {
    const { needs } = featureRow(bit);
    return needs === undefined
      ? say`Guest kernel: no Linux release up to the newest catalogued one accepts it.`
      : say`Guest kernel: no Linux release accepts it. It needs ${needs}.`;
  }
  return since.needsSecureAvic
    ? say`Guest kernel: ${releases}, built with ${code("CONFIG_AMD_SECURE_AVIC=y")}.`
    : say`Guest kernel: ${releases}.`;
}

function byHost({ software, text, kind, releases, unverified }: HostSwitch): Phrase {
  const what = kind === "setting" ? say`${code(text)}` : say`${text}`;
  const where = releases === undefined ? say`` : say` (${releases})`;
  const doubt = unverified === undefined ? say`` : say` Unverified: ${unverified}`;
  return say`Host, ${software}: ${what}${where}${kind === "setting" ? "." : ""}${doubt}`;
}

/** SEV_FEATURES are measured at launch: said once wherever a host switch is named. */
const MEASUREMENT_NOTE: Phrase = say`Turning a feature off on the host changes SEV_FEATURES, and with them the launch measurement that attestation expects.`;

/** The note that belongs to the advice on a SEV_STATUS mask: none where no host switch is named. */
export function measurementNote(lacking: bigint): Phrase[] {
  return setBits(lacking).some((bit) => hostSwitchesFor(bit).length > 0) ? [MEASUREMENT_NOTE] : [];
}
