// One running VS Code server with its own, fresh data folder, and a token without which it lets nobody in.
import { randomBytes } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import path from "node:path";
import { installedVersion } from "./cache.mjs";
import { temporaryFolder } from "./cleanUp.mjs";
import { startService } from "./processes.mjs";

const HOST = "127.0.0.1";
/** Guards against a server that hangs. */
const STARTS_WITHIN_MS = 120_000;

/** @typedef {Record<string, unknown>} Settings */

/** A quiet window: no welcome page, nothing that wants an account, no look-ups elsewhere. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "git.openRepositoryInParentFolders": "never",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "security.workspace.trust.startupPrompt": "never",
};

/**
 * @typedef {object} ServerOptions
 * @property {import("./versions.mjs").VersionName} version
 * @property {Settings} [settings] besides the quiet ones
 * @property {readonly string[]} [flags] of the server's command line
 * @property {(dataFolder: string) => Promise<void>} [prepare] what to put into its data folder before it starts
 * @property {number} [port] the port to take if it is free; otherwise, and by default, any free one
 */

/**
 * @typedef {object} Server
 * @property {string} authority host and port
 * @property {string} token what a request must show
 * @property {(settings: Settings) => Promise<void>} setSettings replaces the settings; open windows follow
 * @property {() => string} output
 * @property {Promise<number>} ended
 * @property {() => Promise<void>} close
 */

/** Switches for a run that a program drives. A forgotten server ends itself when nobody has been connected a while. */
export const DRIVEN = ["--enable-smoke-test-driver", "--enable-remote-auto-shutdown"];

/**
 * @param {ServerOptions} options
 * @returns {Promise<Server>}
 */
export async function startServer({ version, settings = {}, flags = [], prepare, port }) {
  const { node, serverMain } = await installedVersion(version);
  const data = await temporaryFolder("server");
  const machine = path.join(data.folder, "data", "Machine");
  const setSettings = (/** @type {Settings} */ changed) =>
    writeFile(path.join(machine, "settings.json"), JSON.stringify({ ...QUIET, ...changed }));
  await mkdir(machine, { recursive: true });
  await setSettings(settings);
  await prepare?.(data.folder);
  const { token, tokenFile } = await writeToken(data.folder);

  const chosen = port !== undefined && (await isFree(port)) ? port : 0;
  const service = startService(node, [
    serverMain,
    ...["--host", HOST, "--port", String(chosen)],
    ...["--connection-token-file", tokenFile],
    "--accept-server-license-terms",
    ...["--server-data-dir", data.folder],
    ...["--telemetry-level", "off"],
    ...flags,
  ]);
  const close = async () => {
    await service.stop();
    await data.remove();
  };
  try {
    const listening = await portOf(service);
    return {
      authority: `${HOST}:${listening}`,
      token,
      setSettings,
      output: service.output,
      ended: service.ended,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * A new token, in a file: every user of the machine can read the server's command line.
 * @param {string} folder
 */
async function writeToken(folder) {
  const token = randomBytes(32).toString("base64url");
  const tokenFile = path.join(folder, "connection-token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  return { token, tokenFile };
}

/**
 * The port that the server says it listens on.
 * @param {import("./processes.mjs").Service} service
 */
async function portOf(service) {
  let ended = false;
  void service.ended.then(() => {
    ended = true;
  });
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline && !ended) {
    const port = /agent listening on (\d+)/.exec(service.output())?.[1];
    if (port !== undefined) return Number(port);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`the VS Code server did not start:\n${service.output()}`);
}

/** @param {number} port */
function isFree(port) {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.on("error", () => {
      resolve(false);
    });
    probe.listen(port, HOST, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });
}
