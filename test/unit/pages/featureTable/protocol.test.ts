import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { featureDetails } from "../../../../src/decoder/report/value/featureDetails";
import { featureTable } from "../../../../src/decoder/report/value/featureTable";
import { REGISTERS } from "../../../../src/decoder/register/decode";
import { FeatureTableSession } from "../../../../src/extension/pages/featureTable/session";
import {
  PROTOCOL_VERSION,
  isHostMessage,
  isViewMessage,
  isViewState,
} from "../../../../src/pages/featureTable/protocol";

const version = PROTOCOL_VERSION;
const session = new FeatureTableSession({ register: "sev-status", value: 0x887n });
session.take({ version, type: "ready", id: 3 });
const answer = session.answer({ guest: guestProfile("6.8"), own: guestProfile("6.12.80") });
const { table } = answer;
const origin = { own: "linux-6.12.80", log: null, whatIf: "" };

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
    { version, type: "useGuest" },
    { version, type: "convert", id: 4, register: "sev-features" },
    { version, type: "compare", id: 5, text: "6.14" },
    { version, type: "undo", id: 6 },
    { version, type: "rebase", id: 7 },
    { version, type: "copy", format: "csv" },
    { version, type: "copyText", text: "reason 0x20" },
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
    { type: "useGuest" },
    { version: version + 1, type: "useGuest" },
    { version: String(version), type: "useGuest" },
    { version, type: "copy" },
    { version, type: "copy", format: "toString" },
    { version, type: "convert", id: 4, register: "cr4" },
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
        const message = { ...answer, table: featureTable({ register, value: 0x1800887n, guest }) };
        assert.equal(isHostMessage(sent(message)), true);
      }
    });
  }

  it("takes an unasked table, a problem, and word of a copy from the extension", () => {
    assert.equal(isHostMessage({ ...answer, inReplyTo: null }), true);
    assert.equal(isHostMessage({ ...answer, problem: "No value is given." }), true);
    assert.equal(isHostMessage({ version, type: "copied" }), true);
    assert.equal(
      isHostMessage(sent({ version, type: "features", details: featureDetails() })),
      true,
    );
  });

  const [row] = table.rows;
  const [group] = table.kernels?.groups ?? [];
  const withKernel = (broken: object) => ({
    ...table.kernels,
    groups: [{ ...group, rows: [{ ...group?.rows[0], ...broken }] }],
  });
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
    "no word on the comparison": { ...answer, table: { ...table, compared: undefined } },
    "a change that is no sentence": {
      ...answer,
      table: { ...table, compared: { label: "0x7", changes: ["<b>"] } },
    },
    "no glance": { ...answer, table: { ...table, glance: undefined } },
    "an unknown state of a bit": {
      ...answer,
      table: { ...table, glance: { ...table.glance, bits: ["lost"] } },
    },
    "an unknown outcome": {
      ...answer,
      table: { ...table, kernels: withKernel({ outcome: "flies" }) },
    },
    "a kernel without its name": {
      ...answer,
      table: { ...table, kernels: withKernel({ name: undefined }) },
    },
    "a step in no known state": {
      ...answer,
      table: { ...table, seen: [{ title: "", steps: [{ name: "OVMF", state: "on" }], lines: [] }] },
    },
    "an origin without a log": { ...answer, origin: { own: null, whatIf: null } },
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
      tab: "kernels",
      origin,
      compared: "6.14",
    };
    assert.equal(isViewState(sent(state)), true);
    assert.equal(isViewState({ ...state, version: 0 }), false);
    assert.equal(isViewState({ ...state, value: "0x887" }), false);
    assert.equal(isViewState({ ...state, filter: "some" }), false);
    assert.equal(isViewState({ ...state, tab: "constructor" }), false);
    assert.equal(isViewState({ ...state, origin: null }), false);
    assert.equal(isViewState(undefined), false);
  });
});
