import assert from "node:assert/strict";
import fc from "fast-check";
import type { Advised } from "../../../../../src/decoder/guest/advice/advise";
import { adviseLacking, clearedBy } from "../../../../../src/decoder/guest/advice/advise";
import { assess } from "../../../../../src/decoder/guest/assessment";
import { LIVING_BRANCHES } from "../../../../../src/decoder/guest/advice/branches";
import { CATALOG } from "../../../../../src/decoder/guest/catalog/catalog";
import { check, goesOn, lackingFeatures } from "../../../../../src/decoder/guest/check";
import { DISTRIBUTIONS } from "../../../../../src/decoder/guest/distributions";
import {
  HOST_SWITCHES,
  hostSwitchesFor,
} from "../../../../../src/decoder/guest/advice/hostSwitches";
import { MATRIX_GUESTS, matrix } from "../../../../../src/decoder/guest/matrix";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { adviceOn } from "../../../../../src/decoder/report/guest/advice";
import { plain } from "../../../../../src/decoder/report/phrase";
import { U64_MAX, bitMask, maskOf, setBits } from "../../../../../src/decoder/text/u64";

function guest(name: string) {
  const profile = guestProfile(name);
  assert.ok(profile !== null, name);
  return profile;
}

const from = ({ branches }: Advised) =>
  Object.fromEntries(
    branches.map(({ branch, from: release, needsSecureAvic }) => [
      branch.branch,
      release === null ? null : `${release}${needsSecureAvic ? "+secure-avic" : ""}`,
    ]),
  );

describe("the kernels that are advised", () => {
  it("SecureTSC boots on 6.18.y and later, on no older longterm branch", () => {
    assert.deepEqual(from(assess(0x887n, guest("6.12.80")).advised), {
      "5.10": null,
      "5.15": null,
      "6.1": null,
      "6.6": null,
      "6.12": null,
      "6.18": "6.18",
      "7.3": "7.3",
    });
  });

  it("IBPBOnEntry boots from the point release of each branch that took the change", () => {
    const releases = from(assess(0x800007n, guest("6.12.77")).advised);
    assert.equal(releases["6.1"], "6.1.167");
    assert.equal(releases["6.6"], "6.6.130");
    assert.equal(releases["6.12"], "6.12.78");
    assert.equal(releases["6.18"], "6.18.17");
  });

  it("does not advise 6.1.0, which has no check, for what 6.1.9 refuses", () => {
    assert.equal(check(0x800007n, guest("6.1")).outcome, "boots");
    assert.equal(check(0x800007n, guest("6.1.9")).outcome, "refuses");
    assert.equal(from(assess(0x800007n, guest("6.1.9")).advised)["6.1"], "6.1.167");
  });

  it("counts all features together: DebugSwap alone boots on 6.6, with SecureAVIC only a built 6.18", () => {
    assert.equal(from(assess(0x87n, guest("6.1.100")).advised)["6.6"], "6.6");
    assert.deepEqual(from(assess(0x40087n, guest("6.1.100")).advised), {
      "5.10": null,
      "5.15": null,
      "6.1": null,
      "6.6": null,
      "6.12": null,
      "6.18": "6.18+secure-avic",
      "7.3": "7.3+secure-avic",
    });
  });

  it("RestrictedInjection boots on none", () => {
    assert.ok(
      Object.values(from(assess(0x27n, guest("7.3")).advised)).every((one) => one === null),
    );
  });

  it("without SEV-SNP every kernel goes on, 5.10 too", () => {
    assert.equal(from(assess(0x803n, guest("6.6")).advised)["5.10"], "5.10");
  });

  it("has a planned end for each longterm branch, and a source for all", () => {
    for (const { kind, until, source } of LIVING_BRANCHES) {
      assert.equal(until !== null, kind === "longterm");
      assert.notEqual(source, "");
    }
  });
});

