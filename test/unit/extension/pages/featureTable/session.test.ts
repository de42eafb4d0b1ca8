import assert from "node:assert/strict";
import { plain } from "../../../../../src/decoder/report/phrase";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import type { Register } from "../../../../../src/decoder/register/decode";
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
    const { inReplyTo, table } = new FeatureTableSession(FIRST_SHOWN).answer({ guest: null });
    assert.equal(inReplyTo, null);
    assert.equal(table.register, "sev-status");
    assert.equal(table.value, "0x0000000000000007");
  });

  it("answers a request by its number", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "887"));
    const { inReplyTo, table, problem } = session.answer({ guest: guestProfile("6.8") });
    assert.equal(inReplyTo, 4);
    assert.equal(table.value, "0x0000000000000887");
    assert.equal(table.report.tone, "bad");
    assert.equal(problem, null);
  });

  it("keeps the last good value under text that is none, and says why", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "0x887"));
    session.take({ ...decodeRequest(5, "0x88g"), register: "sev-features" });
    const { inReplyTo, table, problem } = session.answer({ guest: null });
    assert.equal(inReplyTo, 5);
    assert.equal(table.register, "sev-status");
    assert.equal(table.value, "0x0000000000000887");
    assert.match(problem ?? "", /^"0x88g" is not a value/u);
  });

  it("keeps saying what is wrong with the text when the guest changes", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "what?"));
    assert.notEqual(session.answer({ guest: guestProfile("6.8") }).problem, null);
    assert.notEqual(session.answer({ guest: guestProfile("6.14") }).problem, null);
  });

  it("forgets the text and the request when another value is to be shown", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(4, "what?"));
    session.show({ register: "ghcb-msr", value: 0x2100n });
    const { inReplyTo, table, problem } = session.answer({ guest: null });
    assert.deepEqual([inReplyTo, problem, table.register], [null, null, "ghcb-msr"]);
  });

  it("shows a page that was made anew what it showed before", () => {
    const session = new FeatureTableSession(FIRST_SHOWN);
    session.take(decodeRequest(9, "0x887"));
    session.take({ version, type: "ready", id: 1 });
    assert.equal(session.answer({ guest: null }).inReplyTo, 1);
    assert.equal(session.shown.value, 0x887n);
  });
});

describe("another register of a feature table", () => {
  const converted = (from: Register, value: bigint, to: Register) => {
    const session = new FeatureTableSession({ register: from, value });
    session.take({ version, type: "convert", id: 1, register: to });
    const { register, value: shown } = session.shown;
    assert.equal(register, to);
    return shown;
  };

  it("has the same features, in its own positions", () => {
    assert.equal(converted("sev-features", 0x221n, "sev-status"), 0x887n);
    assert.equal(converted("sev-status", 0x887n, "sev-features"), 0x221n);
    assert.equal(converted("unsupported-features", 0x800n, "sev-features"), 0x200n);
    assert.equal(converted("sev-features", 0x200n, "unsupported-features"), 0x800n);
    assert.equal(converted("sev-status", 0x887n, "unsupported-features"), 0x887n);
  });

  it("reads the number anew where it holds something else", () => {
    assert.equal(converted("sev-status", 0x20100n, "ghcb-msr"), 0x20100n);
    assert.equal(converted("ghcb-msr", 0x887n, "sev-features"), 0x887n);
  });

  it("is no change of the value", () => {
    const session = new FeatureTableSession({ register: "sev-status", value: 0x887n });
    session.take({ version, type: "convert", id: 1, register: "sev-features" });
    assert.equal(session.answer({ guest: null }).table.compared, null);
    assert.equal(session.answer({ guest: null }).isEdited, false);
  });

  it("shows the other number beside it", () => {
    const session = new FeatureTableSession({ register: "sev-status", value: 0x887n });
    assert.equal(session.answer({ guest: null }).table.other, "SEV_FEATURES 0x221");
    session.take({ version, type: "convert", id: 1, register: "sev-features" });
    assert.equal(session.answer({ guest: null }).table.other, "SEV_STATUS 0x887");
    session.take({ version, type: "convert", id: 2, register: "ghcb-msr" });
    assert.equal(session.answer({ guest: null }).table.other, null);
  });
});

