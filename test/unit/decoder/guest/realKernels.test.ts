import assert from "node:assert/strict";
import { TERMINATION_EVENT } from "../../../../src/decoder/ghcb";
import { assess } from "../../../../src/decoder/guest/assessment";
import type { BootPath } from "../../../../src/decoder/guest/catalog/row";
import { BOOT_PATHS } from "../../../../src/decoder/guest/catalog/row";
import { DEFAULT_BOOT, goesOn } from "../../../../src/decoder/guest/check";
import type { Verdict } from "../../../../src/decoder/guest/check";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { hexShort } from "../../../../src/decoder/text/u64";
import facts from "../../../fixtures/realKernels.json";

/** One run of a kernel, as the fixture has it. */
interface Seen {
  readonly boot: string;
  readonly sevStatus: string;
  readonly ghcbVersion?: number;
  readonly firmware?: string;
  readonly outcome: string;
  readonly how?: string;
  readonly exitCode?: string;
  readonly exitInfo1?: string;
  readonly exitInfo2?: string;
  readonly ghcbMsr?: string;
  readonly efiStatus?: string;
  readonly console?: string;
}

/** What a run would leave behind that ends as predicted. */
function expected(verdict: Verdict, { boot, sevStatus, ghcbVersion, firmware }: Seen): Seen {
  const run = {
    ...{ boot, sevStatus },
    ...(ghcbVersion === undefined ? {} : { ghcbVersion }),
    ...(firmware === undefined ? {} : { firmware }),
  };
  if (verdict.outcome !== "refuses")
    return { ...run, outcome: "boots", ...(boot === "efi-stub" ? { console: "banner" } : {}) };
  switch (verdict.how) {
    case "ghcb-termination":
      return {
        ...{ ...run, outcome: "terminates", how: "ghcb", exitCode: hexShort(TERMINATION_EVENT) },
        exitInfo1: hexShort(verdict.exitInfo1),
        exitInfo2: hexShort(verdict.exitInfo2),
      };
    case "ghcb-msr-termination":
      return {
        ...{ ...run, outcome: "terminates", how: "ghcb-msr" },
        ghcbMsr: hexShort(verdict.ghcbMsr),
      };
    case "efi-unsupported":
      return {
        ...{ ...run, outcome: "exits", how: "efi-exit", efiStatus: "0x8000000000000003" },
        console: verdict.message,
      };
    case "svsm-panic":
      throw new Error("No SVSM ran below these kernels.");
  }
}

function bootPath(text: string): BootPath {
  const path = BOOT_PATHS.find((one) => one === text);
  assert.ok(path !== undefined, text);
  return path;
}

describe("kernels that were executed", () => {
  for (const { banner, runs } of facts.kernels) {
    const release = banner.split(" ")[2] ?? "";
    it(`${release} does what check says, in ${runs.length} runs`, () => {
      for (const guest of [guestProfile(banner), guestProfile(release)]) {
        assert.ok(guest !== null);
        for (const run of runs as readonly Seen[]) {
          const { ghcbVersion = DEFAULT_BOOT.ghcbVersion } = run;
          const conditions = { boot: bootPath(run.boot), ghcbVersion };
          const verdict: Verdict = assess(BigInt(run.sevStatus), guest, conditions).verdict;
          assert.deepEqual(run, expected(verdict, run));
          // A kernel without the check goes on too, and what comes of it was not seen.
          if (run.outcome === "boots" && guest.check !== null) assert.ok(goesOn(verdict));
        }
      }
    });
  }

  it("cover both sides of each change of the check, and both boot paths", () => {
    const seen = facts.kernels.map(({ banner }) => guestProfile(banner));
    assert.ok(seen.some((guest) => guest?.snpGuest === false));
    for (const bug of ["ghcb-version-lost"])
      assert.deepEqual(
        new Set(seen.map((guest) => guest?.bugs?.some(({ id }) => id === bug) === true)),
        new Set([true, false]),
      );
    assert.equal(
      facts.kernels.reduce((count, { runs }) => count + runs.length, 0),
      338,
    );
  });
});