describe("what is advised for each lacking feature", () => {
  it("names what brought it: SecureTSC 6.14 by 0563ee35ae2c, SEV-SNP itself 5.19", () => {
    const [secureTsc] = assess(0x807n, guest("6.13")).advised.features;
    assert.equal(secureTsc?.bit, 11);
    assert.equal(secureTsc.introduced?.release, "6.14");
    assert.match(secureTsc.introduced.source, /^0563ee35ae2c/u);
    const [snp] = assess(0x7n, guest("5.15")).advised.features;
    assert.equal(snp?.introduced?.release, "5.19");
    assert.deepEqual(snp.switches, []);
  });

  it("names nothing for what no release accepts", () => {
    const [restricted] = assess(0x27n, guest("7.3")).advised.features;
    assert.equal(restricted?.introduced, null);
    assert.equal(restricted.switches.length, 2);
  });

  it("DebugSwap is turned off in QEMU, libvirt, the IGVM file and openvmm", () => {
    const software = hostSwitchesFor(7).map((one) => one.software);
    for (const name of ["QEMU", "libvirt", "openvmm", "IGVM file"]) {
      assert.ok(
        software.some((one) => one.startsWith(name)),
        name,
      );
    }
  });

  it("gives no command that stops all guests of a host: debug_swap=0 helps no SNP guest of a mainline host", () => {
    const kvm = HOST_SWITCHES.find(({ software }) => software === "kvm_amd");
    assert.equal(kvm?.kind, "advice");
    assert.match(kvm.text, /With a mainline host.*does not start/u);
    assert.match(kvm.releases ?? "", /6\.6 to 6\.19/u);
  });

  const named: readonly (readonly [number, RegExp])[] = [
    [3, /igvmbuilder.* --no-vtom$/u],
    [5, /igvmfilegen.* "injection_type": "normal"$/u],
    [6, /igvmbuilder.* Leave out --alt-injection\.$/u],
    [18, /igvmfilegen.* "secure_avic": "disabled"$/u],
    [23, /OpenHCL.* no option for it\. KVM up to 7\.3 cannot turn it on\.$/u],
  ];
  for (const [bit, expected] of named) {
    it(`names what turns bit ${bit} on, and no property of QEMU or kvm_amd`, () => {
      const switches = hostSwitchesFor(bit).map(({ software, text }) => `${software}: ${text}`);
      assert.ok(
        switches.some((one) => expected.test(one)),
        switches.join("; "),
      );
      assert.doesNotMatch(switches.join("; "), /-object sev-snp-guest|kvm_amd/u);
    });
  }

  it("has QEMU's properties from 11.2 on, where off is the default: there is an =on to remove", () => {
    for (const bit of [7, 11]) {
      const qemu = hostSwitchesFor(bit).find(({ software }) => software.startsWith("QEMU"));
      assert.match(qemu?.text ?? "", /^Remove [\w-]+=on: off is the default/u);
      assert.match(qemu?.releases ?? "", /^QEMU 11\.2 and later/u);
    }
  });

  it("takes the mask of a refusal, where nobody knows whose it is", () => {
    const advised = adviseLacking(0x804n, 0x800n);
    assert.equal(advised.clearable, 0x800n);
    assert.equal(from(advised)["6.18"], "6.18");
  });
});

