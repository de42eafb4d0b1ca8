import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { DocumentBoots, tokensOn } from "../../../../../src/decoder/boot/document";
import { guestIn, kernelsAt } from "../../../../../src/decoder/boot/kernels";
import { assessDecode } from "../../../../../src/decoder/guest/assessment";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import type { Register } from "../../../../../src/decoder/register/decode";
import { REGISTERS, decode } from "../../../../../src/decoder/register/decode";
import { wordsOf } from "../../../../../src/decoder/report/glance";
import { plain } from "../../../../../src/decoder/report/phrase";
import { glanceMarkdown } from "../../../../../src/decoder/report/render/glanceMarkdown";
import { glanceText, quotedGlance } from "../../../../../src/decoder/report/render/glanceText";
import { reportOn } from "../../../../../src/decoder/report/value/decodeReport";
import { glanceOf } from "../../../../../src/decoder/report/value/glance";
import { glanceOnSymbol } from "../../../../../src/decoder/report/value/symbolGlance";
import { reportOnSymbol } from "../../../../../src/decoder/report/value/symbolReport";
import { glanceOnToken } from "../../../../../src/decoder/report/value/tokenGlance";
import { reportOnToken } from "../../../../../src/decoder/report/value/tokenReport";
import { namedThing } from "../../../../../src/decoder/source/names";
import { U64_MAX, bitMask, featuresMask } from "./values";
import { hovered } from "../../boot/hovered";
import { HOSTILE } from "../reports";
import { code, say, strong } from "../../../../../src/decoder/report/phrase";
import { bareGlance } from "../../../../../src/decoder/report/glance";

const KERNELS = ["5.15", "5.19", "6.1.20", "6.12.117", "6.14", "6.18+secure-avic", "rhel-9.4"];
const ALL = [...KERNELS, "6.18.5+svsm", "6.18.5+paravisor", "6.8.0-1021-azure", "7.0.10-1-cachyos"];

function glance(register: Register, value: bigint, guest: string | null = null) {
  return glanceOf(decode(register, value), guest === null ? null : guestProfile(guest));
}

describe("a register's glance", () => {
  it("has the verdict, the bits, missing features first, base features in one row, and the fix", () => {
    assert.equal(
      glanceText(glance("sev-status", 0x887n, "6.12.117")),
      [
        "SEV_STATUS 0x887: ✗ Linux 6.12.117 refuses to boot – missing SecureTSC",
        "  Fix: guest ≥ 6.14 (LTS 6.18.y) or QEMU: remove secure-tsc=on° · ⚠ changes the launch measurement",
        "  .... .... .... X... 1... .111",
        "  ✗   11  SecureTSC           needs 6.14",
        "  ✓    7  DebugSwap           since 6.6",
        "  ✓  2–0  SEV-SNP SEV-ES SEV  base",
      ].join("\n"),
    );
  });

  it("never contradicts the report: same tone, same missing features", () => {
    const value = fc.oneof(
      fc.bigInt({ min: 0n, max: U64_MAX }),
      fc.bigInt({ min: 0n, max: 0xff_ffffn }),
    );
    fc.assert(
      fc.property(
        value,
        fc.constantFrom(...REGISTERS),
        fc.constantFrom(null, ...ALL),
        (bits, register, name) => {
          const decoded = decode(register, bits);
          const guest = name === null ? null : guestProfile(name);
          const one = glanceOf(decoded, guest);
          const report = reportOn(decoded, guest);
          assert.equal(one.tone, report.tone);
          if (register !== "sev-status" && register !== "sev-features") return;
          const lacking = assessDecode(decoded, guest)?.lacking ?? 0n;
          assert.equal(featuresMask(register, one.bits), lacking);
          const isFixed =
            lacking === 0n && assessDecode(decoded, guest)?.missingBelow !== undefined;
          if (isFixed && assessDecode(decoded, guest)?.missingBelow === 0n)
            assert.equal(one.fix, null);
        },
      ),
      { numRuns: 300 },
    );
  });

  it("shows each bit alone, set and not as another", () => {
    for (let bit = 0; bit < 64; bit++) {
      const { bits, rows } = glance("sev-status", bitMask(bit), "6.12.117");
      assert.deepEqual(
        bits?.flatMap((state, at) => (state === "clear" ? [] : [at])),
        [bit],
      );
      assert.equal(rows.length, 1);
      assert.equal(rows[0]?.bits, `${bit}`);
    }
  });

  it("stays short whatever is set, and never lists 64 names", () => {
    for (const name of [null, ...ALL])
      for (const register of ["sev-status", "sev-features", "unsupported-features"] as const) {
        const all = glance(register, U64_MAX, name);
        assert.ok(wordsOf(all) <= 60, `${name ?? ""}: ${glanceText(all)}`);
        assert.ok(all.rows.length <= 5);
        for (const value of [0x7n, 0x87n, 0x887n, 0x40887n, 0x8000887n]) {
          const one = glance(register, value, name);
          assert.ok(
            wordsOf(one) <= (name?.includes("+") === true ? 50 : 45),
            `${name ?? ""}: ${glanceText(one)}`,
          );
        }
      }
  });

  it("says reserved, or that no Linux supports it", () => {
    const { rows } = glance("sev-status", 0x2000_0000_0007n | bitMask(3), "6.14");
    assert.deepEqual(
      rows.slice(0, 2).map(({ bits, state }) => [bits, state]),
      [
        ["3", "no Linux supports it"],
        ["45", "reserved"],
      ],
    );
  });

  it("keeps likely and assumed apart from known", () => {
    const verdict = (name: string) => plain(glance("sev-status", 0x887n, name).verdict);
    const likely = ALL.find((name) => guestProfile(name)?.likely === true);
    if (likely !== undefined) assert.match(verdict(likely), /likely/u);
    assert.match(verdict("5.15"), /undefined°/u);
    assert.doesNotMatch(verdict("6.12.117"), /likely|°/u);
  });

  it("asks whether it is the right register where SEV-SNP stands alone", () => {
    assert.match(glanceText(glance("sev-status", 4n)), /right register\?/u);
    assert.doesNotMatch(glanceText(glance("sev-status", 7n)), /right register/u);
  });
});

