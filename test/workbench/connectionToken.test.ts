import assert from "node:assert/strict";
import { access, chmod, readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openBrowser } from "../../build/workbench/browser.mjs";
import { temporaryFolder } from "../../build/workbench/cleanUp.mjs";
import { startService } from "../../build/workbench/processes.mjs";
import { startServer } from "../../build/workbench/server.mjs";
import { windowAddress } from "../../build/workbench/window.mjs";
import { Editor } from "./editor";
import { connect, get } from "./rawRequests";
import { until } from "./until";

const SAMPLES = path.resolve("test/logs");
const SAMPLE = path.join(SAMPLES, "serial.log");
const RESOURCE = `/vscode-remote-resource?path=${encodeURIComponent(SAMPLE)}`;
const WRONG = "A".repeat(43);
/** As a page elsewhere asks, and one whose name was made to lead here. */
const STRANGERS: readonly Readonly<Record<string, string>>[] = [
  {},
  { Origin: "http://elsewhere.example" },
  { Origin: "http://elsewhere.example", Host: "elsewhere.example" },
  { Cookie: `vscode-tkn=${WRONG}` },
];

/** Nobody without the token gets anything from this server. */
async function refusesStrangers(authority: string): Promise<void> {
  for (const headers of STRANGERS) {
    for (const place of ["/", `/?folder=${SAMPLES}`, `/?tkn=${WRONG}`, RESOURCE]) {
      const { status } = await get(`http://${authority}${place}`, headers);
      assert.equal(status, 403, place);
    }
    for (const token of ["", WRONG]) {
      const reason = "Unauthorized client refused: auth mismatch";
      assert.deepEqual(await connect(authority, token, headers), { type: "error", reason });
    }
  }
}

async function isThere(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function isOnlyMine(file: string): Promise<void> {
  assert.equal((await stat(file)).mode & 0o777, 0o600);
}

for (const version of ["newest", "floor"] as const) {
  describe(`the server of VS Code, ${version}`, () => {
    let server: Awaited<ReturnType<typeof startServer>>;
    let tokenFile: string;
    before(async () => {
      server = await startServer({
        version,
        prepare: (folder: string) => {
          tokenFile = path.join(folder, "connection-token");
          return Promise.resolve();
        },
      });
    });
    after(() => server.close());

    it("gives nothing without its token", () => refusesStrangers(server.authority));

    it("exchanges the token in a window's address for a cookie, and keeps the rest of it", async () => {
      const { authority, token } = server;
      const address = new URL(windowAddress({ authority, token, folder: SAMPLES, file: SAMPLE }));
      const { status, headers } = await get(address);
      assert.equal(status, 302);
      const next = new URL(headers.location ?? "", address);
      address.searchParams.delete("tkn");
      assert.deepEqual([...next.searchParams], [...address.searchParams]);
      const [cookie = ""] = headers["set-cookie"] ?? [];
      assert.match(cookie, /SameSite=Lax/u);
      const page = await get(next, { Cookie: cookie.split(";")[0] ?? "" });
      assert.equal(page.status, 200);
      assert.match(page.body, /workbench/u);
    });

    it("gives files and a connection to who has the token", async () => {
      const { authority, token } = server;
      const file = await get(`http://${authority}${RESOURCE}&tkn=${token}`);
      assert.deepEqual([file.status, file.body], [200, await readFile(SAMPLE, "utf8")]);
      const answer = await connect(authority, token);
      assert.ok(typeof answer === "object" && answer !== null && "type" in answer);
      assert.equal(answer.type, "sign");
    });

    it("has its token in a file for nobody else, as long as it runs", async () => {
      assert.equal(await readFile(tokenFile, "utf8"), server.token);
      await isOnlyMine(tokenFile);
      await server.close();
      assert.equal(await isThere(path.dirname(tokenFile)), false);
    });
  });
}

describe("npm start", () => {
  let started: ReturnType<typeof startService>;
  let remove: () => Promise<void>;
  /** The address that it has printed, and the page that it has opened in the browser. */
  let address: string;
  let page: string;
  before(async () => {
    const temporary = await temporaryFolder("desktop");
    remove = temporary.remove;
    const opened = path.join(temporary.folder, "opened");
    for (const opener of ["xdg-open", "open"]) {
      const file = path.join(temporary.folder, opener);
      await writeFile(
        file,
        `#!/bin/sh\nprintf %s "$*" >'${opened}.partial'\n/bin/mv '${opened}.partial' '${opened}'\n`,
      );
      await chmod(file, 0o755);
    }
    // A desktop with a browser and without VS Code.
    const env = { DISPLAY: ":none", PATH: temporary.folder };
    started = startService(process.execPath, ["build/start.mjs"], { env });
    page = await until("the browser", () => readFile(opened, "utf8").catch(() => undefined)).catch(
      (error: unknown) => {
        throw new Error(started.output(), { cause: error });
      },
    );
    address = /^ {2}(?<address>http:\S+)$/mu.exec(started.output())?.groups?.["address"] ?? "";
  });
  after(async () => {
    await started.stop();
    await remove();
  });

  it("refuses everybody who has not the address that it prints", async () => {
    assert.match(address, /\?tkn=[\w-]{43}&/u);
    await refusesStrangers(new URL(address).host);
  });

  it("tells the browser the address in a page for nobody else", async () => {
    assert.equal(page, pathToFileURL(fileURLToPath(page)).href);
    assert.ok(!page.includes("tkn"));
    await isOnlyMine(fileURLToPath(page));
  });

  it("shows a sample at once", async () => {
    const browser = await openBrowser();
    try {
      await browser.page.goto(page);
      const editor = new Editor(browser.page);
      await editor.shown();
      assert.match(await editor.hoverText("0x800", "features detected: 0x800"), /SecureTSC/u);
      assert.ok(!browser.page.url().includes("tkn"));
    } finally {
      await browser.close();
    }
  });

  it("takes its page away when it ends, which is no failure", async () => {
    await started.stop();
    assert.equal(await started.ended, 0);
    assert.equal(await isThere(path.dirname(fileURLToPath(page))), false);
  });
});
