import assert from "node:assert/strict";
import fc from "fast-check";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { plain } from "../../../../src/decoder/report/phrase";
import { compareTwo } from "../../../../src/extension/commands/twoThings";

const ASKING = { guest: guestProfile("6.12.80"), lookUp: guestProfile };

function answer(text: string): string {
  const result = compareTwo(text, ASKING);
  return result.ok ? plain(result.report.answer) : result.problem;
}

describe("two things to compare", () => {
  it("are two values of SEV_STATUS", () => {
    assert.equal(answer("0x887 0x87"), "only 0x887 has SecureTSC");
    assert.equal(answer(" 0x887,  0x887 "), "the same");
  });

  it("are two values of the register that is named", () => {
    assert.equal(answer("sev-features 0x221 0x1"), "only 0x221 has DebugSwap and SecureTSC");
  });

  it("come with the verdict of the chosen guest", () => {
    const result = compareTwo("0x887 0x87", ASKING);
    assert.ok(result.ok);
    assert.match(result.report.consequences.map(plain).join("\n"), /0x887.*6\.12\.80 refuses/u);
  });

  it("are two guest kernels", () => {
    assert.match(answer("6.12.77 6.12.78"), /^only Linux 6\.12\.78 supports IBPBOnEntry/u);
  });

  const problems: readonly [string, RegExp][] = [
    ["", /^Expected two values/u],
    ["0x887", /^Expected two values/u],
    ["0x887 0x87 0x7", /^Expected two values/u],
    ["sev-features 0x221 6.12", /"6\.12"/u],
    ["0x887 6.12", /"6\.12"/u],
    ["0x887 0x10000000000000000", /0x10000000000000000/u],
    ["6.12 nothing", /"nothing"/u],
    ["nothing 6.12", /"nothing"/u],
    [`0x1 ${"0".repeat(500)}`, /^Expected two values/u],
  ];
  for (const [text, problem] of problems) {
    it(`are not ${JSON.stringify(text.slice(0, 40))}`, () => {
      const result = compareTwo(text, ASKING);
      assert.ok(!result.ok);
      assert.match(result.problem, problem);
    });
  }

  it("are looked for in any text without an error", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        assert.notEqual(answer(text), "");
      }),
    );
  });
});