describe("a token's glance", () => {
  const of = (line: string, guest: string | null = null) =>
    hovered(line, 0).map(({ fact, field }) =>
      glanceText(glanceOnToken(fact, field, guest === null ? null : guestProfile(guest))),
    );

  it("knows the mask on the same line as the reason", () => {
    const [reason = ""] = of("kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800");
    assert.match(reason, /^SW_EXITINFO1 0x20: ✗ Guest refused to boot – missing SecureTSC$/mu);
    assert.match(reason, /0x0:0x2 SNP features unsupported · mask 0x800 beside it/u);
    assert.doesNotMatch(reason, /No mask/u);
  });

  it("says that a termination by the MSR protocol has no mask", () => {
    const [said = ""] = of("SEV-ES guest requested termination: 0x0:0x2");
    assert.match(said, /Guest refused to boot – 0x0:0x2 SNP features unsupported/u);
    assert.match(said, /No mask: the MSR protocol carries none/u);
  });

  it("names a known bug of the kernel that fits", () => {
    const [said = ""] = of("SEV-ES guest requested termination: 0x0:0x2", "6.18.5");
    assert.match(said, /A known bug of Linux 6\.18\.5 fits°/u);
  });

  it("shows a lower bound, and what the line does not show", () => {
    const [said = ""] = of("[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ");
    assert.match(said, /^SEV_STATUS ⊇ 0x7: /u);
    assert.match(said, /\?\?\?\? \?111/u);
  });

  it("names no switch of QEMU where the host runs Microsoft's hypervisor", () => {
    const token = hovered("EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800", 0)[0];
    assert.ok(token !== undefined);
    const { fact, field } = token;
    assert.match(glanceText(glanceOnToken(fact, field, null)), /QEMU/u);
    assert.doesNotMatch(glanceText(glanceOnToken(fact, field, null, false)), /QEMU/u);
    const { advice } = reportOnToken(fact, field, null, false);
    const ways = advice.flatMap((one) => one.ways.map(plain)).join("\n");
    assert.doesNotMatch(ways, /Host, QEMU|Host, libvirt|Host, kvm_amd/u);
  });

  it("is short, and agrees with its report, in all samples and shared logs", () => {
    const shared = process.env["SEV_STATUS_SHARED"] ?? path.resolve("..", "shared");
    const folders = ["samples", "test/logs", path.join(shared, "logs")];
    let seen = 0;
    for (const folder of folders) {
      let names: string[];
      try {
        names = readdirSync(folder);
      } catch {
        continue; // The shared logs are an extra.
      }
      for (const name of names) {
        const lines = readFileSync(path.join(folder, name), "utf8").split("\n");
        const log = new DocumentBoots(lines.length);
        log.read((line) => lines[line], Infinity);
        for (const [number, line] of lines.entries())
          for (const { fact, field } of tokensOn(log, number, line)) {
            const guest = guestIn(kernelsAt(log, number, null));
            const one = glanceOnToken(fact, field, guest);
            assert.equal(one.tone, reportOnToken(fact, field, guest).tone, line);
            assert.ok(wordsOf(one) <= 46, `${name}:${number + 1}\n${glanceText(one)}`);
            seen += 1;
          }
      }
    }
    assert.ok(seen > 20);
  });
});

