import assert from "node:assert/strict";
import { findingLine } from "../../../src/cli/jsonLine";
import { findingsOf } from "../decoder/log/findings";

const LINES = [
  "sev_status: 0x87",
  "sev_status: 0x7",
  "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
  "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x880",
  "kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
  "kvm_amd: SEV-ES guest requested termination: reason 0x120 info 0x0",
  "Memory Encryption Features active: AMD SEV SEV-ES SEV-SNP",
  'type=sev_features sev_features: 0x1, ghcb_msr: 0x100 "sev_status": "0x7"',
  "[    0.000000] Linux version 6.12.80 (build@host) (gcc) #1 SMP",
];

describe("a finding as a line of JSON", () => {
  it("says the same of a line each time that it comes", () => {
    const ofLine = (text: string) =>
      findingsOf(text).map((finding) => findingLine(finding, "a.log"));
    for (const text of LINES) {
      const first = ofLine(text);
      assert.notEqual(first.length, 0, text);
      for (const time of [2, 3, 4]) assert.deepEqual(ofLine(text), first, `${text}, time ${time}`);
    }
  });

  it("says it after many other values too", () => {
    const [first] = findingsOf("sev_status: 0x87").map((finding) => findingLine(finding, null));
    const others = Array.from(
      { length: 1000 },
      (_, i) => `sev_status: 0x${((i << 2) | 3).toString(16)}`,
    );
    for (const finding of findingsOf([...others, ...others].join("\n"))) {
      const { value, text } = JSON.parse(findingLine(finding, null)) as {
        value: string;
        text: string;
      };
      assert.equal(BigInt(value), BigInt(text));
    }
    const [last] = findingsOf("sev_status: 0x87").map((finding) => findingLine(finding, null));
    assert.equal(last, first);
  });

  it("escapes the log's text and the file's name each time", () => {
    const [finding] = findingsOf("sev_status: 0x87");
    assert.ok(finding !== undefined);
    const odd = { ...finding, text: '"\u001b\u202e\\' };
    const lines = [1, 2, 3].map(() => findingLine(odd, 'a"\u0007.log'));
    assert.equal(new Set(lines).size, 1);
    assert.match(lines[0] ?? "", /^[\x20-\x7e]+$/u);
    const { file, text } = JSON.parse(lines[0] ?? "") as { file: string; text: string };
    assert.deepEqual({ file, text }, { file: 'a"\u0007.log', text: '"\u001b\u202e\\' });
  });
});
