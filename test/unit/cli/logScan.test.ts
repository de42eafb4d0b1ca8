import assert from "node:assert/strict";
import type { LogReport } from "../../../src/cli/logScan";
import { LogScan } from "../../../src/cli/logScan";
import type { Utf8Decoder } from "../../../src/decoder/log/scan/logReader";

const BANNER = "Linux version 6.12.80 (a@b) (gcc) #1";
const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
const FIRMWARE = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";

/** What is reported of a log, in words. */
function scanned(decoder?: Utf8Decoder) {
  const said: string[] = [];
  const report: LogReport = {
    finding: ({ fact }) => said.push(fact.kind),
    boot: ({ boot }, _, isSoFar) => said.push(`boot ${boot.number}${isSoFar ? " so far" : ""}`),
    silent: ({ first }) => said.push(`boot ${first} silent`),
    log: (_, lines, reach) => said.push(`${lines} lines, ${reach}`),
  };
  return { said, scan: new LogScan("a.log", null, report, decoder) };
}

function bytes(...lines: readonly string[]): Uint8Array {
  return Buffer.from(`${lines.join("\n")}\n`);
}

/** A decoder that cannot decode a line with this word. */
function failingAt(word: string): Utf8Decoder {
  const decoder = new TextDecoder();
  return {
    decode: (line) => {
      const text = decoder.decode(line);
      if (text.includes(word)) throw new RangeError("Maximum call stack size exceeded");
      return text;
    },
  };
}

describe("the scan of one log", () => {
  it("reports findings, boots and the log's end", () => {
    const { said, scan } = scanned();
    scan.push(bytes(BANNER, REFUSED));
    scan.close("end");
    assert.deepEqual(said, ["guest-kernel", "termination", "boot 1", "2 lines, end"]);
    assert.equal(scan.wasRefused, true);
  });

  it("reports a refusal whatever error the rest of its log makes", () => {
    const { said, scan } = scanned(failingAt("SEV_STATUS"));
    assert.throws(() => {
      scan.push(bytes(BANNER, REFUSED, "SEV_STATUS: 0x7"));
    }, /call stack/u);
    scan.close("fault");
    assert.deepEqual(said.slice(0, 3), ["guest-kernel", "termination", "boot 1"]);
    assert.equal(scan.wasRefused, true);
  });

  it("reports it where the end of the log makes the error, too", () => {
    const { said, scan } = scanned(failingAt("SEV_STATUS"));
    scan.push(bytes(BANNER, REFUSED));
    scan.push(Buffer.from("SEV_STATUS: 0x7"));
    assert.throws(() => {
      scan.close("end");
    }, /call stack/u);
    assert.deepEqual(said, ["guest-kernel", "termination", "boot 1"]);
    assert.equal(scan.wasRefused, true);
  });

  it("reports after a fault which boots were silent, but not the last one", () => {
    const { said, scan } = scanned();
    scan.push(bytes(FIRMWARE, "x", FIRMWARE, "x"));
    scan.close("fault");
    assert.deepEqual(said, ["boot 1 silent", "4 lines, fault"]);
  });

  it("reports a boot that is interrupted as so far, without the line that has no end", () => {
    const { said, scan } = scanned();
    scan.push(Buffer.concat([bytes(BANNER, "SEV_STATUS: 0x887"), Buffer.from("SEV_STATUS: 0x8")]));
    scan.close("interrupt");
    scan.push(bytes("7"));
    scan.close("end");
    assert.deepEqual(said, ["guest-kernel", "sev-status", "boot 1 so far", "2 lines, interrupt"]);
  });
});