describe("a symbol's glance", () => {
  it("has both masks, since when Linux has code, and the kernel's verdict", () => {
    const thing = namedThing("MSR_AMD64_SNP_SECURE_TSC");
    assert.ok(thing !== null);
    const text = glanceText(glanceOnSymbol(thing, guestProfile("6.12.117")));
    assert.match(text, /✗ SecureTSC – missing in Linux 6\.12\.117/u);
    assert.match(text, /SEV_STATUS BIT\(11\) 0x800 · SEV_FEATURES BIT\(9\) 0x200/u);
    assert.match(text, /Guest code required: yes, since 6\.14/u);
  });

  it("agrees with its report and is short, for every name", () => {
    for (const name of [
      "MSR_AMD64_SEV",
      "SNP_FEATURES_PRESENT",
      "GHCB_TERM_PSC",
      "MSR_AMD64_SNP_VTOM",
    ])
      for (const guest of [null, ...ALL]) {
        const thing = namedThing(name);
        if (thing === null) continue;
        const profile = guest === null ? null : guestProfile(guest);
        const one = glanceOnSymbol(thing, profile);
        assert.equal(one.tone, reportOnSymbol(thing, profile).tone);
        assert.ok(wordsOf(one) <= 50, glanceText(one));
      }
  });

  it("tells the value that the file at hand defines", () => {
    const thing = namedThing("SNP_FEATURES_PRESENT");
    assert.ok(thing !== null);
    const text = glanceText(glanceOnSymbol(thing, null, { line: 19, value: 0x880n }));
    assert.match(text, /= 0x880 DebugSwap SecureTSC \(this file, line 20\)/u);
  });
});

describe("a glance as Markdown", () => {
  it("has no HTML but our own, whatever the text", () => {
    const hostile = {
      ...bareGlance(say`${strong(HOSTILE)} ${code(HOSTILE)}`, say`${HOSTILE}`, "bad"),
      lines: [say`${HOSTILE}`],
      fix: say`${HOSTILE}`,
      rows: [{ sign: "✗", tone: "bad", bits: "1", names: [HOSTILE], state: HOSTILE } as const],
    };
    const left = glanceMarkdown(hostile)
      .replaceAll(/<\/?(?:span(?: style="[\w:;().-]*")?|code)>/gu, "")
      .replaceAll(/\\[\p{P}\p{S}]/gu, "")
      .replaceAll(/(?<!`)(?<fence>`+)(?!`).+?(?<!`)\k<fence>(?!`)/gu, "");
    assert.doesNotMatch(left, /<[!/?a-z]|[[\]`]|:\/\/|www\./iu);
  });

  it("reads in order without its HTML", () => {
    const text = glanceMarkdown(glance("sev-status", 0x887n, "6.12.117")).replaceAll(
      /<[^>]*>/gu,
      "",
    );
    assert.match(text, /^✗ \*\*Linux 6\.12\.117 refuses to boot\*\* – missing SecureTSC\n/u);
    assert.match(text, /\.\.\.\. \.\.\.\. \.\.\.\. X\.\.\. 1\.\.\. \.111/u);
  });

  it("leaves the verdict to the problem that says it", () => {
    const told = glanceMarkdown(glance("unsupported-features", 0x800n), { isTold: true });
    assert.doesNotMatch(told, /refused/u);
    assert.match(told, /SW_EXITINFO2/u);
  });
});

describe("a glance for a mail", () => {
  it("quotes the line and where it stands, and escapes nothing", () => {
    const text = quotedGlance({
      where: "serial.log:18",
      line: "  EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      glance: glance("unsupported-features", 0x800n),
    });
    assert.match(text, /^serial\.log:18:\n {2}EFI stub: ERROR: .*0x800\n\nSW_EXITINFO2 0x800: ✗ /u);
    assert.ok(!text.includes("\\"));
  });
});
