import assert from "node:assert/strict";
import { plain } from "../../../../../src/decoder/report/phrase";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { valueArgument } from "../../../../../src/extension/commands/argument";
import {
  FIRST_SHOWN,
  FeatureTableSession,
} from "../../../../../src/extension/pages/featureTable/session";
import { PROTOCOL_VERSION } from "../../../../../src/pages/featureTable/protocol";

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

describe("what would change, in a feature table", () => {
  const changesOf = (session: FeatureTableSession, guest: string | null = null) =>
    session.answer(guest === null ? null : guestProfile(guest)).changes.map(plain);
  const edited = (text: string) => {
    const session = new FeatureTableSession({ register: "sev-status", value: 0x87n });
    session.take(decodeRequest(1, text));
    return session;
  };

  it("is nothing until the value is another one", () => {
    assert.deepEqual(changesOf(edited("0x87")), []);
  });

  it("is SecureTSC enabled: 6.13 boots before and refuses now, and so do others", () => {
    const [features = "", guest = "", others = ""] = changesOf(edited("0x887"), "6.13");
    assert.equal(
      features,
      "Compared with 0x87, the value the table was opened with: SecureTSC enabled.",
    );
    assert.equal(guest, "Linux 6.13: before ✓ boots, now ✗ refuses, missing SecureTSC.");
    const [, all = "", stop = "", start = ""] =
      /^Of (\d+) guest kernels in the catalog (\d+) stop booting, and (\d+) start to boot\.$/u.exec(
        others,
      ) ?? [];
    assert.ok(Number(all) > 100 && Number(stop) > 10);
    assert.equal(start, "0");
  });

  it("is DebugSwap disabled: 6.1 starts to boot; 6.14 does the same", () => {
    assert.match(changesOf(edited("0x7"), "6.1.100")[1] ?? "", /before ✗ refuses, now ✓ boots/u);
    assert.equal(changesOf(edited("0x7"), "6.14")[1], "Linux 6.14 is unchanged: ✓ boots.");
    assert.match(changesOf(edited("0x7"))[0] ?? "", /DebugSwap disabled/u);
  });

  it("says likely of a kernel that nobody has read", () => {
    assert.match(changesOf(edited("0x887"), "rhel-9.8")[1] ?? "", /now ✗ likely refuses/u);
  });

  it("compares what is read as another register by what it means", () => {
    const session = edited("0x21");
    session.take({ ...decodeRequest(2, "0x221"), register: "sev-features" });
    assert.match(changesOf(session)[0] ?? "", /SecureTSC enabled/u);
    session.take({ ...decodeRequest(3, "0x100"), register: "ghcb-msr" });
    assert.deepEqual(changesOf(session), []);
  });

  it("begins anew with what a hover's link asks for", () => {
    const session = edited("0x887");
    session.show({ register: "sev-status", value: 0x807n });
    assert.deepEqual(changesOf(session), []);
  });
});
