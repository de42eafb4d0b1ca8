import assert from "node:assert/strict";
import { CATALOG } from "../../../src/decoder/guest/catalog/catalog";
import { DISTRIBUTIONS } from "../../../src/decoder/guest/distributions";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

describe("sev-status guests", () => {
  it("prints every row of the catalog as JSON", () => {
    const rows = jsonOf("guests");
    assert.ok(Array.isArray(rows));
    assert.deepEqual(
      rows.map((row: { id: string }) => row.id),
      [...CATALOG, ...DISTRIBUTIONS].map(({ id }) => id),
    );
    const expected = {
      id: "linux-6.6",
      from: "6.6",
      to: "6.6.129",
      required: "0xfffffffffffdbcf8",
      implemented: "0x0000000000000080",
      checks: ["decompressor", "efi-stub"],
      verification: "derived",
    };
    assertHas(
      rows.find((row: { id: string }) => row.id === "linux-6.6"),
      expected,
    );
  });

  it("has null masks and no checks where the kernel does not check", () => {
    const rows = jsonOf("guests");
    assert.ok(Array.isArray(rows));
    assertHas(rows[0], { id: "linux-5.15", required: null, implemented: null, checks: [] });
  });

  it("prints a table for people, a line a row", () => {
    const { stdout, status } = sevStatus("guests");
    const lines = stdout.split("\n");
    assert.match(lines[0] ?? "", /^releases +required +implemented +checked by +known$/u);
    assert.match(
      stdout,
      /^6\.6 to 6\.6\.129 +0xfffffffffffdbcf8 +DebugSwap +decompressor, efi-stub +derived$/mu,
    );
    assert.match(stdout, /^6\.12\.78 and later 6\.12\.y /mu);
    assert.equal(lines.filter((line) => /^\d/u.test(line)).length, CATALOG.length);
    assert.equal(status, 0);
  });

  it("lists the distributions' kernels below, what is unknown with a question mark", () => {
    const { stdout } = sevStatus("guests");
    assert.match(
      stdout,
      /^rhel-9\.4 +RHEL 9\.4 +0xfffffffffffdbcf8 +DebugSwap +decompressor, efi-stub +verified$/mu,
    );
    assert.match(
      stdout,
      /^rhel-9\.8 +RHEL 9\.8 +0xfffffffffffdbcf8\? +DebugSwap\? +decompressor, efi-stub\? +unknown$/mu,
    );
    assert.match(stdout, /^flatcar +Flatcar any +no SEV-SNP guest code /mu);
    assert.match(stdout, /^fedora +Fedora any, Fedora CoreOS too +by upstream's point release /mu);
  });

  it("has the likely masks of an unknown row apart from known ones", () => {
    const rows = jsonOf("guests");
    assert.ok(Array.isArray(rows));
    assertHas(
      rows.find((row: { id: string }) => row.id === "rhel-9.8"),
      {
        check: "unknown",
        required: null,
        implemented: null,
        likely: { required: "0xfffffffffffdbcf8", implemented: "0x0000000000000080" },
      },
    );
  });

  it("takes no value", () => {
    assert.equal(errorOf("guests", "6.6"), 'guests takes no value, and got "6.6".');
  });
});

describe("sev-status guests --matrix", () => {
  it("prints which kernels boot, refuse or are undefined with SecureTSC", () => {
    const { stdout, status } = sevStatus("guests", "--matrix", "SEV-SNP,SecureTSC");
    assert.equal(status, 0);
    assert.match(stdout, /^linux-6\.13 +6\.13 +✗ refuses/mu);
    assert.match(stdout, /^linux-6\.14 +6\.14 +✓ boots/mu);
    assert.match(stdout, /^linux-6\.0 .*\? undefined/mu);
  });

  it("prints the same as JSON by --json and by --format json", () => {
    const json = jsonOf("guests", "--matrix", "0x807");
    assertHas(json, { value: "0x0000000000000807", features: [{ bit: 2 }, { bit: 11 }] });
    const { stdout } = sevStatus("guests", "--matrix", "0x807", "--format", "json");
    assert.deepEqual(JSON.parse(stdout), json);
  });

  it("prints Markdown and CSV", () => {
    const run = (form: string) => sevStatus("guests", "--matrix", "7", "--format", form).stdout;
    assert.match(run("markdown"), /^\| guest \| releases \| outcome \| SEV-SNP \| known \|$/mu);
    assert.match(
      run("csv"),
      /^guest,releases,outcome,likely,unsupported,lacks,SEV-SNP,verification$/mu,
    );
  });

  it("says what is not to be used", () => {
    const matrix = ["guests", "--matrix", "7"];
    assert.equal(
      errorOf(...matrix, "--format", "xml"),
      '"xml" is no form: expected text, markdown, json or csv.',
    );
    assert.match(errorOf(...matrix, "--format", "csv", "--json"), /contradict each other/u);
    assert.match(errorOf("guests", "--format", "csv"), /nothing without --matrix/u);
    assert.match(errorOf("guests", "--matrix", "0xzz"), /^"0xzz" is not a value/u);
  });
});
