import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { CLI, assertHas, errorOf, like, sevStatus } from "./sevStatus";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC ";
/** A zstd frame with the bytes as they are: magic, header (one segment, 1 byte of size), one raw last block. */
function zstdOf(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  const block = (bytes.length << 3) | 1;
  const header = [0x28, 0xb5, 0x2f, 0xfd, 0x20, bytes.length];
  return Buffer.concat([
    Uint8Array.from([...header, block & 0xff, (block >> 8) & 0xff, block >> 16]),
    bytes,
  ]);
}

describe("sev-status scan", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sev-status-scan-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function file(name: string, content: string | Uint8Array): string {
    const place = path.join(folder, name);
    writeFileSync(place, content);
    return place;
  }

  function findings(...args: readonly string[]): unknown[] {
    return sevStatus("scan", "--json", ...args)
      .stdout.split("\n")
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
  }

  it("prints each finding as a line of JSON", () => {
    const log = file("host.log", `nothing here\n${REFUSED}\n`);
    const [found, ...others] = findings(log);
    assert.deepEqual(others, []);
    assertHas(found, {
      file: log,
      line: 2,
      column: 63,
      length: 5,
      text: "0x800",
      kind: "termination",
      source: "kvm",
      boot: 1,
      via: "nae",
      reason: { set: 0, code: 2, names: ["SNP features unsupported"] },
      unsupported: "0x0000000000000800",
      features: ["SecureTSC"],
    });
  });

  it("reads .gz and .zst files as what they hold", () => {
    for (const name of [file("a.gz", gzipSync(REFUSED)), file("a.zst", zstdOf(REFUSED))]) {
      assert.equal(findings(name).length, 1, name);
    }
  });

  it("reads UTF-16, packed and from standard input too, with the columns of its text", () => {
    const text = `nothing here\r\n${REFUSED}\r\n`;
    const marked = Buffer.from(`\ufeff${text}`, "utf16le");
    const bare = Buffer.from(text, "utf16le");
    const files = [
      file("le.log", marked),
      file("bare.log", bare),
      file("be.log", Buffer.from(marked).swap16()),
      file("le.gz", gzipSync(marked)),
    ];
    const place = {
      line: 2,
      column: 63,
      length: 5,
      text: "0x800",
      unsupported: "0x0000000000000800",
    };
    for (const name of files) {
      const [found, ...others] = findings(name);
      assert.deepEqual(others, []);
      assertHas(found, { file: name, ...place });
    }
    for (const input of [marked, bare]) {
      const { stdout } = spawnSync(process.execPath, [CLI, "scan", "--json"], {
        encoding: "utf8",
        input,
      });
      assertHas(JSON.parse(stdout), { file: null, ...place });
    }
  });

  it("reads the other files where one cannot be read, and says so in one line", () => {
    const log = file("b.log", REFUSED);
    const damaged = file("damaged.gz", "no gzip");
    const { stdout, stderr, status } = sevStatus("scan", "--json", "missing.log", damaged, log);
    assert.equal(status, 2);
    assert.equal(stdout.split("\n").length, 2);
    assert.match(stderr, /^sev-status: "missing\.log" cannot be read: there is no such file\.\n/u);
    assert.equal(stderr.split("\n").length, 3);
  });

  it("exits with 1 on a refusal only where asked to", () => {
    const log = file("c.log", `${STATUS}\n`);
    assert.equal(sevStatus("scan", log).status, 0);
    assert.equal(sevStatus("scan", log, "--fail-on", "refusal").status, 0);
    const asked = [log, "--guest", "6.12.80", "--fail-on", "refusal"];
    assert.equal(sevStatus("scan", ...asked).status, 1);
    assert.match(errorOf("scan", log, "--fail-on", "rain"), /expected refusal/u);
  });

  it("tells a host's and a guest's log together where they are one boot", () => {
    const host = file("kvm.log", `${REFUSED}\n`);
    const serial = file("serial.log", "SEV_STATUS: 0x887\n");
    const { stdout } = sevStatus("scan", host, serial, "--guest", "6.12.80");
    assert.match(stdout, /kvm\.log, line 1 and .*serial\.log, boot 1: ✗ one boot: refused/u);
    const json = sevStatus("scan", host, serial, "--guest", "6.12.80", "--json").stdout;
    assert.equal(json.split("\n").length, 3);
  });

  it("tells of a boot that falls silent after its firmware", () => {
    const log = file("silent.log", "SecCoreStartupWithStack(0xFFFCC000, 0x820000)\nx\n");
    assert.match(sevStatus("scan", log).stdout, /SILENT +Boot 1 – the firmware began; no banner/u);
  });

  it("never lets a log speak to the terminal", () => {
    const hostile = "\u001b]0;owned\u0007\u001b[2J\u202e\u009b31m";
    const release = `6.12.77-x${hostile}`;
    const log = file(
      `hostile\u001b[31m.log`,
      `Linux version ${release} (builder@host) (gcc) #1\nGHCB_INFO SEV-ES guest requested termination: 0x0:${hostile}0x2\n${STATUS}\n`,
    );
    for (const args of [[log], [log, "--json"]]) {
      const { stdout, stderr } = sevStatus("scan", ...args);
      assert.doesNotMatch(stdout + stderr, /(?!\n)[\p{Cc}\p{Cf}]/u);
    }
  });

  it("says where nothing was found", () => {
    assert.match(sevStatus("scan", file("d.log", "a\nb\n")).stdout, /no SEV values in 2 lines/u);
  });

  it("reads standard input, and gives each finding as its line arrives", async () => {
    const child = spawn(process.execPath, [CLI, "scan", "--json"], { stdio: "pipe" });
    for (const line of [1, 2]) {
      const given = new Promise<string>((resolve) => {
        child.stdout.once("data", (chunk: Buffer) => {
          resolve(chunk.toString());
        });
      });
      child.stdin.write(`${REFUSED}\n`);
      assertHas(JSON.parse(await given), { file: null, line, kind: "termination" });
    }
    child.stdin.end();
    assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0);
  });

  it("keeps nothing of a live log back for a block whose lines stop coming", async () => {
    const child = spawn(process.execPath, [CLI, "scan", "--json"], { stdio: "pipe" });
    let given = "";
    const lines = new Promise<string[]>((resolve) => {
      child.stdout.on("data", (chunk: Buffer) => {
        given += chunk.toString();
        const complete = given.split("\n").slice(0, -1);
        if (complete.length === 2) resolve(complete);
      });
    });
    const field = "kvm_amd: sw_exit_code        000000000000007b is_valid: 1";
    child.stdin.write(`kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\n${field}\n${REFUSED}\n`);
    assert.deepEqual(
      (await lines)
        .map((line): unknown => JSON.parse(line))
        .map((one) => like(one, { kind: 0, line: 0 })),
      [
        { line: 1, kind: "ghcb" },
        { line: 3, kind: "termination" },
      ],
    );
    child.stdin.end();
    assert.equal(await new Promise((resolve) => child.on("close", resolve)), 0);
  });

  it("ends quietly when its reader has gone", () => {
    const many = file("many.log", `${REFUSED}\n`.repeat(5000));
    const { stderr, status } = spawnSync(
      "/bin/sh",
      ["-c", `"${process.execPath}" "${CLI}" scan --json "${many}" | head -1`],
      { encoding: "utf8" },
    );
    assert.deepEqual([stderr, status], ["", 0]);
  });

  it("tells what was read of a packed log before its fault", () => {
    const packed = gzipSync(`${"nothing here\n".repeat(300_000)}${STATUS}\n${REFUSED}\n`);
    const wrong = Buffer.from(packed);
    wrong[wrong.length - 6] = (wrong[wrong.length - 6] ?? 0) ^ 1;
    const followed = Buffer.concat([packed, Buffer.from("GARBAGE\n")]);
    for (const [log, problem] of [
      [file("wrong.log.gz", wrong), "it is damaged"],
      [file("followed.log.gz", followed), "it is damaged after its end"],
    ] as const) {
      const { stdout, stderr, status } = sevStatus("scan", log, "--json");
      assert.equal(stdout.split("\n").length, 3);
      assert.equal(stderr, `sev-status: ${JSON.stringify(log)} cannot be read: ${problem}.\n`);
      assert.equal(status, 2);
      assert.match(sevStatus("scan", log).stdout, /✗ REFUSED/u);
    }
  });

  /** Ends a scan with a signal, as soon as it has printed something. */
  async function interrupted(signal: NodeJS.Signals, input: string, ...args: readonly string[]) {
    const child = spawn(process.execPath, [CLI, "scan", ...args], { stdio: "pipe" });
    let stdout = "";
    child.stdout.on("data", (chunk: Buffer) => {
      if (stdout === "") child.kill(signal);
      stdout += chunk.toString();
    });
    child.stdin.write(input);
    const end = await new Promise((resolve) => {
      child.on("close", (...how) => {
        resolve(how);
      });
    });
    return { stdout, end };
  }

  for (const [signal, status] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const) {
    it(`tells the boot so far on ${signal}, and exits with ${status}`, async () => {
      const boot = `Linux version 6.12.80 (a@b) (gcc) #1\n${STATUS}\n`;
      const cut = `${boot}${boot}SEV_STATUS: 0x8`;
      const { stdout, end } = await interrupted(signal, cut, "-");
      assert.deepEqual(end, [status, null]);
      assert.match(stdout, /standard input\n. BOOTED +Boot 1 .*\(lines 1–2\)/u);
      assert.match(stdout, /BOOTED +Boot 2, so far .*\(lines 3–4\)/u);
    });
  }

  it("gives what waits for more lines on a signal, as JSON too", async () => {
    const snapshot = "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:\n";
    const field = "kvm_amd: sw_exit_code        000000000000007b is_valid: 1\n";
    const log = `${REFUSED}\n${snapshot}${field}`;
    const { stdout, end } = await interrupted("SIGTERM", log, "-", "--json");
    assert.deepEqual(end, [143, null]);
    assert.match(stdout, /"kind":"ghcb"/u);
  });

  (process.platform === "win32" ? it.skip : it)(
    "ends on a signal while it waits for a named pipe",
    async () => {
      const log = file("before.log", `${REFUSED}\n`);
      const pipe = path.join(folder, "pipe");
      spawnSync("mkfifo", [pipe]);
      const { stdout, end } = await interrupted("SIGINT", "", log, pipe);
      assert.deepEqual(end, [null, "SIGINT"]);
      assert.match(stdout, /pipe": no SEV values in 0 lines so far\./u);
    },
  );
});
