import assert from "node:assert/strict";
import { adviseLacking } from "../../../../../src/decoder/guest/advice/advise";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { fixLine } from "../../../../../src/decoder/report/guest/fixLine";
import { plain } from "../../../../../src/decoder/report/phrase";

const SNP = 0x4n;

/** The fix for these missing features; what is enabled besides them needs code too. */
function fix(lacking: bigint, enabled = 0n, guest: string | null = null): string | null {
  const profile = guest === null ? null : guestProfile(guest);
  const line = fixLine(adviseLacking(lacking | enabled | SNP, lacking, profile), profile);
  return line === null ? null : plain(line);
}

describe("the fix in one line", () => {
  it("names the first release, the longterm ones, and what to take away on the host", () => {
    assert.equal(
      fix(0x800n),
      "guest ≥ 6.14 (LTS 6.18.y) or host: QEMU without secure-tsc=on ⚠ changes the launch measurement",
    );
  });

  it("names the point release from which on a longterm branch boots", () => {
    assert.match(fix(0x800000n) ?? "", /^guest ≥ 7\.0 \(LTS ≥ 6\.1\.167, .* and ≥ 6\.18\.17\) /u);
  });

  it("asks of a kernel all that is enabled, not only what is missing", () => {
    assert.match(fix(0x80n) ?? "", /^guest ≥ 6\.6 /u);
    assert.match(fix(0x80n, 0x800n) ?? "", /^guest ≥ 6\.14 .* QEMU without debug-swap=on ⚠/u);
  });

  it("names no host where no single program turns off every missing feature", () => {
    // QEMU has a property for two of them, a manifest of OpenHCL one for the third.
    assert.equal(fix(0x40880n), "guest ≥ 6.18 (LTS 6.18.y) with CONFIG_AMD_SECURE_AVIC=y");
  });

  it("says where no release helps, and nothing where nothing is missing", () => {
    assert.equal(fix(0x1000n), "no Linux release supports it");
    assert.equal(fix(0n), null);
  });
});
