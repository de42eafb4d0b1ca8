import assert from "node:assert/strict";
import { bareReport } from "../../../../src/decoder/report/report";
import { say } from "../../../../src/decoder/report/phrase";
import {
  PROTOCOL_VERSION,
  isHostMessage,
  isViewMessage,
  isViewState,
} from "../../../../src/pages/logExplanation/protocol";

const version = PROTOCOL_VERSION;
const target = { uri: "file:///tmp/host.log", lines: null };
const boot = {
  index: 0,
  isOpen: true,
  report: bareReport(say`host.log, boot 1`, say`refused.`),
  findings: [{ line: 3, start: 62, end: 67, label: say`Termination` }],
  more: 0,
};

describe("the log explanation's protocol", () => {
  for (const message of [
    { version, type: "ready" },
    { version, type: "reveal", line: 3, start: 62, end: 67 },
    { version, type: "copy", index: 0 },
    { version, type: "chooseGuest" },
    { version, type: "again" },
  ]) {
    it(`takes from the page ${JSON.stringify(message)}`, () => {
      assert.equal(isViewMessage(message), true);
    });
  }

  for (const message of [
    null,
    "ready",
    { type: "ready" },
    { version: version + 1, type: "ready" },
    { version, type: "reveal", line: -1, start: 0, end: 1 },
    { version, type: "reveal", line: 1.5, start: 0, end: 1 },
    { version, type: "reveal", line: 1, start: 0 },
    { version, type: "reveal", line: "1", start: 0, end: 1 },
    { version, type: "copy", index: "0" },
    { version, type: "open", uri: "file:///etc/passwd" },
    { version, type: "toString" },
  ]) {
    it(`lets be from the page ${JSON.stringify(message)}`, () => {
      assert.equal(isViewMessage(message), false);
    });
  }

  for (const message of [
    { version, type: "log", name: "host.log", target, leads: true },
    {
      version,
      type: "log",
      name: "x",
      target: { ...target, lines: { first: 2, last: 8 } },
      leads: false,
    },
    { version, type: "boots", boots: [boot] },
    { version, type: "stage", stage: "reading", sentence: "Reading…", percent: 12 },
    { version, type: "stage", stage: "gone", sentence: "Gone.", percent: null },
    { version, type: "copied", index: 2 },
  ]) {
    it(`takes from the extension ${message.type}, and not once a part is missing`, () => {
      assert.equal(isHostMessage(JSON.parse(JSON.stringify(message))), true);
      for (const key of Object.keys(message)) {
        assert.equal(isHostMessage({ ...message, [key]: undefined }), false, key);
      }
    });
  }

  it("lets a boot be whose finding has no line", () => {
    const findings = [{ ...boot.findings[0], line: null }];
    const message = { version, type: "boots", boots: [{ ...boot, findings }] };
    assert.equal(isHostMessage(message), false);
  });

  it("knows its own state, and no other", () => {
    assert.equal(isViewState({ version, target }), true);
    for (const state of [null, {}, { version, target: "x" }, { version: 0, target }])
      assert.equal(isViewState(state), false);
  });
});
