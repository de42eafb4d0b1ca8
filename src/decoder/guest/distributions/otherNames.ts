/**
 * What people call distributions and releases besides the names of the rows; the last word of a key may be typed with a
 * number after it. Source of the code names: the distributions' own pages of releases (debian.org/releases, wiki.ubuntu.com/Releases).
 */
export const OTHER_NAMES: Readonly<Record<string, string>> = {
  bullseye: "debian 11",
  bookworm: "debian 12",
  trixie: "debian 13",
  focal: "ubuntu 20.04",
  jammy: "ubuntu 22.04",
  noble: "ubuntu 24.04",
  plucky: "ubuntu 25.04",
  questing: "ubuntu 25.10",
  redhat: "rhel",
  suse: "sles",
  al: "amazon linux",
  mariner: "azure linux",
  uek: "oracle linux uek",
  cos: "container-optimized os",
};
