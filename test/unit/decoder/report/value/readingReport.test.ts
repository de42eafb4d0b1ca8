import assert from "node:assert/strict";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { plain } from "../../../../../src/decoder/report/phrase";
import { reportOnReading } from "../../../../../src/decoder/report/value/readingReport";

describe("the address of SEV_STATUS", () => {
  const { answer, notes } = reportOnReading({ kind: "msr-address", address: 0xc001_0131n }, null);

  it("is explained by the register that it names", () => {
    assert.match(plain(answer), /SEV_STATUS \(MSR C001_0131\)/u);
  });

  it("comes with a warning of programs that read what rdmsr prints as decimal", () => {
    assert.match(notes.map(plain).join(), /rdmsr prints it as bare hex digits.*as decimal/u);
  });
});

describe("a lower bound of SEV_STATUS", () => {
  const said = (value: bigint) => {
    const reading = { kind: "register", register: "sev-status", value, atLeast: true } as const;
    const { answer, tone } = reportOnReading(reading, guestProfile("6.13"));
    return [plain(answer), tone];
  };

  it("boots by the bits that it shows, and others may be on", () => {
    assert.deepEqual(said(0x7n), [
      "Linux 6.13 boots with these features; others may be enabled.",
      "unknown",
    ]);
  });

  it("is refused for a bit that it shows, whatever the others are", () => {
    assert.deepEqual(said(0x807n), ["Linux 6.13 refuses to boot: missing SecureTSC.", "bad"]);
  });

  it("has no verdict where SEV-SNP is not among the bits", () => {
    assert.deepEqual(said(0x803n), ["SEV, SEV-ES and SecureTSC are enabled.", "neutral"]);
  });
});
