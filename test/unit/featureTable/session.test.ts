import assert from "node:assert/strict";
import { guestProfile } from "../../../src/decoder/guest/profile";
import { valueArgument } from "../../../src/extension/argument";
import { FIRST_SHOWN, FeatureTableSession } from "../../../src/extension/featureTable/session";
import { PROTOCOL_VERSION } from "../../../src/featureTable/protocol";

const version = PROTOCOL_VERSION;

function decodeRequest(id: number, text: string) {
  return { version, type: "decode", id, register: "sev-status", text } as const;
}

describe("what a feature table is asked to show", () => {
  it("is a register and a value, as a hover's link hands them over", () => {
    assert.deepEqual(valueArgument({ register: "sev-features", value: "0x221" }), {
      register: "sev-features",
      value: 0x221n,
    });
  });

  for (const wish of [
    undefined,
    null,
    "0x7",
    {},
    { register: "sev-status" },
    { register: "sev-status", value: 7 },
    { register: "sev-status", value: "0x1ffffffffffffffff" },
    { register: "cr4", value: "0x7" },
    { register: ["sev-status"], value: "0x7" },
  ]) {
    it(`is nothing for ${JSON.stringify(wish)}`, () => {
      assert.equal(valueArgument(wish), null);
    });
  }
});

describe("a feature table's session", () => {
  it("begins unasked, with SEV_STATUS 0x7", () => {
    const { inReplyTo, table } = new FeatureTableSession(FIRST_SHOWN).answer(null);
    assert.equal(inReplyTo, null);
    assert.equal(table.register, "sev-status");
    assert.equal(table.value, "0x0000000000000007");
  });

  it("answers a request by its number", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "887"));
    const { inReplyTo, table, problem } = session.answer(guestProfile("6.8"));
    assert.equal(inReplyTo, 4);
    assert.equal(table.value, "0x0000000000000887");
    assert.equal(table.report.tone, "bad");
    assert.equal(problem, null);
  });

  it("keeps the last good value under text that is none, and says why", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "0x887"));
    session.take({ ...decodeRequest(5, "0x88g"), register: "sev-features" });
    const { inReplyTo, table, problem } = session.answer(null);
    assert.equal(inReplyTo, 5);
    assert.equal(table.register, "sev-features");
    assert.equal(table.value, "0x0000000000000887");
    assert.match(problem ?? "", /^"0x88g" is no value/u);
  });

  it("keeps saying what is wrong with the text when the guest changes", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "what?"));
    assert.notEqual(session.answer(guestProfile("6.8")).problem, null);
    assert.notEqual(session.answer(guestProfile("6.14")).problem, null);
  });

  it("forgets the text and the request when another value is to be shown", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "what?"));
    session.show({ register: "ghcb-msr", value: 0x2100n });
    const { inReplyTo, table, problem } = session.answer(null);
    assert.deepEqual([inReplyTo, problem, table.register], [null, null, "ghcb-msr"]);
  });

  it("shows a page that was made anew what it showed before", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(9, "0x887"));
    session.take({ version, type: "ready", id: 1 });
    assert.equal(session.answer(null).inReplyTo, 1);
    assert.equal(session.shown.value, 0x887n);
  });
});
