import assert from "node:assert/strict";
import { hovered } from "../../boot/hovered";
import { plain } from "../../../../../src/decoder/report/phrase";
import { msrReport } from "../../../../../src/decoder/report/value/msrReport";
import { reportOnToken } from "../../../../../src/decoder/report/value/tokenReport";

/** What a hover says of each value on a line: its title and its answer. */
function hovers(line: string): string[] {
  return hovered(line, 0).map(({ fact, field }) => {
    const { title, answer } = reportOnToken(fact, field, null);
    return `${plain(title)}: ${plain(answer)}`;
  });
}

describe("the reason of a refusal", () => {
  it("names the features of the mask on the same line", () => {
    const line = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
    const [reason, mask] = hovers(line);
    assert.match(reason ?? "", /^SW_EXITINFO1 0x20: .*missing SecureTSC/u);
    assert.match(mask ?? "", /^SW_EXITINFO2 0x800: .*missing SecureTSC/u);
  });

  it("says that the mask is lost where the line repeats the reason instead", () => {
    const line = "SEV-ES guess requested termination: reason 0x20 info 0x20";
    const [reason, repeated] = hovers(line);
    assert.match(reason ?? "", /SNP features unsupported/u);
    assert.match(repeated ?? "", /SW_EXITINFO1 once more.*mask.*is lost/u);
  });
});

describe("a field of a GHCB dump", () => {
  it("says nothing where it is not marked valid", () => {
    assert.deepEqual(hovers("kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 0"), [
      "SW_EXITINFO2 0x800: not marked valid in this GHCB: whatever the field holds, the guest did not send it.",
    ]);
  });
});

describe("the address of SEV_STATUS", () => {
  const { answer, notes } = msrReport(0xc001_0131n, "0xc0010131");

  it("is explained by the register that it names", () => {
    assert.match(plain(answer), /SEV_STATUS \(MSR C001_0131\)/u);
  });

  it("comes with a warning of programs that read what rdmsr prints as decimal", () => {
    assert.match(notes.map(plain).join(), /rdmsr prints it as bare hex digits.*as decimal/u);
  });
});
