import assert from "node:assert/strict";
import { BootDriver } from "../../../../../src/decoder/boot/driver";
import { LogScanner } from "../../../../../src/decoder/log/scan/scanner";
import { plain } from "../../../../../src/decoder/report/phrase";
import {
  LogExplanation,
  MOST_BOOTS,
  MOST_FINDINGS,
} from "../../../../../src/extension/pages/logExplanation/explanation";
import { chosen } from "../../../decoder/report/logs";
import type { BootView } from "../../../../../src/pages/logExplanation/protocol";

const BANNER = "[    0.000000] Linux version 6.12.80 (builder@host) (gcc 13.3.0) #1 SMP";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC ";
const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

class Reading {
  readonly explanation = new LogExplanation("serial.log");
  readonly #driver = new BootDriver(this.explanation);
  readonly #scanner = new LogScanner(this.#driver.take);

  lines(...lines: readonly string[]): void {
    for (const line of lines) this.#scanner.line(line);
    this.explanation.showOpen(this.#driver.soFar());
  }

  end(): void {
    this.#scanner.end();
    this.#driver.end(this.#scanner.lines);
  }
}

function answers(views: readonly BootView[]): string[] {
  return views.map(({ index, isOpen, report }) =>
    [index, isOpen ? "so far" : "over", plain(report.answer)].join(" "),
  );
}

describe("a log's explanation", () => {
  it("tells of a boot as soon as it says something, and again once it says more", () => {
    const log = new Reading();
    assert.deepEqual(log.explanation.takeChanged(null), []);
    log.lines(BANNER);
    assert.deepEqual(answers(log.explanation.takeChanged(null)), [
      "0 so far the kernel started; the log has no more on SEV.",
    ]);
    assert.deepEqual(log.explanation.takeChanged(null), []);
    log.lines("nothing", STATUS);
    assert.deepEqual(answers(log.explanation.takeChanged(null)), [
      "0 so far booted, although its own check should have refused this SEV_STATUS.",
    ]);
  });

  it("tells that a boot is over when the next one begins, and at the end of the log", () => {
    const log = new Reading();
    log.lines(BANNER, STATUS);
    log.explanation.takeChanged(null);
    log.lines(BANNER);
    assert.deepEqual(answers(log.explanation.takeChanged(null)), [
      "0 over booted, although its own check should have refused this SEV_STATUS.",
      "1 so far the kernel started; the log has no more on SEV.",
    ]);
    log.end();
    assert.deepEqual(answers(log.explanation.takeChanged(null)), [
      "1 over the kernel started; the log has no more on SEV.",
    ]);
    assert.equal(log.explanation.boots, 2);
  });

  it("lists each finding with its place in the log", () => {
    const log = new Reading();
    log.lines("nothing", REFUSED);
    const [finding] = log.explanation.takeChanged(null)[0]?.findings ?? [];
    assert.deepEqual(
      { ...finding, label: plain(finding?.label ?? []) },
      {
        line: 1,
        start: REFUSED.indexOf("0x800"),
        end: REFUSED.length,
        label: "Termination 0x0:0x2 SNP features unsupported, lacking SecureTSC (0x800)",
      },
    );
  });

  it("asks the guest of the banner, and another one without reading again", () => {
    const log = new Reading();
    log.lines(BANNER, STATUS);
    log.end();
    const predicted = (guest: string | null) =>
      log.explanation
        .all(guest === null ? null : chosen(guest))[0]
        ?.report.consequences.map(plain)
        .join(" ") ?? "";
    assert.match(predicted(null), /Linux 6\.12\.80 refuses to boot/u);
    assert.match(predicted("6.14"), /✓ Linux 6\.14 \(chosen\) boots/u);
  });

  it("gives all boots to a page that was made anew, whatever was told before", () => {
    const log = new Reading();
    log.lines(BANNER, STATUS, BANNER);
    log.explanation.takeChanged(null);
    assert.equal(log.explanation.all(null).length, 2);
  });

  it(`lists ${MOST_FINDINGS} findings of a boot and counts the others`, () => {
    const log = new Reading();
    log.lines(...Array.from({ length: MOST_FINDINGS + 3 }, () => REFUSED));
    log.end();
    const [boot] = log.explanation.all(null);
    assert.equal(boot?.findings.length, MOST_FINDINGS);
    assert.equal(boot.more, 3);
    assert.equal(log.explanation.findings, MOST_FINDINGS + 3);
  });

  it(`shows ${MOST_BOOTS} boots and counts the others`, () => {
    const log = new Reading();
    log.lines(...Array.from({ length: MOST_BOOTS + 2 }, () => BANNER));
    assert.equal(log.explanation.takeChanged(null).length, MOST_BOOTS);
    assert.equal(log.explanation.hiddenBoots, 2);
    log.end();
    assert.equal(log.explanation.all(null).length, MOST_BOOTS);
    assert.equal(log.explanation.boots, MOST_BOOTS + 2);
    assert.equal(log.explanation.hiddenBoots, 2);
  });

  it("has a report for each boot, and none for an index beyond", () => {
    const log = new Reading();
    log.lines(BANNER, BANNER);
    log.end();
    assert.match(plain(log.explanation.report(1, null)?.title ?? []), /boot 2/u);
    assert.equal(log.explanation.report(2, null), null);
  });
});
