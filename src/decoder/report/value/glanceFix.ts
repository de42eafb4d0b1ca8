import { SEV_SNP, featureNames, featureRow } from "../../features";
import type { Advised } from "../../guest/advice/advise";
import { bootsSince } from "../../guest/advice/introduced";
import { passage } from "../../guest/below";
import type { GuestProfile } from "../../guest/profile";
import { bitMask, hasBit, maskOf } from "../../text/u64";
import type { Phrase } from "../phrase";
import { namesInBrief, say } from "../phrase";
import { releasesInBrief } from "./featureRows";

const MOST_BRANCHES = 2;
const MEASUREMENT = "⚠ changes the launch measurement";

/** What to do about missing features in one line: another guest kernel, or a host option. Null if nothing is missing. */
export function fixFor(advised: Advised, guest: GuestProfile | null): Phrase | null {
  const { lacking, missing } = advised;
  const below = guest?.below;
  if (missing !== 0n && below !== undefined)
    return say`IGVM file: turn on ${names(missing)} · ${MEASUREMENT}`;
  if (lacking === 0n) return null;
  const stopped = below === undefined ? 0n : passage(lacking, below).unsupported;
  // No kernel helps with these.
  const hopeless = stopped | (lacking & NO_LINUX);
  const kernel = kernelFor(advised, hopeless);
  const off = kernel === null || hopeless === 0n ? lacking : hopeless;
  const host = hostOption(advised, off);
  if (host === null) return kernel;
  const instead = `${host} · ${MEASUREMENT}`;
  if (kernel === null) return say`${instead}`;
  return hopeless === 0n ? say`${kernel} or ${instead}` : say`${kernel} and ${instead}`;
}

/** The SEV_STATUS features that no release of the catalog supports. */
const NO_LINUX = maskOf(
  Array.from({ length: 64 }, (_, bit) => bit).filter(
    (bit) => featureRow(bit).need !== "base" && releasesInBrief(bootsSince(bitMask(bit))) === null,
  ),
);

/** `guest ≥ 6.14 (LTS 6.18.y)`: for what is missing without the features that no kernel helps with. */
function kernelFor({ status, lacking, branches }: Advised, hopeless: bigint): Phrase | null {
  const wanted = lacking & ~hopeless;
  if (wanted === 0n) return null;
  const since = bootsSince(status & ~hopeless);
  const releases = wanted === SEV_SNP ? "5.19" : (since.mainline ?? releasesInBrief(since));
  if (releases === null) return null;
  const longterm = branches
    .filter(({ branch, from }) => branch.kind === "longterm" && from !== null)
    .slice(0, MOST_BRANCHES)
    .map(({ branch, from }) => (from === branch.branch ? `${branch.branch}.y` : (from ?? "")));
  const lts = longterm.length === 0 ? "" : ` (LTS ${longterm.join(", ")})`;
  return say`guest ≥ ${releases}${since.needsSecureAvic ? " +SECURE_AVIC" : ""}${lts}`;
}

/** The host option that turns these features off; null where they have to stay on. */
function hostOption({ features, lacking }: Advised, off: bigint): string | null {
  const wanted = features.filter(({ bit }) => hasBit(off, bit));
  if ((off & SEV_SNP) !== 0n) return null;
  const [only] = wanted;
  const brief = wanted.length === 1 ? only?.switches.find((one) => one.brief !== undefined) : null;
  if (brief?.brief !== undefined)
    return brief.unverified === undefined ? brief.brief : `${brief.brief}°`;
  return wanted.length > 1 && off === lacking
    ? "host: turn them off"
    : `host: turn off ${names(off)}`;
}

function names(features: bigint): string {
  return namesInBrief(featureNames(features));
}