describe("what would change, in a feature table", () => {
  const changesOf = (session: FeatureTableSession, guest: string | null = null) =>
    session
      .answer({ guest: guest === null ? null : guestProfile(guest) })
      .table.compared?.changes.map(plain) ?? [];
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
    assert.equal(features, "+ SecureTSC");
    assert.equal(guest, "Linux 6.13 ✓ boots → ✗ refuses, missing SecureTSC");
    const [, before = "", after = ""] = /^kernels that refuse: (\d+) → (\d+)$/u.exec(others) ?? [];
    assert.ok(Number(after) > Number(before) + 10, others);
  });

  it("is DebugSwap disabled: 6.1 starts to boot; 6.14 does the same", () => {
    assert.match(changesOf(edited("0x7"), "6.1.100")[1] ?? "", /✗ refuses → ✓ boots/u);
    assert.equal(changesOf(edited("0x7"), "6.14")[1], "Linux 6.14 ✓ boots as before");
    assert.equal(changesOf(edited("0x7"))[0], "− DebugSwap");
  });

  it("says likely of a kernel that nobody has read", () => {
    assert.match(changesOf(edited("0x887"), "rhel-9.8")[1] ?? "", /→ ✗ likely refuses/u);
  });

  it("compares what is read as another register by what it means", () => {
    const session = edited("0x87");
    session.take({ version, type: "convert", id: 2, register: "sev-features" });
    session.take({ ...decodeRequest(3, "0x221"), register: "sev-features" });
    assert.equal(changesOf(session)[0], "+ SecureTSC");
    session.take({ ...decodeRequest(4, "0x100"), register: "ghcb-msr" });
    assert.deepEqual(changesOf(session), []);
  });

  it("begins anew with what a hover's link asks for, and where the user says so", () => {
    const session = edited("0x887");
    session.take({ version, type: "rebase", id: 2 });
    assert.deepEqual(changesOf(session), []);
    session.take(decodeRequest(3, "0x87"));
    assert.equal(changesOf(session)[0], "− SecureTSC");
    session.show({ register: "sev-status", value: 0x807n });
    assert.deepEqual(changesOf(session), []);
  });

  it("is taken back step by step", () => {
    const session = edited("0x887");
    session.take(decodeRequest(2, "0x40887"));
    session.take(decodeRequest(3, "0x40887"));
    const undone = [1, 2, 3].map((id) => {
      session.take({ version, type: "undo", id });
      return session.shown.value;
    });
    assert.deepEqual(undone, [0x887n, 0x87n, 0x87n]);
    assert.equal(session.answer({ guest: null }).canUndo, false);
  });
});

describe("a second value or kernel in a feature table", () => {
  const compared = (text: string, guest: string | null = "6.12.80") => {
    const session = new FeatureTableSession({ register: "sev-status", value: 0x887n });
    session.take({ version, type: "compare", id: 1, text });
    return session.answer({ guest: guest === null ? null : guestProfile(guest) });
  };

  it("is a value: what the shown one has more or less", () => {
    const { table, compareProblem, compareText } = compared("0x40087");
    assert.equal(compareText, "0x40087");
    assert.equal(compareProblem, null);
    assert.equal(table.compared?.label, "SEV_STATUS 0x40087");
    assert.equal(plain(table.compared.changes[0] ?? []), "+ SecureTSC  − SecureAVIC");
    assert.equal(table.rows[11]?.second, null);
  });

  it("is a kernel: it has a column of its own", () => {
    const { table } = compared("6.14");
    assert.equal(table.rows[11]?.standing, "lacks");
    assert.equal(table.rows[11].second?.standing, "implements");
    assert.deepEqual(table.compared?.changes.map(plain).slice(0, 2), [
      "Linux 6.12.80 ✗ refuses",
      "Linux 6.14 ✓ boots",
    ]);
  });

  it("is a kernel where none is chosen", () => {
    assert.deepEqual(compared("6.14", null).table.compared?.changes.map(plain), [
      "Linux 6.14 ✓ boots",
    ]);
  });

  it("is neither, and that is said", () => {
    const { table, compareProblem } = compared("a banana");
    assert.equal(compareProblem, "Neither a value nor a kernel. Try 0x87 or 6.14.");
    assert.equal(table.compared, null);
  });
});
