import assert from "node:assert/strict";
import { silentReport } from "../../../../src/decoder/report/boot/silentReport";
import { textOf } from "../../../../src/decoder/report/render/text";
import { readLog } from "../log/findings";

const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
const PLATFORM = "SEV is enabled (mask 0x8000000000000)";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";

/** The silent boots of a log, as `numbers: lines stage`. */
function silent(...lines: readonly string[]): string[] {
  return readLog(...lines).silent.map(
    ({ first, last, firstLine, lastLine, stage }) =>
      `${first}-${last}: ${firstLine + 1}-${lastLine + 1} ${stage}`,
  );
}

describe("boots without a line of their kernel", () => {
  it("are those that firmware began, with nothing found after it", () => {
    assert.deepEqual(silent(FIRMWARE, PLATFORM, STATUS, FIRMWARE, PLATFORM, "x"), [
      "2-2: 4-6 platform",
    ]);
  });

  it("are told together where a VM restarts again and again", () => {
    assert.deepEqual(silent(FIRMWARE, FIRMWARE, FIRMWARE, STATUS), ["1-2: 1-2 firmware"]);
    assert.deepEqual(silent(FIRMWARE, FIRMWARE, STATUS, FIRMWARE), [
      "1-1: 1-1 firmware",
      "3-3: 4-4 firmware",
    ]);
  });

  it("are none where only a VMM was started, or nothing at all", () => {
    assert.deepEqual(silent("x", "Starting TEE/microVM.", "y"), []);
    assert.deepEqual(silent("x", "y"), []);
  });

  it("have their reason in the host's log, if it was a refusal", () => {
    const text = textOf(
      silentReport({ first: 2, last: 3, firstLine: 3, lastLine: 9, stage: "platform" }, "a.log"),
    );
    assert.match(text, /a\.log, boots 2 to 3 \(lines 4 to 10\): \? the firmware began/u);
    assert.match(text, /Host kernel, KVM of Linux 6\.10.*SEV-ES guest requested termination/u);
    assert.match(text, /QEMU 11\.0 and later/u);
  });
});
