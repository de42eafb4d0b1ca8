import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { version } from "../../../package.json";
import { CLI, errorOf, sevStatus } from "./sevStatus";

const COMMANDS = ["decode", "check", "guests"];

describe("sev-status --help and --version", () => {
  it("lists every command, how to write values and guests, and the exit statuses", () => {
    const { stdout, stderr, status } = sevStatus("--help");
    for (const word of [...COMMANDS, "VALUE", "GUEST", "Examples:", "Exit status", "NO_COLOR"]) {
      assert.ok(stdout.includes(word), word);
    }
    assert.deepEqual([stderr, status], ["", 0]);
  });

  for (const command of COMMANDS) {
    it(`has help for ${command}, whatever else is given`, () => {
      const { stdout, status } = sevStatus(command, "--help");
      assert.match(stdout, /^sev-status \w+: .*\n\nUsage:\n {2}sev-status /u);
      assert.equal(status, 0);
      for (const args of [
        [command, "-h"],
        [command, "--frob", "--help"],
        ["help", command],
      ]) {
        assert.equal(sevStatus(...args).stdout, stdout);
      }
    });
  }

  it("has only lines that fit a terminal", () => {
    for (const args of [["--help"], ...COMMANDS.map((command) => [command, "--help"])]) {
      for (const line of sevStatus(...args).stdout.split("\n")) assert.ok(line.length <= 100, line);
    }
  });

  it("gives only examples that work", () => {
    for (const command of COMMANDS) {
      const [, examples = ""] = sevStatus(command, "--help").stdout.split("Examples:\n");
      const lines = examples.trim().split("\n");
      for (const line of lines) {
        const [program, ...args] = line.trim().split(" ");
        assert.equal(program, "sev-status");
        assert.notEqual(sevStatus(...args).status, 2, line);
      }
    }
  });

  it("prints the version of the package", () => {
    assert.equal(sevStatus("--version").stdout, `${version}\n`);
  });
});

describe("what sev-status does not know", () => {
  it("is asked for a command where there is none", () => {
    assert.equal(
      errorOf(),
      "No command is given: expected decode, check, scan, guests, compare, explain or --help.",
    );
  });

  it("suggests the nearest command", () => {
    assert.match(errorOf("decdoe", "1"), /^"decdoe" is no command: .* Did you mean decode\?\.?/u);
    assert.doesNotMatch(errorOf("frobnicate"), /Did you mean/u);
  });

  it("suggests the nearest option", () => {
    assert.match(
      errorOf("decode", "1", "--gest", "6.6"),
      /^"--gest" is no option of sev-status decode\. Did you mean --guest\?/u,
    );
    assert.match(errorOf("decode", "1", "-json"), /Did you mean --json\?/u);
    assert.match(errorOf("check", "1", "--guest-tree", "."), /^"--guest-tree" is no option/u);
    assert.match(errorOf("--json"), /^"--json" is no option of sev-status\./u);
    assert.match(errorOf("decode", "--toString", "1"), /is no option/u);
    assert.match(errorOf("decode", "--__proto__=1", "1"), /is no option/u);
  });

  it("takes an option once, with a text where it needs one", () => {
    assert.equal(
      errorOf("decode", "1", "--guest", "6.6", "--guest=6.7"),
      "--guest is given twice.",
    );
    assert.equal(errorOf("decode", "1", "--json=yes"), '--json takes no text, and got "yes".');
    assert.equal(errorOf("decode", "1", "--as"), "--as needs a text: expected --as REGISTER.");
  });
});

describe("hostile text in arguments", () => {
  const hostile = "\u001b]0;title\u0007\u001b[31mred\u009b1m\u202egnp\u200f\nsecond line";

  for (const [name, args] of Object.entries({
    value: ["decode", hostile],
    command: [hostile],
    option: ["decode", `--${hostile}`],
    register: ["decode", "1", "--as", hostile],
    guest: ["decode", "1", "--guest", hostile],
    "suffix of a guest": ["decode", "1", "--guest", `6.6-${hostile}`],
    feature: ["check", `SEV-SNP,${hostile}`, "--guest", "6.6"],
    "one value more": ["decode", "1", hostile],
    "text of --json": ["decode", "1", `--json=${hostile}`],
  })) {
    it(`${name}: reaches the terminal as printable text on one line`, () => {
      assert.ok(errorOf(...args).length > 0);
    });
  }

  it("leaves a banner's escape sequences out of text, JSON and warnings", () => {
    const guest = `Linux version 6.6.1 ${hostile}`;
    for (const args of [[], ["--json"]]) {
      const { stdout, stderr, status } = sevStatus("decode", "0x887", "--guest", guest, ...args);
      assert.doesNotMatch(stdout + stderr, /(?!\n)\p{Cc}|\p{Cf}/u);
      assert.equal(status, 0);
    }
  });
});

describe("standard output", () => {
  it("has no colour where it is no terminal, and none with NO_COLOR", () => {
    assert.doesNotMatch(sevStatus("decode", "0x887", "--guest", "6.6").stdout, /\p{Cc}\[/u);
  });

  it("may be closed by its reader: `| head -c 1` is no error", function () {
    if (process.platform === "win32") this.skip();
    const script = '"$0" "$1" guests --json | head -c 1; echo " ${PIPESTATUS[0]}"';
    const { stdout, stderr } = spawnSync("bash", ["-c", script, process.execPath, CLI], {
      encoding: "utf8",
    });
    assert.deepEqual([stdout, stderr], ["[ 0\n", ""]);
  });

  it("may be closed before anything is written", function () {
    if (process.platform === "win32") this.skip();
    const script = '{ sleep 0.2; "$0" "$1" guests; echo "$?" >&2; } | true';
    const { stderr } = spawnSync("bash", ["-c", script, process.execPath, CLI], {
      encoding: "utf8",
    });
    assert.equal(stderr, "0\n");
  });

  it("is written whole through a slow pipe", function () {
    if (process.platform === "win32") this.skip();
    const script = '"$0" "$1" guests --json | { sleep 0.2; wc -c; }';
    const { stdout } = spawnSync("bash", ["-c", script, process.execPath, CLI], {
      encoding: "utf8",
    });
    assert.equal(Number(stdout), Buffer.byteLength(sevStatus("guests", "--json").stdout));
  });

  it("that cannot be written is an error of one line and exit status 2", function () {
    if (!existsSync("/dev/full")) this.skip();
    const full = openSync("/dev/full", "w");
    const { stderr, status } = spawnSync(process.execPath, [CLI, "guests"], {
      encoding: "utf8",
      stdio: ["ignore", full, "pipe"],
    });
    closeSync(full);
    assert.deepEqual(
      [stderr, status],
      ["sev-status: Standard output cannot be written: ENOSPC.\n", 2],
    );
  });
});
