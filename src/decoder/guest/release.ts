import { debianPoint } from "./distributions";

/** A kernel release as its makers number it. */
export interface Release {
  readonly major: number;
  readonly minor: number;
  /** 0 where the text names none. */
  readonly patch: number;
  /** The release candidate; null for a release. */
  readonly rc: number | null;
  /** What follows the upstream number (`-45-generic`, `+deb13-amd64`), as it stands; "" for a plain upstream release. */
  readonly suffix: string;
}

/** A guest as a person names it, before the catalog is asked. */
export interface GuestName {
  readonly release: Release;
  /** The release as it was written, without `v`, `linux-` and the banner's words around it. */
  readonly text: string;
  /** `+secure-avic`: the kernel is built with CONFIG_AMD_SECURE_AVIC=y. */
  readonly secureAvic: boolean;
  /**
   * The upstream release that a distribution's build is made from, where its banner or the distribution's way
   * of numbering tells it and the release itself does not; null where neither does.
   */
  readonly upstream: Release | null;
  /** All that was given: a banner may say whose kernel it is where the release does not. */
  readonly given: string;
}

const NUMBER =
  /^(?<major>\d{1,3})\.(?<minor>\d{1,4})(?:\.(?<patch>\d{1,5}))?(?:-rc(?<rc>\d{1,3}))?(?<suffix>(?:[-+_~]|\.\d{1,5}(?=[-+_~]|$)|(?<=\.\d{1,4}\.\d{1,5})\.(?=[a-z]))[\w.+~-]*)?$/u;
const SECURE_AVIC = "+secure-avic";
/** A banner is one line of a log; nothing longer is worth reading. */
const LONGEST = 4096;

/** Where a release stands in what people copy: a banner, `uname -a`, `uname -rv` or the beginning of a banner. */
const PLACES = [
  /\bLinux version (?<release>\S+)/u,
  /^Linux(?:\/x86_64)? [\w.-]+ (?<release>\d\S*) #\d/u,
  /^(?:linux[- ])?v?(?<release>\d\S*) (?:#\d|\()/iu,
] as const;

/** Ubuntu's version signature, at the end of its banners: `(Ubuntu 6.8.0-60.63-generic 6.8.12)`. */
const UBUNTU_SIGNATURE =
  /\bUbuntu (?<abi>\d+\.\d+\.\d+-\d+)\.[^\s-]+-(?<flavour>[a-z][\w-]*),? (?:base )?(?<point>\d+\.\d+\.\d+)/u;
/** Debian's package version; the compiler's, in brackets before it, looks alike. */
const DEBIAN_PACKAGE = / SMP(?: [A-Z_]+){0,4} Debian (?<point>\d+\.\d+\.\d+)[-~]/u;
/** Oracle's UEK: upstream's point release is the second number after the dash. */
const UEK = /^(?<branch>\d+\.\d+)\.0-\d+\.(?<point>\d+)\.[\d.]+el\d+uek/u;
/** Fedora's Rawhide: `7.3.0-0.rc4.…` is 7.3-rc4. */
const RAWHIDE = /^(?<branch>\d+\.\d+)\.\d+-0\.(?<rc>rc\d+)\./u;

/**
 * Reads a guest as people have it: `6.6`, `v6.18`, `6.18-rc2`, `linux-6.1.9`, `6.8.0-45-generic`, a whole
 * `Linux version …` banner or a part of it, any of them with `+secure-avic`. Null where the text names no
 * kernel release.
 */
export function parseGuest(input: string): GuestName | null {
  let given = input.slice(0, LONGEST).trim();
  const secureAvic = given.toLowerCase().endsWith(SECURE_AVIC);
  if (secureAvic) given = given.slice(0, -SECURE_AVIC.length).trim();
  const signature = UBUNTU_SIGNATURE.exec(given)?.groups;
  const text =
    PLACES.map((place) => place.exec(given)?.groups?.["release"]).find(
      (place) => place !== undefined,
    ) ??
    (signature === undefined
      ? given.replace(/^(?:linux[- ])?v?/iu, "")
      : `${signature["abi"] ?? ""}-${signature["flavour"] ?? ""}`);
  const release = parseRelease(text);
  if (release === null) return null;
  const point = signature?.["point"] ?? DEBIAN_PACKAGE.exec(given)?.groups?.["point"];
  const upstream = parseRelease(point ?? upstreamNamedBy(text) ?? "");
  return { release, text, secureAvic, upstream, given };
}

/** The upstream release that a distribution numbers in a way of its own; null where the release has no such number. */
function upstreamNamedBy(release: string): string | null {
  const uek = UEK.exec(release)?.groups;
  if (uek !== undefined) return `${uek["branch"] ?? ""}.${uek["point"] ?? ""}`;
  const rawhide = RAWHIDE.exec(release)?.groups;
  if (rawhide !== undefined) return `${rawhide["branch"] ?? ""}-${rawhide["rc"] ?? ""}`;
  return debianPoint(release);
}

/** Reads a release number and what follows it; null where the text does not begin with one. */
export function parseRelease(text: string): Release | null {
  const groups = NUMBER.exec(text)?.groups;
  if (groups === undefined) return null;
  return {
    major: Number(groups["major"]),
    minor: Number(groups["minor"]),
    patch: Number(groups["patch"] ?? 0),
    rc: groups["rc"] === undefined ? null : Number(groups["rc"]),
    suffix: groups["suffix"] ?? "",
  };
}

/** Negative, zero or positive as `a` is older than, the same as or newer than `b`; suffixes do not count. */
export function compareReleases(a: Release, b: Release): number {
  return (
    a.major - b.major ||
    a.minor - b.minor ||
    a.patch - b.patch ||
    (a.rc ?? Infinity) - (b.rc ?? Infinity) ||
    0
  );
}

/** Whether two releases are of the same branch (6.12.1 and 6.12.80 are). */
export function sameBranch(a: Release, b: Release): boolean {
  return a.major === b.major && a.minor === b.minor;
}

/** A release as upstream writes it: `6.12`, `6.12.80`, `7.3-rc4`. */
export function releaseText({ major, minor, patch, rc }: Release): string {
  return `${major}.${minor}${patch === 0 ? "" : `.${patch}`}${rc === null ? "" : `-rc${rc}`}`;
}
