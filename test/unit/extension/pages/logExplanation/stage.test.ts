import assert from "node:assert/strict";
import { BootDriver } from "../../../../../src/decoder/boot/driver";
import { LogScanner } from "../../../../../src/decoder/log/scan/scanner";
import {
  LogExplanation,
  MOST_BOOTS,
} from "../../../../../src/extension/pages/logExplanation/explanation";
import { done, failed, reading } from "../../../../../src/extension/pages/logExplanation/stage";

function explained(...lines: readonly string[]): LogExplanation {
  const explanation = new LogExplanation("x.log");
  const driver = new BootDriver(explanation);
  const scanner = new LogScanner(driver.take);
  for (const line of lines) scanner.line(line);
  driver.end(scanner.lines);
  return explanation;
}

describe("how far an explanation is", () => {
  it("is a whole percent from 0 to 100, whatever the size of the file was said to be", () => {
    assert.deepEqual(
      [0, 0.129, 0.999, 1, 7, -1].map((share) => reading(share).percent),
      [0, 12, 99, 100, 100, 0],
    );
  });

  it("counts what was found", () => {
    assert.equal(
      done(explained("SEV_STATUS: 0x887"), 1).sentence,
      "1 finding in 1 boot, 1 line read.",
    );
    assert.equal(done(explained("none"), 20).sentence, "Nothing was found in 20 lines.");
  });

  it("says how many boots are shown where there are too many", () => {
    const boots = Array.from(
      { length: MOST_BOOTS + 1 },
      () => "[    0.000000] Linux version 6.12.80 (builder@host) (gcc 13.3.0) #1 SMP",
    );
    assert.match(
      done(explained(...boots), 501).sentence,
      /in 501 boots, .* first 500 boots are shown/u,
    );
  });

  it("says what was found before reading failed", () => {
    const { stage, sentence } = failed(explained("none"), 3, "It is damaged.");
    assert.equal(stage, "failed");
    assert.equal(sentence, "It is damaged. Before that: nothing was found in 3 lines.");
  });
});
