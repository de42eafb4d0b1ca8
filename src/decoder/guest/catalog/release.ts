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

const NUMBER =
  /^(?<major>\d{1,3})\.(?<minor>\d{1,4})(?:\.(?<patch>\d{1,5}))?(?:-rc(?<rc>\d{1,3}))?(?<suffix>(?:[-+_~]|\.\d{1,5}(?=[-+_~]|\.[a-z]|$)|(?<=\.\d{1,4}\.\d{1,5})\.(?=[a-z]))[\w.+~-]*)?$/u;

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

/** The branch of a release: `6.12` of 6.12.1 and 6.12.80. */
export function branchOf({ major, minor }: Release): string {
  return `${major}.${minor}`;
}

/** A release as upstream writes it: `6.12`, `6.12.80`, `7.3-rc4`. */
export function releaseText({ major, minor, patch, rc }: Release): string {
  return `${major}.${minor}${patch === 0 ? "" : `.${patch}`}${rc === null ? "" : `-rc${rc}`}`;
}
