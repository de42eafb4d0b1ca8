import assert from "node:assert/strict";
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
