import assert from "node:assert/strict";
import fc from "fast-check";
import { adviseLacking } from "../../../../src/decoder/guest/advice/advise";
import { assess } from "../../../../src/decoder/guest/assessment";
import { BELOW_IDS, passage } from "../../../../src/decoder/guest/below";
import { check, lackingFeatures, refuserOf, standing } from "../../../../src/decoder/guest/check";
import type { GuestProfile } from "../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { adviceOn } from "../../../../src/decoder/report/guest/advice";
import { plain } from "../../../../src/decoder/report/phrase";
import { standingInWords, standingLine } from "../../../../src/decoder/report/guest/standing";
import {
  answerOf,
  consequencesOf,
  verdictNotes,
} from "../../../../src/decoder/report/guest/verdict";
import { U64_MAX } from "../../../../src/decoder/text/u64";

/** SEV, SEV-ES, SEV-SNP, RI and DebugSwap: what COCONUT-SVSM requires. */
const SVSM = 0xa7n;

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

/** Who refuses, by what, and which features. */
function verdict(status: bigint, text: string): string {
  const said = check(status, guest(text));
  if (said.outcome !== "refuses") return said.outcome;
  const missing = said.how === "svsm-panic" ? ` without 0x${said.missing.toString(16)}` : "";
  return `${refuserOf(said)} refuses ${said.lacks.join(" ")}${missing}`.trim();
}

function answer(status: bigint, text: string): string {
  return plain(answerOf(check(status, guest(text)), guest(text)));
}

describe("what runs below the kernel", () => {
  const names: readonly [string, string | null][] = [
    ["6.12.80+svsm", "linux-6.12.80+svsm"],
    ["6.18+secure-avic+svsm", "linux-6.18+secure-avic+svsm"],
    ["6.18+svsm+secure-avic", "linux-6.18+secure-avic+svsm"],
    ["v6.6+SVSM", "linux-6.6+svsm"],
    ["rhel-9.4+paravisor", "rhel-9.4+paravisor"],
    [" 6.8.0-45-generic+ovmf ", "linux-6.8.0-45-generic+ovmf"],
    ["6.6+svsm+ovmf", null],
    ["6.6+xen", "linux-6.6+xen"],
    ["+svsm", null],
    ["fedora+svsm", null],
  ];
  for (const [text, id] of names) {
    it(`is named by ${text}: ${id ?? "no kernel"}`, () => {
      const profile = guestProfile(text);
      assert.equal(profile?.id ?? null, id);
      if (id !== null) assert.deepEqual(guestProfile(id)?.check, profile?.check);
    });
  }

  const cases: readonly [bigint, string, string][] = [
    [SVSM, "6.12.80", "kernel refuses RI"],
    [SVSM, "6.12.80+svsm", "boots"],
    [SVSM, "6.5+svsm", "boots"],
    [0x7n, "6.12.80+svsm", "svsm refuses  without 0xa0"],
    [0x87n, "6.12.80+svsm", "svsm refuses  without 0x20"],
    [SVSM | 0x800n, "6.14+svsm", "svsm refuses SecureTSC without 0x0"],
    [0x3n, "6.12.80+svsm", "not-snp"],
    [0x0103_dfn, "6.12.80", "kernel refuses vTom ReflectVC AI VMSARegProt"],
    [0x0103_dfn, "6.12.80+paravisor", "not-reached"],
    [0x807n, "6.12.80+paravisor", "kernel refuses SecureTSC"],
    [0x807n, "6.12.80+ovmf", "kernel refuses SecureTSC"],
  ];
  for (const [status, text, expected] of cases) {
    it(`0x${status.toString(16)} on ${text}: ${expected}`, () => {
      assert.equal(verdict(status, text), expected);
    });
  }

  it("is named by the verdict where it refuses", () => {
    assert.equal(
      answer(0x7n, "6.12.80+svsm"),
      "COCONUT-SVSM refuses to boot – requires RI DebugSwap",
    );
    const [consequence, ...more] = consequencesOf(assess(0x7n, guest("6.12.80+svsm"))).map(plain);
    assert.match(consequence ?? "", /Required features not available:.*0x0:0x0/u);
    assert.equal(more.length, 0);
  });

  it("does not run without SEV-SNP where it requires that, and says so", () => {
    const said = (text: string) => consequencesOf(assess(0x3n, guest(text))).map(plain);
    assert.match(said("6.12.80+svsm").join(), /^The SVSM requires SEV-SNP/u);
    assert.deepEqual(said("6.12.80"), []);
    assert.deepEqual(said("6.12.80+ovmf"), []);
  });

  it("keeps the check from being reached", () => {
    assert.match(answer(0x103dfn, "6.6+paravisor"), /does not reach the check/u);
  });

  it("leaves nothing lacking where the check is not reached", () => {
    const line = (text: string) => standingLine(3, guest(text), assess(0x103dfn, guest(text)));
    assert.deepEqual(line("6.6+paravisor"), {
      standing: "unchecked",
      state: "not checked: the kernel does not see it",
    });
    assert.equal(line("6.6").standing, "lacks");
  });

  it("says where its facts leave off", () => {
    const notes = verdictNotes(assess(SVSM, guest("6.12.80+svsm"))).map(plain);
    assert.ok(notes.some((note) => note.includes("pull request 897")));
    const ovmf = verdictNotes(assess(SVSM, guest("6.12.80+ovmf"))).map(plain);
    assert.ok(ovmf.some((note) => note.includes("OVMF itself checks no feature")));
  });

  it("is what the advice and the table name, where a newer kernel would not help", () => {
    const on = guest("6.6+svsm");
    const [advice] = adviceOn(adviseLacking(0x807n, 0x800n), on);
    assert.match(plain(advice?.ways[0] ?? []), /^COCONUT-SVSM stops with it, with any kernel/u);
    assert.equal(
      advice?.ways.map(plain).some((way) => way.startsWith("Guest kernel")),
      false,
    );
    assert.equal(standingInWords(11, on), "not supported by COCONUT-SVSM");
    assert.equal(standingInWords(5, on), "hidden from the kernel by COCONUT-SVSM");
    assert.equal(standing(5, on), "needs-no-code");
    assert.equal(standing(11, on), "lacks");
    assert.equal(standingInWords(7, on), "hidden from the kernel by COCONUT-SVSM");
  });

  it("never lets through what it stops for, and never shows the kernel a feature that is off", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: U64_MAX }),
        fc.constantFrom(...BELOW_IDS),
        (status, below) => {
          const { unsupported, seen, missing } = passage(status, below);
          assert.equal(seen & ~status, 0n);
          assert.equal(missing & status, 0n);
          const on = guest(`6.14+${below}`);
          const said = check(status, on);
          if (said.outcome === "boots") {
            assert.equal(unsupported | missing | lackingFeatures(status, on), 0n);
          }
        },
      ),
    );
  });
});
