import type { Release } from "./catalog/release";
import { parseRelease } from "./catalog/release";
import { debianPoint } from "./distributions";

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

const SECURE_AVIC = "+secure-avic";
/** A banner is one line of a log; nothing longer is worth reading. */
const LONGEST = 4096;

/** Where a release stands in what people copy: a banner, `uname -a`, `uname -rv` or the beginning of a banner. */
const PLACES = [
  /\bLinux version (?<release>\S+)/u,
  /^Linux(?:\/x86_64)? [\w.-]+ (?<release>\d\S*) #\d/u,
  /^(?:linux[- ])?v?(?<release>\d\S*) (?:#\d|\()/iu,
] as const;

/** What stands before a release where people have it from a package's or a file's name. */
const NAME_BEFORE = /^(?:linux-image-(?:unsigned-)?|vmlinuz-|kernel-(?:core-)?|linux[- ])?v?/iu;

/** Ubuntu's version signature, at the end of its banners: `(Ubuntu 6.8.0-60.63-generic 6.8.12)`. */
const UBUNTU_SIGNATURE =
  /\bUbuntu (?<abi>\d+\.\d+\.\d+-\d+)\.[^\s-]+-(?<flavour>[a-z][\w-]*),? (?:base )?(?<point>\d+\.\d+\.\d+)/u;
/** Debian's package version, and Kali's; the compiler's, in brackets before it, looks alike. */
const DEBIAN_PACKAGE = / SMP(?: [A-Z_]+){0,4} (?:Debian|Kali) (?<point>\d+\.\d+\.\d+)[-~]/u;
/** Oracle's UEK: upstream's point release is the second number after the dash. */
const UEK = /^(?<branch>\d+\.\d+)\.0-\d+\.(?<point>\d+)\.[\d.]+el\d+uek/u;
/** Fedora's Rawhide: `7.3.0-0.rc4.…` is 7.3-rc4. */
const RAWHIDE = /^(?<branch>\d+\.\d+)\.\d+-0\.(?<rc>rc\d+)\./u;

/**
 * Reads a guest as people have it: `6.6`, `v6.18`, `6.18-rc2`, `linux-6.1.9`, `6.8.0-45-generic`,
 * `linux-image-6.1.0-28-amd64`, a whole
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
      ? given.replace(NAME_BEFORE, "")
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
