import assert from "node:assert/strict";
import { findingsOf, inWords } from "../../findings";

describe("a value that a quoted-printable mail cuts", () => {
  for (const [text, expected] of [
    ["SEV_STATUS: 0x8=\n87", "notice named.cut"],
    ["SEV-ES guest requested termination: reason 0x20 info 0x80=\n0", "notice named.cut"],
    ["SEV-ES guest requested termination: 0x0:0x1=\n2", "notice named.cut"],
    ["SEV: Status: SEV SEV-ES SEV-SN=\nP", "notice named.cut"],
    ["SEV_STATUS: 0x887 =\n", "sev-status 0x887"],
    ["SEV_STATUS: 0x887\n=", "sev-status 0x887"],
  ] as const) {
    it(`gives ${expected}: ${JSON.stringify(text)}`, () => {
      assert.equal(findingsOf(text).map(inWords).join(", "), expected);
    });
  }
});
