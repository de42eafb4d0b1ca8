import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CLI, assertHas, errorOf, sevStatus } from "./sevStatus";

describe("sev-status check --guests-from", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sev-status-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** The path of a list with these lines. */
  const listOf = (text: string) => {
    const file = path.join(folder, "guests.txt");
    writeFileSync(file, text);
    return file;
  };
  const enable = (text: string, ...more: readonly string[]) =>
    sevStatus("check", "--enable", "SecureTSC", "--guests-from", listOf(text), ...more);
  const linesOf = (text: string): unknown[] =>
    text
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));

  it("says who would stop booting: SecureTSC refuses on 6.13, boots on 6.14", () => {
    const { stdout, status, stderr } = enable("6.13\n6.14\n");
    assert.equal(stderr, "");
    assert.equal(status, 1);
    assert.match(stdout, /^SEV_STATUS 0x807, with SecureTSC enabled: 1 of 2 guests would stop/u);
    assert.match(stdout, /^1 +Linux 6\.13 +✓ boots +✗ refuses +SecureTSC +derived$/mu);
    assert.match(stdout, /^2 +Linux 6\.14 +✓ boots +✓ boots +- +derived$/mu);
  });

  it("exits with 0 where all go on", () => {
    assert.equal(enable("6.14\n7.3\n").status, 0);
  });

  it("does not count those that do not boot now as stopped", () => {
    const file = listOf("6.1.100\n6.6\n");
    const { stdout } = sevStatus("check", "0x87", "--enable", "SecureTSC", "--guests-from", file);
    assert.match(stdout, /1 of 2 guests would stop booting; 1 more does not boot now either/u);
  });

  it("asks with VALUE alone too, and takes names for it", () => {
    const file = listOf("6.6\n");
    const { stdout, status } = sevStatus("check", "SEV-SNP,SecureTSC", "--guests-from", file);
    assert.equal(status, 1);
    assert.match(stdout, /^SEV_STATUS 0x804: 1 of 1 guest does not boot\.$/mu);
    assert.doesNotMatch(stdout, / now /u);
  });

  it("says what the SVSM below a guest requires, where that is why it does not boot", () => {
    const file = listOf("6.12.80+svsm\n");
    const { stdout } = sevStatus("check", "0x87", "--guests-from", file);
    assert.match(stdout, /✗ refuses +\(SVSM requires RI\) +verified$/mu);
  });

  it("reads banners and distributions' releases, blank lines, comments and CRLF", () => {
    const { stdout } = enable(
      "\uFEFF# our guests\r\n\r\n  rhel-9.4  \r\nLinux version 6.8.0-45-generic (b@l) (gcc) #45-Ubuntu SMP\r\n",
    );
    assert.match(stdout, /^3 +RHEL 9\.4 +✓ boots +✗ refuses/mu);
    assert.match(stdout, /^4 +Linux 6\.8\.0-45-generic +✓ boots +✗ refuses/mu);
  });

  it("names the line that names no kernel, answers the others and exits with 2", () => {
    const { stdout, stderr, status } = enable("6.14\nwindows\u001b[31m\n6.13\n");
    assert.equal(status, 2);
    assert.match(
      stderr,
      /^sev-status: "[^"]*guests\.txt", line 2: No kernel "windows\\\\?u001b\[31m"/u,
    );
    assert.equal(stderr.split("\n").length, 2);
    assert.match(stdout, /^1 +Linux 6\.14/mu);
    assert.match(stdout, /^3 +Linux 6\.13/mu);
  });

  it("names the line that a warning is about", () => {
    assert.match(
      enable("\n9.1\n").stderr,
      /warning: "[^"]*guests\.txt", line 2: Linux 9\.1 is newer/u,
    );
  });

  it("prints a line of JSON for each guest", () => {
    const [old, likely] = linesOf(enable("6.13\nrhel-9.8\n", "--json").stdout);
    assertHas(old, {
      line: 1,
      guest: { id: "linux-6.13" },
      value: "0x0000000000000807",
      verdict: { outcome: "refuses", lacks: ["SecureTSC"] },
      before: { value: "0x0000000000000007", verdict: { outcome: "boots" } },
      stopsBooting: true,
    });
    assertHas(likely, { line: 2, guest: { likely: true }, stopsBooting: true });
  });

  it("reads standard input", () => {
    const args = [CLI, "check", "0x7", "--guests-from", "-", "--json"];
    const { stdout, status } = spawnSync(process.execPath, args, {
      encoding: "utf8",
      input: "6.6",
    });
    assert.equal(status, 0);
    assertHas(linesOf(stdout), [{ line: 1, stopsBooting: false }]);
  });

  it("is not fooled by an empty list or a missing one", () => {
    const empty = listOf("# nobody\n");
    assert.match(
      errorOf("check", "7", "--guests-from", empty),
      /names no guest: expected a release/u,
    );
    const missing = path.join(folder, "none.txt");
    assert.match(errorOf("check", "7", "--guests-from", missing), /there is no such file\.$/u);
    assert.match(errorOf("check", "7", "--guests-from", folder), /it is a folder\.$/u);
  });

  it("stands instead of --guest, and has no --advise", () => {
    const file = listOf("6.6\n");
    const args = ["check", "7", "--guests-from", file];
    assert.match(errorOf(...args, "--guest", "6.6"), /^--guests-from stands instead of --guest/u);
    assert.match(errorOf(...args, "--advise"), /^--advise is for one guest/u);
  });
});
