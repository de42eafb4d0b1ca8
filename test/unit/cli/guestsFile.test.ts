import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

const GOOD = [
  { name: "lab 1", base: "6.12.80", add: ["SecureTSC"], note: "Secure TSC was taken over." },
  { name: "lab 2", required: "0xfffffffffffdbcf8", implemented: "0x80", below: "svsm" },
];

describe("--guests", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sev-status-guests-"));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** A file of the test's own folder. */
  function file(name: string, content: string | Uint8Array): string {
    const at = path.join(folder, name);
    writeFileSync(at, content);
    return at;
  }
  const good = () => file("good.json", JSON.stringify(GOOD));

  it("adds guests that check asks by their names", () => {
    const args = ["check", "0x887", "--guest", "Lab 1", "--guests", good()];
    assert.equal(sevStatus(...args).status, 0);
    assertHas(jsonOf(...args), {
      guest: { id: "lab 1", implemented: "0x0000000000000880", verification: "own" },
      verdict: { outcome: "boots" },
    });
  });

  it("adds guests that the list and the matrix of sev-status guests begin with", () => {
    const lines = sevStatus("guests", "--guests", good()).stdout.split("\n");
    assert.match(lines[0] ?? "", /^guest of your own +what it is +required/u);
    assert.match(lines[1] ?? "", /^lab 1 +made from 6\.12\.80: .* DebugSwap SecureTSC /u);
    assert.match(lines[2] ?? "", /^lab 2 .* on COCONUT-SVSM +0xfffffffffffdbcf8 /u);
    const rows = jsonOf("guests", "--guests", good());
    assert.ok(Array.isArray(rows));
    assertHas(rows[0], { id: "lab 1", verification: "own" });
    const matrix = sevStatus("guests", "--matrix", "0x887", "--format", "csv", "--guests", good());
    assert.match(matrix.stdout.split("\n")[1] ?? "", /^lab 1,lab 1,boots,/u);
    assert.match(errorOf("guests", "--guests", "nosuch.json"), /"nosuch\.json" cannot be read/u);
  });

  it("says what runs below such a guest, and who refuses", () => {
    const args = ["check", "0x87", "--guest", "lab 2", "--guests", good()];
    assert.equal(sevStatus(...args).status, 1);
    assertHas(jsonOf(...args), {
      guest: { below: "svsm" },
      verdict: {
        outcome: "refuses",
        how: "svsm-panic",
        refusedBy: "svsm",
        missing: ["RI"],
        ghcbMsr: "0x0000000000000100",
      },
    });
  });

  it("adds them to decode and scan too", () => {
    const log = file("serial.log", "SEV_STATUS: 0x887\n");
    for (const args of [
      ["decode", "0x887"],
      ["decode", "--exit-code", "0x8000fffe", "--exit-info-1", "0x20", "--exit-info-2", "0x800"],
      ["scan", log],
    ]) {
      const { status, stdout, stderr } = sevStatus(...args, "--guest", "lab 1", "--guests", good());
      assert.equal(status, 0, stderr);
      assert.notEqual(stdout, "");
    }
  });

  it("leaves the catalog's guests as they are", () => {
    assertHas(jsonOf("check", "0x887", "--guest", "6.12.80", "--guests", good()), {
      guest: { id: "linux-6.12.80" },
      verdict: { outcome: "refuses" },
    });
  });

  it("tells every problem of a file, a line each, and uses none of it", () => {
    const bad = file("bad.json", JSON.stringify([...GOOD, { name: "x" }, 7]));
    const { status, stdout, stderr } = sevStatus("check", "0x7", "--guest", "6.6", "--guests", bad);
    assert.equal(status, 2);
    assert.equal(stdout, "");
    const lines = stderr.trimEnd().split("\n");
    assert.equal(lines.length, 2);
    assert.match(lines[0] ?? "", /^sev-status: ".*": Entry 3 \("x"\): it has no "base"/u);
    assert.match(lines[1] ?? "", /^sev-status: ".*": Entry 4: expected an object/u);
  });

  it("tells what is no file of guests", () => {
    const error = (at: string) => errorOf("check", "0x7", "--guest", "6.6", "--guests", at);
    assert.match(
      error(path.join(folder, "none.json")),
      /cannot be read: there is no such file\.$/u,
    );
    assert.match(error(folder), /cannot be read: it is a folder\.$/u);
    assert.match(
      error(file("bytes.json", new Uint8Array([0xff, 0xfe]))),
      /expected JSON in UTF-8/u,
    );
    assert.match(
      error(file("large.json", " ".repeat(1_048_577))),
      /is too large: expected at most 1048576 bytes\.$/u,
    );
    assert.match(error(file("cut.json", "[\n{")), /Line 2, column 2 is no JSON/u);
  });

  it("is read though a byte order mark is before it", () => {
    const marked = file("marked.json", `\uFEFF${JSON.stringify(GOOD)}`);
    assert.equal(sevStatus("check", "0x7", "--guest", "lab 1", "--guests", marked).status, 0);
  });
});

describe("what runs below the kernel, on the command line", () => {
  it("answers not-reached for a vTom guest on a paravisor, which goes on", () => {
    const args = ["check", "0x103df", "--guest", "6.6+paravisor"];
    assert.equal(sevStatus(...args).status, 0);
    assertHas(jsonOf(...args), { verdict: { outcome: "not-reached", lacks: [] } });
  });

  it("says that the kernel refuses what the SVSM lets through", () => {
    assertHas(jsonOf("check", "0xaf", "--guest", "6.5+svsm"), {
      verdict: { outcome: "refuses", refusedBy: "kernel", lacks: ["vTom"] },
    });
    assertHas(jsonOf("check", "0xa7", "--guest", "6.5+svsm"), { verdict: { outcome: "boots" } });
  });
});
