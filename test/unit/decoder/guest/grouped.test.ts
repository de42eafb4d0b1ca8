import assert from "node:assert/strict";
import { EVER_REFUSED } from "../../../../src/decoder/guest/check";
import { groupedKernels, isAmong } from "../../../../src/decoder/guest/grouped";
import type { MergedKernels } from "../../../../src/decoder/guest/grouped";
import { MATRIX_GUESTS } from "../../../../src/decoder/guest/matrix";
import { guestProfile } from "../../../../src/decoder/guest/profile";

const kernelsOf = (status: bigint, kind: string) =>
  groupedKernels(status).find((group) => group.kind === kind)?.kernels ?? [];
const inBrief = ({ name, withSecureAvic, assessment }: MergedKernels) =>
  `${name}${withSecureAvic ? " + AVIC" : ""}: ${assessment.verdict.outcome}`;

describe("the catalog's kernels, merged by their answer", () => {
  it("are ranges of mainline, newest first", () => {
    assert.deepEqual(kernelsOf(0x887n, "mainline").map(inBrief), [
      "6.14 … 7.3: boots",
      "6.6 … 6.13: refuses",
      "6.2 … 6.5: refuses",
      "5.19 … 6.1: undefined",
      "5.15: undefined",
    ]);
  });

  it("are whole branches, or the parts of a branch that differ", () => {
    const names = kernelsOf(0x887n, "stable").map(({ name }) => name);
    assert.ok(names.includes("6.12.y"));
    assert.ok(names.includes("6.1.9 and later 6.1.y"));
    assert.ok(names.includes("6.1 to 6.1.8"));
  });

  it("part a branch where a stable release changed the answer", () => {
    // IBPBOnEntry, which 6.12.78 took as a backport.
    const names = kernelsOf(0x80_0007n, "stable").map(inBrief);
    assert.ok(
      names.some((name) => name.startsWith("6.12 to 6.12.77: refuses")),
      names.join("\n"),
    );
    assert.ok(names.some((name) => name.startsWith("6.12.78 and later 6.12.y: boots")));
  });

  it("name the option Secure AVIC only where it changes the answer", () => {
    assert.ok(kernelsOf(0x887n, "mainline").every(({ withSecureAvic }) => !withSecureAvic));
    assert.deepEqual(kernelsOf(0x40887n, "mainline").slice(0, 2).map(inBrief), [
      "6.18 … 7.3 + AVIC: boots",
      "6.14 … 7.3: refuses",
    ]);
  });

  it("keep distributions and what is only likely apart", () => {
    for (const { guests } of kernelsOf(0x887n, "distributions")) {
      assert.equal(new Set(guests.map(({ likely }) => likely)).size, 1);
      assert.equal(new Set(guests.map(({ distribution }) => distribution?.distribution)).size, 1);
    }
  });

  it("give each kernel the answer that it has alone, whatever the value, and lose no distribution", () => {
    for (const status of [0n, 0x7n, 0x87n, 0x887n, 0x40887n, 0x80_0887n, EVER_REFUSED]) {
      for (const { kernels } of groupedKernels(status)) {
        for (const { guests, assessment } of kernels) {
          for (const guest of guests) {
            const alone = groupedKernels(status, [{ name: "x", description: "", profile: guest }]);
            const [own] = alone[0]?.kernels ?? [];
            assert.equal(own?.assessment.verdict.outcome, assessment.verdict.outcome, guest.id);
          }
        }
      }
      const shown = kernelsOf(status, "distributions").flatMap(({ guests }) =>
        guests.map(({ row }) => row),
      );
      const all = MATRIX_GUESTS.flatMap(({ profile }) =>
        profile.distribution === null ? [] : [profile.row],
      );
      assert.deepEqual(new Set(shown), new Set(all));
    }
  });

  it("are found by a release that a row answers for", () => {
    const guest = guestProfile("6.12.117");
    assert.ok(guest !== null);
    const found = groupedKernels(0x887n).flatMap(({ kernels }) =>
      kernels.filter((one) => isAmong(guest, one)).map(({ name }) => name),
    );
    assert.deepEqual(found, ["6.12.y"]);
  });
});