describe("the advice for a guest on COCONUT-SVSM", () => {
  it("asks the branches with what their kernels see: 6.6.y boots with 0xa7 below the SVSM", () => {
    const advised = assess(0xa7n, guest("6.2+svsm")).advised;
    assert.equal(advised.lacking, 0n);
    assert.equal(from(advised)["6.6"], "6.6");
    assert.equal(from(assess(0xa7n, guest("6.2")).advised)["6.6"], null);
  });

  it("turns nothing off that the SVSM requires: without DebugSwap it would not start", () => {
    const on = guest("6.2+svsm");
    const advised = adviseLacking(0xa7n, 0x80n, on);
    assert.deepEqual(advised.features[0]?.switches, []);
    assert.equal(advised.clearable, 0n);
    const ways = adviceOn(advised, on).flatMap((one) => one.ways.map(plain));
    assert.ok(ways.some((way) => /keep it on, COCONUT-SVSM requires it/u.test(way)));
    assert.ok(!ways.some((way) => way.includes("debug-swap")));
  });

  it("says what to turn on where the SVSM misses it, and that Linux releases do not matter then", () => {
    assert.equal(assess(0x87n, guest("6.12+svsm")).advised.missing, 0x20n);
    assert.equal(assess(0x83n, guest("6.12+svsm")).advised.missing, 0n);
    const advice = adviceOn(assess(0x87n, guest("6.12+svsm")).advised, guest("6.12+svsm"));
    assert.deepEqual(
      advice.map(({ feature }) => feature),
      ["RI"],
    );
    assert.match(wayTexts(0x87n, "6.12+svsm").join(), /stops without it, with any kernel/u);
  });

  it("says with every value that the SVSM or the kernel refuses what to do, and boots once that is done", () => {
    fc.assert(
      fc.property(statuses, fc.constantFrom("6.2", "6.12.80", "7.3"), (status, kernel) => {
        const named = guest(`${kernel}+svsm`);
        const { missing, lacking, clearable } = assess(status, named).advised;
        const isRefused = !goesOn(check(status, named));
        assert.equal(isRefused, (missing | lacking) !== 0n);
        const after = check((status | missing) & ~clearable, named);
        const left = lackingFeatures(status | missing, named) & ~clearable;
        assert.equal(goesOn(after), left === 0n);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("the advice where no host switch exists", () => {
  it("says so, and where the bit is: VMGExitParam is SEV_FEATURES[10]", () => {
    const ways = wayTexts(0x1007n, "6.12.80");
    assert.ok(ways.some((way) => /^Host: no switch is known.*SEV_FEATURES\[10\]/u.test(way)));
  });

  it("does not say so of SecureTSC, which has one, nor of SEV-SNP itself", () => {
    const ways = [...wayTexts(0x807n, "6.12.80"), ...wayTexts(0x7n, "5.15")];
    assert.ok(ways.length > 0);
    assert.ok(!ways.some((way) => way.includes("no switch")));
  });
});

/** All that is said of what to do for a guest with a SEV_STATUS value. */
function wayTexts(status: bigint, name: string): string[] {
  return adviceOn(assess(status, guest(name)).advised, guest(name)).flatMap(({ ways }) =>
    ways.map(plain),
  );
}

/** A SEV_STATUS of which most have SEV-SNP on; reserved bits are as likely as others. */
const statuses = fc
  .tuple(fc.bigInt({ min: 0n, max: U64_MAX }), fc.bigInt({ min: 0n, max: U64_MAX }), fc.nat(9))
  // Few bits are more like life than half of all 64: the second number thins the first out, or keeps it whole.
  .map(([bits, thin, kind]) => {
    const some = kind < 5 ? bits & thin & 0xfffffn : kind < 8 ? bits & thin : bits;
    return kind === 9 ? some & ~0x4n : some | 0x7n;
  });

describe("the matrix, the check and the advice", () => {
  const rows =
    CATALOG.length + CATALOG.filter((row) => row.masks?.implementedWithSecureAvic != null).length;
  const own = DISTRIBUTIONS.filter(({ answer }) => answer.check !== "by-upstream-point").length;

  it("ask every row of the catalog, with and without Secure AVIC, and every distribution's", () => {
    assert.ok(MATRIX_GUESTS.length >= rows + own);
    assert.equal(
      new Set(MATRIX_GUESTS.map(({ profile }) => profile.id)).size,
      MATRIX_GUESTS.length,
    );
  });

  // In parts, so that none of them takes long on a busy machine.
  for (const part of [1, 2, 3, 4, 5]) {
    it(`agree for 10,000 values with every row, part ${part} of 5`, () => {
      fc.assert(
        fc.property(statuses, (status) => {
          const advices = new Map<bigint, Advised>();
          for (const { profile, assessment } of matrix(status).rows) {
            const { verdict } = assessment;
            const lacking = lackingFeatures(status, profile);
            // What comes from the matrix is what the guest's own check says of it: no row is asked as another.
            if (verdict.unsupported !== lacking || goesOn(verdict) !== (lacking === 0n)) {
              assert.fail(`${profile.id} with ${status.toString(16)}: ${verdict.outcome}`);
            }
            let advised = advices.get(lacking);
            if (advised === undefined) {
              advised = assess(status, profile).advised;
              if (advices.size === 0) assertBranches(advised);
              assertSwitches(advised);
              advices.set(lacking, advised);
            }
            // With the advised switches used, just what has none is lacking; the guest boots where that is nothing.
            const left = lackingFeatures(status & ~advised.clearable, profile);
            if (left !== (lacking & ~advised.clearable)) {
              assert.fail(
                `${profile.id} with ${status.toString(16)}: ${left.toString(16)} is left`,
              );
            }
          }
          for (const [lacking, advised] of advices) assert.equal(advised.lacking, lacking);
        }),
        { numRuns: 2_000 },
      );
    });
  }

  it("agree by the names of the guests, before the switches and after, for 100 values", () => {
    fc.assert(
      fc.property(statuses, (status) => {
        for (const { profile, assessment } of matrix(status).rows) {
          const { verdict } = assessment;
          const named = NAMED.get(profile.id);
          assert.ok(named !== undefined);
          assert.deepEqual(check(status, named), verdict, profile.id);
          const { clearable, lacking } = assess(status, named).advised;
          const after = check(status & ~clearable, named);
          assert.equal(goesOn(after), (lacking & ~clearable) === 0n, profile.id);
        }
      }),
      { numRuns: 100 },
    );
  });
});

/** Every guest of the matrix, looked up by its name as a person would. */
const NAMED = new Map(MATRIX_GUESTS.map(({ profile }) => [profile.id, guest(profile.id)]));

/** The advised kernel boots; where none is advised the newest of the branch does not, however it is built. */
function assertBranches({ status, branches }: Advised): void {
  for (const { branch, lowest, needsSecureAvic } of branches) {
    const rows = MATRIX_GUESTS.filter(({ profile }) => isOfBranch(profile.id, branch.branch));
    const boots = (one: (typeof rows)[number]) => goesOn(check(status, one.profile));
    if (lowest !== null) {
      assert.ok(goesOn(check(status, lowest)), lowest.id);
      assert.equal(lowest.id.endsWith("+secure-avic"), needsSecureAvic);
    } else if (rows.length > 0) {
      const newest = rows
        .slice(-2)
        .filter(({ profile }) => profile.row === rows.at(-1)?.profile.row);
      assert.ok(!newest.some(boots), branch.branch);
    }
  }
}

/** The switches clear what they claim, and what is called clearable has one. */
function assertSwitches({ status, lacking, features, clearable }: Advised): void {
  assert.deepEqual(
    features.map(({ bit }) => bit),
    setBits(lacking),
  );
  for (const { bit, switches } of features) {
    assert.equal((clearable & bitMask(bit)) !== 0n, switches.length > 0);
    for (const one of switches) assert.ok(one.clears.includes(bit), one.software);
  }
  const used = features.flatMap(({ switches }) => switches);
  const claimed = maskOf(used.flatMap(({ clears }) => clears));
  assert.equal(status & ~clearedBy(used) & claimed, 0n);
  assert.equal(clearable & ~lacking, 0n);
}

function isOfBranch(id: string, branch: string): boolean {
  return (
    id === `linux-${branch}` ||
    id.startsWith(`linux-${branch}.`) ||
    id.startsWith(`linux-${branch}+`)
  );
}
