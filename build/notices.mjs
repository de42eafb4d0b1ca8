// Compares the npm packages in what esbuild has built with THIRD_PARTY_NOTICES.md, which has a section for each.

/**
 * @typedef {object} Metafile the part of esbuild's that is read here
 * @property {Record<string, { inputs: Record<string, { bytesInOutput: number }> }>} outputs
 */

/** The package that a source file belongs to, by its path. */
const PACKAGE = /(?:^|.*[\\/])node_modules[\\/](?<name>(?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/u;

/**
 * The files that contain code of a package, by the package's name.
 *
 * @param {readonly Metafile[]} metafiles
 * @returns {Map<string, Set<string>>}
 */
export function bundledPackages(metafiles) {
  /** @type {Map<string, Set<string>>} */
  const packages = new Map();
  for (const [file, { inputs }] of metafiles.flatMap(({ outputs }) => Object.entries(outputs))) {
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const name = PACKAGE.exec(input)?.groups?.["name"]?.replace("\\", "/");
      if (name === undefined || bytesInOutput === 0) continue;
      packages.set(name, (packages.get(name) ?? new Set()).add(file));
    }
  }
  return packages;
}

/**
 * What the notices lack, and what they name that is not there.
 *
 * @param {readonly Metafile[]} metafiles
 * @param {string} notices the text of THIRD_PARTY_NOTICES.md
 * @returns {string[]}
 */
export function noticeComplaints(metafiles, notices) {
  const sections = sectionsOf(notices);
  const packages = bundledPackages(metafiles);
  const complaints = [...sections.keys()]
    .filter((name) => !packages.has(name))
    .map((name) => `THIRD_PARTY_NOTICES.md names ${name}, which no shipped file contains.`);
  for (const [name, files] of packages) {
    const section = sections.get(name);
    if (section === undefined)
      complaints.push(`THIRD_PARTY_NOTICES.md has no section "## ${name}" with its licence.`);
    for (const file of section === undefined ? [] : files)
      if (!section.includes(`\`${file}\``))
        complaints.push(`THIRD_PARTY_NOTICES.md does not say that ${file} contains ${name}.`);
  }
  return complaints;
}

/**
 * @param {string} notices
 * @returns {Map<string, string>} the text of each section, by its heading
 */
function sectionsOf(notices) {
  const [, ...sections] = notices.split(/^## /mu);
  return new Map(
    sections.map((section) => {
      const end = section.indexOf("\n");
      return [section.slice(0, end).trim(), section.slice(end)];
    }),
  );
}
