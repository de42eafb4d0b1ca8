import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { logsNamed } from "../../../src/cli/logFolder";
import { sevStatus } from "./sevStatus";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n";
const STATUS = "SEV_STATUS: 0x887\n";
const BOOTED =
  "[    0.000000] Linux version 6.14.2 (builder@host) (gcc) #1 SMP\n[    0.5] SEV: Status: SEV SEV-ES SEV-SNP \n";

describe("a folder of logs", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sev-status-folder-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function put(name: string, content: string | Uint8Array = ""): string {
    const place = path.join(folder, name);
    mkdirSync(path.dirname(place), { recursive: true });
    writeFileSync(place, content);
    return place;
  }

  /** The logs of the folder, by their names in it, and what was complained of. */
  function named(): { names: string[]; complaints: string[] } {
    const complaints: string[] = [];
    const logs = logsNamed([folder], (sentence) => complaints.push(sentence));
    assert.ok(logs.every(({ isOfFolder }) => isOfFolder));
    return { names: logs.map(({ name }) => path.relative(folder, name)), complaints };
  }

  it("is every file in it and below it, with the numbers in names in their order", () => {
    for (const name of ["host.log.10", "host.log.9", "b/serial.log", "a/deep/qemu.log", "host.log"])
      put(name);
    assert.deepEqual(named(), {
      names: ["a/deep/qemu.log", "b/serial.log", "host.log", "host.log.9", "host.log.10"],
      complaints: [],
    });
  });

  it("has the files that its links name, and not the folders, which may be its own", () => {
    const outside = mkdtempSync(path.join(os.tmpdir(), "sev-status-outside-"));
    try {
      writeFileSync(path.join(outside, "serial.log"), "");
      symlinkSync(path.join(outside, "serial.log"), path.join(folder, "latest.log"));
      symlinkSync(".", path.join(folder, "again"));
      symlinkSync("gone", path.join(folder, "nowhere"));
      symlinkSync("circle", path.join(folder, "circle"));
      assert.deepEqual(named(), { names: ["latest.log"], complaints: [] });
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it("has no file twice, however many links name it", () => {
    put("serial.log.2");
    put("pods/1.log");
    symlinkSync("serial.log.2", path.join(folder, "latest.log"));
    symlinkSync("pods/1.log", path.join(folder, "container.log"));
    symlinkSync("latest.log", path.join(folder, "again.log"));
    assert.deepEqual(named().names, ["pods/1.log", "serial.log.2"]);
  });

  it("complains in words of a link that leads in a circle", () => {
    const circle = path.join(folder, "circle.log");
    symlinkSync("circle.log", circle);
    assert.match(
      sevStatus("scan", circle).stderr,
      /cannot be read: its symbolic links lead in a circle\./u,
    );
  });

  (process.platform === "win32" ? it.skip : it)(
    "has no named pipe in it, at which a reader would wait",
    () => {
      put("serial.log");
      assert.equal(spawnSync("mkfifo", [path.join(folder, "console")]).status, 0);
      assert.deepEqual(named().names, ["serial.log"]);
    },
  );

  it("is complained of where it has no file", () => {
    const { names, complaints } = named();
    assert.deepEqual(names, []);
    assert.deepEqual(complaints, [`"${folder}" has no file to read.`]);
    assert.equal(sevStatus("scan", folder).status, 2);
  });

  it("takes files as they are named, and standard input too", () => {
    const log = put("serial.log");
    const fail = () => assert.fail();
    assert.deepEqual(logsNamed([log, "-", "/no/such/file"], fail), [
      { name: log, isOfFolder: false },
      { name: "-", isOfFolder: false },
      { name: "/no/such/file", isOfFolder: false },
    ]);
  });

  it("is told boot by boot, and then log by log", () => {
    put("host/journal.log", REFUSED);
    put("guests/web.log.gz", gzipSync(BOOTED));
    put(
      "guests/core.bin",
      Uint8Array.from({ length: 4096 }, (_, index) => (index * 37) % 256),
    );
    const { stdout, stderr, status } = sevStatus("scan", folder);
    assert.deepEqual([stderr, status], ["", 0]);
    assert.match(stdout, /web\.log\.gz\n✓ BOOTED +Boot 1 – 6\.14\.2/u);
    assert.match(stdout, /journal\.log\n✗ 1 guest refused to boot – missing SecureTSC/u);
    const [overview = "", ...rows] = stdout.slice(stdout.indexOf("3 logs")).trimEnd().split("\n");
    assert.equal(overview, "3 logs: • 2 with findings, 1 without");
    assert.match(rows[1] ?? "", /web\.log\.gz +guest kernel +booted/u);
    assert.match(rows[2] ?? "", /journal\.log +host kernel +refused – .*SecureTSC$/u);
    assert.doesNotMatch(stdout, /core\.bin/u);
  });

  it("is not silent where nothing is found in its only file", () => {
    put("notes.txt", "nothing\n");
    assert.equal(sevStatus("scan", folder).stdout, "1 log: • nothing found\n");
  });

  it("gives each finding with its file as JSON, and nothing else", () => {
    put("a.log", STATUS);
    put("b.log", REFUSED);
    const lines = sevStatus("scan", "--json", folder).stdout.trimEnd().split("\n");
    assert.deepEqual(
      lines.map((line) => path.relative(folder, (JSON.parse(line) as { file: string }).file)),
      ["a.log", "b.log"],
    );
  });

  it("fails with --fail-on refusal for one refused boot of all", () => {
    put("a.log", BOOTED);
    assert.equal(sevStatus("scan", "--fail-on", "refusal", folder).status, 0);
    put("z.log", REFUSED);
    assert.equal(sevStatus("scan", "--fail-on", "refusal", folder).status, 1);
  });

  it("joins the refusal of the host's kernel with the boot of its guest, though a VMM tells it too", () => {
    put("journal.log", REFUSED);
    put(
      "qemu.log",
      '{"event":"GUEST_PANICKED","data":{"action":"pause","info":{"type":"sev","set":0,"code":2}}}\n',
    );
    put("serial.log", STATUS);
    const { stdout } = sevStatus("scan", "--guest", "6.12.80", folder);
    assert.match(
      stdout,
      /journal\.log, line 1; .*qemu\.log, line 1 and .*serial\.log, boot 1: ✗ one boot: refused/u,
    );
  });

  it("joins nothing where two guests can be meant", () => {
    put("journal.log", REFUSED);
    put("one.log", STATUS);
    put("two.log", STATUS);
    const { stdout } = sevStatus("scan", "--guest", "6.12.80", folder);
    assert.match(stdout, /Not joined: \? the host's side has 1 refusal and the guest's 2 boots/u);
  });
});
