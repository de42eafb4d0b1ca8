import assert from "node:assert/strict";
import type { Matrix } from "../../../../../src/decoder/guest/matrix";
import { matrix } from "../../../../../src/decoder/guest/matrix";
import {
  matrixCsv,
  matrixJson,
  matrixMarkdown,
  matrixText,
} from "../../../../../src/decoder/report/guest/matrixReport";

/** A matrix of one row, whose releases are a text that every form has to guard itself against. */
function named(releases: string): Matrix {
  const whole = matrix(0x887n);
  const [row] = whole.rows;
  assert.ok(row !== undefined);
  return { ...whole, rows: [{ ...row, releases }] };
}

describe("the matrix as text", () => {
  const lines = matrixText(matrix(0x887n)).split("\n");

  it("says first how many boot, refuse and are undefined", () => {
    assert.match(lines[0] ?? "", /^SEV_STATUS 0x887: of \d+ guests \d+ boot .*refuse.*undefined/u);
  });

  it("has signs and words, and likely where nobody has read the kernel", () => {
    assert.ok(
      lines.some((line) =>
        /^linux-6\.13 +6\.13 +✗ refuses +✓ supported +✓ supported +✗ missing/u.test(line),
      ),
    );
    assert.ok(
      lines.some((line) => /^rhel-9\.8 +RHEL 9\.8 +✗ likely refuses .* unknown$/u.test(line)),
    );
    assert.ok(lines.some((line) => /^linux-6\.0 .*\? undefined .*derived$/u.test(line)));
  });

  it("says what may hold instead", () => {
    assert.match(matrixText(matrix(0x800007n)), /What may hold instead:\n {2}- .*: if .*✓ boots/u);
  });
});

describe("the matrix as CSV", () => {
  it("has one line a guest, with a column for each feature", () => {
    const [head, ...lines] = matrixCsv(matrix(0x887n)).split("\n");
    assert.equal(
      head,
      "guest,releases,outcome,likely,unsupported,lacks,SEV-SNP,DebugSwap,SecureTSC,verification",
    );
    assert.equal(lines.length, matrix(0x887n).rows.length);
    for (const id of ["linux-6.6,", "linux-7.3+secure-avic,"]) {
      assert.equal(lines.filter((line) => line.startsWith(id)).length, 1);
    }
  });

  it("quotes commas, quotes and line ends", () => {
    assert.match(matrixCsv(named('a, "b"\nc')), /\nlinux-5\.15,"a, ""b""\nc",undefined,/u);
  });

  it("lets no spreadsheet take a text for a formula", () => {
    assert.match(matrixCsv(named("=1+1")), /,"'=1\+1",/u);
  });
});

describe("the matrix as Markdown", () => {
  it("escapes what could end a cell or be mark-up", () => {
    const last = matrixMarkdown(named("a|b <b>x</b>")).split("\n").at(-1) ?? "";
    assert.ok(last.includes("a\\|b \\<b>x\\</b>"), last);
  });

  it("has a column head for each column", () => {
    const [, , head = "", rule = "", row = ""] = matrixMarkdown(matrix(0x887n)).split("\n");
    const bars = (line: string) => line.split(" | ").length;
    assert.equal(bars(head), bars(rule));
    assert.equal(bars(head), bars(row));
  });
});

describe("the matrix as JSON", () => {
  it("has 64-bit values as 16 digits and the standings in the order of the features", () => {
    const json: unknown = JSON.parse(JSON.stringify(matrixJson(named("x"))));
    assert.deepEqual(json, {
      value: "0x0000000000000887",
      features: [
        { bit: 2, name: "SEV-SNP" },
        { bit: 7, name: "DebugSwap" },
        { bit: 11, name: "SecureTSC" },
      ],
      guests: [
        {
          id: "linux-5.15",
          releases: "x",
          verification: "inferred",
          verdict: {
            outcome: "undefined",
            unsupported: "0x0000000000000884",
            lacks: ["SEV-SNP", "DebugSwap", "SecureTSC"],
            check: "no-check-in-kernel",
          },
          standings: ["lacks", "lacks", "lacks"],
        },
      ],
    });
  });
});

describe("what may hold instead", () => {
  it("is told in Markdown as it is in text", () => {
    const table = matrixMarkdown(matrix(0x887n));
    assert.match(matrixText(matrix(0x887n)), /What may hold instead:\n/u);
    assert.match(table, /\n\n\| What may hold instead \|\n/u);
    assert.match(table, /UEK R7.*if it has the SNP guest as a backport/u);
  });
});
