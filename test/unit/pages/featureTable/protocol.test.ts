import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { featureTable } from "../../../../src/decoder/report/value/featureTable";
import { REGISTERS } from "../../../../src/decoder/register/decode";
import {
  PROTOCOL_VERSION,
  isHostMessage,
  isViewMessage,
  isViewState,
} from "../../../../src/pages/featureTable/protocol";

const version = PROTOCOL_VERSION;
const table = featureTable("sev-status", 0x887n, guestProfile("6.8"));
const answer = { version, type: "table", inReplyTo: 3, table, changes: [], problem: null };

/** What a message is after the channel, which carries JSON only. */
function sent(message: unknown): unknown {
  return JSON.parse(JSON.stringify(message));
}

describe("the feature table's protocol", () => {
  for (const message of [
    { version, type: "ready", id: 1 },
    { version, type: "decode", id: 2, register: "sev-features", text: "0x221 " },
    { version, type: "decode", id: 3, register: "ghcb-msr", text: "" },
    { version, type: "chooseGuest", text: "linux-6.8" },
    { version, type: "chooseGuest", text: "" },
    { version, type: "chooseGuest", text: null },
    { version, type: "copy" },
  ]) {
    it(`takes from the page ${JSON.stringify(message)}`, () => {
      assert.equal(isViewMessage(sent(message)), true);
    });
  }

  for (const message of [
    null,
    "ready",
    7,
    [],
    {},
    { type: "copy" },
    { version: version + 1, type: "copy" },
    { version: String(version), type: "copy" },
    { version, type: "open", text: "file:///etc/passwd" },
    { version, type: "constructor" },
    { version, type: "ready" },
    { version, type: "ready", id: -1 },
    { version, type: "ready", id: 1.5 },
    { version, type: "decode", id: 2, register: "sev-status" },
    { version, type: "decode", id: 2, register: "toString", text: "0x7" },
    { version, type: "decode", id: 2, register: "sev-status", text: 7 },
    { version, type: "chooseGuest" },
    { version, type: "chooseGuest", text: 6.8 },
    answer,
  ]) {
    it(`lets be from the page ${JSON.stringify(message).slice(0, 80)}`, () => {
      assert.equal(isViewMessage(message), false);
    });
  }

  for (const register of REGISTERS) {
    it(`takes a whole ${register} table from the extension`, () => {
      for (const guest of [null, guestProfile("6.8"), guestProfile("5.19")]) {
        const message = { ...answer, table: featureTable(register, 0x1800887n, guest) };
        assert.equal(isHostMessage(sent(message)), true);
      }
    });
  }

  it("takes an unasked table, a problem, and word of a copy from the extension", () => {
    assert.equal(isHostMessage({ ...answer, inReplyTo: null }), true);
    assert.equal(isHostMessage({ ...answer, problem: "No value is given." }), true);
    assert.equal(isHostMessage({ version, type: "copied" }), true);
  });

  const [row] = table.rows;
  for (const [what, broken] of Object.entries({
    "no version": { ...answer, version: undefined },
    "an unknown type": { ...answer, type: "html" },
    "no table": { ...answer, table: undefined },
    "no word on the problem": { ...answer, problem: undefined },
    "a value that is a number": { ...answer, table: { ...table, value: 0x887 } },
    "a value of 17 digits": { ...answer, table: { ...table, value: "0x00000000000000887" } },
    "a value that is no hex": { ...answer, table: { ...table, value: "0x000000000000088z" } },
    "an unknown register": { ...answer, table: { ...table, register: "xcr0" } },
    "rows that are no list": { ...answer, table: { ...table, rows: { length: 0 } } },
    "an unknown standing": {
      ...answer,
      table: { ...table, rows: [{ ...row, standing: "likes" }] },
    },
    "a row without its name": {
      ...answer,
      table: { ...table, rows: [{ ...row, name: undefined }] },
    },
    "an unknown tone": {
      ...answer,
      table: { ...table, report: { ...table.report, tone: "toString" } },
    },
    "no word on what would change": { ...answer, changes: undefined },
    "a change that is no sentence": { ...answer, changes: ["<b>"] },
    "an unknown outcome": {
      ...answer,
      table: { ...table, kernels: [{ outcome: "flies", heading: "", kernels: [] }] },
    },
    "a kernel without its name": {
      ...answer,
      table: {
        ...table,
        kernels: [{ outcome: "boots", heading: "", kernels: [{ releases: "6.6" }] }],
      },
    },
    "a span of mark-up": {
      ...answer,
      table: { ...table, report: { ...table.report, answer: [{ kind: "script", text: "x" }] } },
    },
  })) {
    it(`lets be from the extension a table with ${what}`, () => {
      assert.equal(isHostMessage(broken), false);
    });
  }

  it("restores a state of this version only", () => {
    const state = {
      version,
      register: "sev-status",
      value: "0x0000000000000887",
      filter: "set",
    };
    assert.equal(isViewState(sent(state)), true);
    assert.equal(isViewState({ ...state, version: 0 }), false);
    assert.equal(isViewState({ ...state, value: "0x887" }), false);
    assert.equal(isViewState({ ...state, filter: "some" }), false);
    assert.equal(isViewState(undefined), false);
  });
});
