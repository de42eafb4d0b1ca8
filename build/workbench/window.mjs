// What opens a window: the address that has the server's token and says which folder, which file, which extension under
// development, and the setting that says in which host that extension runs.

/** @typedef {"node" | "web"} ExtensionKind where the extension runs: the Node host or the web-worker host */

const EXTENSION_ID = "sev-status.sev-status";

/**
 * The settings that place the extension. The address can not: the workbench in a browser reads
 * `extensionDevelopmentKind` and then ignores it, in the oldest and in the newest version.
 * @param {ExtensionKind} extensionKind
 * @returns {Record<string, unknown>}
 */
export function placedIn(extensionKind) {
  return extensionKind === "web" ? { "remote.extensionKind": { [EXTENSION_ID]: ["web"] } } : {};
}

/**
 * @typedef {object} Window
 * @property {string} authority host and port of the server
 * @property {string} token of the server; it answers with a cookie and the same address without the token
 * @property {string} folder absolute
 * @property {string} [file] absolute, opened in an editor
 * @property {string} [extension] absolute, the folder of an extension under development; only a server with the test
 *   driver takes it
 * @property {string} [tests] absolute, a module with `run()` that the extension host calls
 */

/**
 * @param {Window} window
 * @returns {string}
 */
export function windowAddress({ authority, token, folder, file, extension, tests }) {
  const remote = (/** @type {string} */ path) => `vscode-remote://${authority}${uriPath(path)}`;
  /** @type {[string, string][]} */
  const payload = [["skipWelcome", "true"]];
  if (extension !== undefined) payload.push(["extensionDevelopmentPath", remote(extension)]);
  if (tests !== undefined) payload.push(["extensionTestsPath", remote(tests)]);
  if (file !== undefined) payload.push(["openFile", remote(file)]);
  const address = new URL(`http://${authority}/`);
  address.searchParams.set("tkn", token);
  address.searchParams.set("folder", uriPath(folder));
  address.searchParams.set("payload", JSON.stringify(payload));
  return address.href;
}

/**
 * A path as it stands in an address: forward slashes, also before a drive letter.
 * @param {string} path
 */
function uriPath(path) {
  const slashes = path.replaceAll("\\", "/");
  return slashes.startsWith("/") ? slashes : `/${slashes}`;
}
