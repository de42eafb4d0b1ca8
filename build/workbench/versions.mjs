// The VS Code versions that every run starts: the oldest that the manifest promises, and the newest.
// Each comes as an npm package, code-server, because the desktop download is out of reach on many machines.

/**
 * @typedef {object} Version
 * @property {string} vscode the version that VS Code itself reports
 * @property {string} codeServer the version of the npm package that carries it
 * @property {number | null} node the Node major it needs, null where the Node of this project does
 * @property {string} size what an install takes on disk, for people waiting for it
 * @property {Readonly<Record<Theme, string>>} themes the ids of its own themes
 */

/** @typedef {"dark" | "light" | "hcDark" | "hcLight"} Theme */

/** @typedef {"newest" | "floor"} VersionName */

/** @type {Readonly<Record<VersionName, Version>>} */
export const VERSIONS = {
  newest: {
    vscode: "1.139.1",
    codeServer: "4.139.1",
    node: 24,
    size: "0.6 GB",
    themes: {
      dark: "Dark Modern",
      light: "Light Modern",
      hcDark: "Default High Contrast",
      hcLight: "Default High Contrast Light",
    },
  },
  floor: {
    vscode: "1.100.3",
    codeServer: "4.100.3",
    node: null,
    size: "0.4 GB",
    themes: {
      dark: "Default Dark Modern",
      light: "Default Light Modern",
      hcDark: "Default High Contrast",
      hcLight: "Default High Contrast Light",
    },
  },
};
