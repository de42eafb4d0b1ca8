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
  /** The upstream release that the banner itself names for a distribution's build; null where it names none. */
  readonly upstream: Release | null;
}

const NUMBER =
  /^(?<major>\d{1,3})\.(?<minor>\d{1,4})(?:\.(?<patch>\d{1,5}))?(?:-rc(?<rc>\d{1,3}))?(?<suffix>(?:[-+_~]|\.\d{1,5}(?=[-+_~]|$))[\w.+~-]*)?$/u;
const BANNER = /\bLinux version (?<release>\S+)/u;
const UBUNTU_POINT = /\(Ubuntu \S+ (?<point>\d+\.\d+\.\d+)\)/u;
const DEBIAN_POINT = /\bDebian (?<point>\d+\.\d+\.\d+)-/u;
const SECURE_AVIC = "+secure-avic";
/** A banner is one line of a log; nothing longer is worth reading. */
const LONGEST = 4096;

/**
 * Reads a guest as people have it: `6.6`, `v6.18`, `6.18-rc2`, `linux-6.1.9`, `6.8.0-45-generic`, a whole
 * `Linux version …` banner, any of them with `+secure-avic`. Null where the text names no kernel release.
 */
export function parseGuest(input: string): GuestName | null {
  let text = input.slice(0, LONGEST).trim();
  const secureAvic = text.toLowerCase().endsWith(SECURE_AVIC);
  if (secureAvic) text = text.slice(0, -SECURE_AVIC.length).trim();
  const banner = BANNER.exec(text);
  const point = banner === null ? null : (UBUNTU_POINT.exec(text) ?? DEBIAN_POINT.exec(text));
  const release = banner?.groups?.["release"] ?? text.replace(/^(?:linux[- ])?v?/iu, "");
  const parsed = parseRelease(release);
  if (parsed === null) return null;
  const upstream = parseRelease(point?.groups?.["point"] ?? "");
  return { release: parsed, text: release, secureAvic, upstream };
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
