// Debian's kernel images: what its suites offer, and vmlinuz of the ones that are asked for, kept in the cache folder.
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { cacheFolder } from "../workbench/cache.mjs";

const SUITES = [
  ...[
    "oldoldstable",
    "oldstable",
    "oldstable-updates",
    "oldstable-backports",
    "stable",
    "stable-updates",
  ],
  ...["stable-backports", "unstable", "experimental"],
];
const SECURITY_SUITES = ["oldoldstable-security", "oldstable-security", "stable-security"];
const KEYRING = "/usr/share/keyrings/debian-archive-keyring.gpg";
// Without a point release it is a package that depends on the newest, or a release candidate.
const NAME =
  /^linux-(?<kind>binary|image)-(?<release>\d+\.\d+\.\d\S*cloud-amd64)(?<unsigned>-unsigned)?$/u;

const FOLDER = path.join(cacheFolder(), "real-kernels");
const APT = path.join(FOLDER, "apt");
const CONFIG = path.join(APT, "apt.conf");

/**
 * @typedef {object} Image
 * @property {string} release as `uname -r` prints it
 * @property {string} name of the package
 */

/**
 * The kernel images for virtual machines that Debian's suites offer now, one for each release. The machine's own lists of
 * packages stay as they are: apt gets folders of its own, and the mirror that the machine uses.
 * @returns {Image[]}
 */
export function offeredImages() {
  mkdirSync(path.join(APT, "lists", "partial"), { recursive: true });
  mkdirSync(path.join(APT, "archives", "partial"), { recursive: true });
  writeFileSync(path.join(APT, "sources.list"), sourcesList());
  writeFileSync(
    CONFIG,
    [
      ...[`Dir::State "${APT}";`, `Dir::Cache "${APT}";`, 'Dir::Etc::sourceparts "/dev/null";'],
      `Dir::Etc::sourcelist "${path.join(APT, "sources.list")}";`,
      ...['APT::Architecture "amd64";', 'Acquire::Languages "none";', 'APT::Sandbox::User "";'],
      // With a new release of Debian each of the suites is another one.
      ...['Acquire::AllowReleaseInfoChange "true";', ""],
    ].join("\n"),
  );
  // A suite may have gone: what the others offer is what is tested.
  apt("apt-get", "update");
  const ranked = apt("apt-cache", "pkgnames", "linux-")
    .stdout.split("\n")
    .flatMap((name) => {
      const { release, kind, unsigned } = NAME.exec(name)?.groups ?? {};
      if (release === undefined) return [];
      // Where there is a package of the binary, the image's package only depends on it.
      return [{ release, name, rank: kind === "binary" ? 0 : unsigned === undefined ? 1 : 2 }];
    })
    .sort((a, b) => b.rank - a.rank);
  return [...new Map(ranked.map(({ release, name }) => [release, { release, name }])).values()];
}

/** @param {Image} image @returns {string} the path of its vmlinuz */
export function vmlinuzOf({ release, name }) {
  const kept = path.join(FOLDER, `vmlinuz-${release}`);
  if (existsSync(kept)) return kept;
  const folder = mkdtempSync(path.join(FOLDER, "fetch-"));
  try {
    const { status, stderr } = apt({ cwd: folder }, "apt-get", "download", name);
    const file = readdirSync(folder).find((one) => one.endsWith(".deb"));
    if (status !== 0 || file === undefined) throw new Error(`apt did not fetch ${name}: ${stderr}`);
    // In /boot, or since 7.2 in /usr/lib/modules.
    const script = `set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -xO --wildcards '*/vmlinuz*' >vmlinuz`;
    const { status: unpacked } = spawnSync("bash", ["-c", script, "unpack", file], { cwd: folder });
    if (unpacked !== 0) throw new Error(`${file} has no vmlinuz.`);
    renameSync(path.join(folder, "vmlinuz"), kept);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return kept;
}

function sourcesList() {
  const { stdout = "" } = spawnSync(
    "apt-get",
    ["indextargets", "--format", "$(REPO_URI)", "Origin: Debian"],
    { encoding: "utf8" },
  );
  const mirrors = [...new Set(stdout.split("\n").filter((line) => line !== ""))];
  const main = mirrors.find((mirror) => !mirror.includes("security"));
  if (main === undefined)
    throw new Error(
      "apt has no list of Debian's packages here: run this on Debian, after apt-get update.",
    );
  const security = mirrors.filter((mirror) => mirror.includes("security"));
  const line = (/** @type {string} */ mirror, /** @type {string} */ suite) =>
    `deb [arch=amd64 signed-by=${KEYRING}] ${mirror} ${suite} main\n`;
  return [
    ...SUITES.map((suite) => line(main, suite)),
    ...security.flatMap((mirror) => SECURITY_SUITES.map((suite) => line(mirror, suite))),
  ].join("");
}

/** Runs apt with the folders of this test. */
function apt(...call) {
  const options = typeof call[0] === "object" ? call.shift() : {};
  const [program, ...args] = call;
  const environment = { ...process.env, APT_CONFIG: CONFIG };
  const { status, stdout, stderr } = spawnSync(program, args, {
    ...{ encoding: "utf8", maxBuffer: 1 << 28, env: environment },
    ...options,
  });
  return { status, stdout: stdout ?? "", stderr: stderr ?? "" };
}

/** The programs and modules that are missing, by the packages that have them. */
export function missingPackages() {
  const runs = (program, ...args) => spawnSync(program, args, { stdio: "ignore" }).status === 0;
  const python = (code) => runs("/usr/bin/python3", "-c", code);
  const hasUnicorn = 'import importlib.util as util; assert util.find_spec("unicorn")';
  // Debian 12's unicorn imports what its package does not depend on.
  const isWhole = python("import unicorn");
  return [
    ["apt", () => runs("apt-get", "--version")],
    ["dpkg", () => runs("dpkg-deb", "--version")],
    ["tar", () => runs("tar", "--version")],
    ["xz-utils", () => runs("xz", "--version")],
    ["debian-archive-keyring", () => existsSync(KEYRING) && readFileSync(KEYRING).length > 0],
    ["python3-unicorn", () => isWhole || python(hasUnicorn)],
    ["python3-pkg-resources", () => isWhole || python("import pkg_resources")],
    ["python3-distutils", () => isWhole || python("import distutils.sysconfig")],
  ].flatMap(([name, isThere]) => (isThere() ? [] : [name]));
}
