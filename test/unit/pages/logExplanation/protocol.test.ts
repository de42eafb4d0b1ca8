import assert from "node:assert/strict";
import { BootReader } from "../../../../src/decoder/boot/reader";
import { LogStory } from "../../../../src/decoder/report/boot/story/logStory";
import type { LogView } from "../../../../src/decoder/report/boot/story/view";
import { say } from "../../../../src/decoder/report/phrase";
import { bareReport } from "../../../../src/decoder/report/report";
import {
  PROTOCOL_VERSION,
  isHostMessage,
  isViewMessage,
  isViewState,
} from "../../../../src/pages/logExplanation/protocol";

const version = PROTOCOL_VERSION;
const target = { uri: "file:///tmp/host.log", lines: null };
const place = { line: 3, start: 62, end: 67 };
const stage = { version, type: "stage", sentence: "", percent: null, following: "off" };
const details = {
  version,
  type: "details",
  id: "1.0",
  report: bareReport(say`host.log, boot 1`, say`refused.`),
  findings: [{ ...place, label: say`Termination` }],
  more: 0,
};

function viewOf(line: string): LogView {
  const story = new LogStory("a.log");
  const reader = new BootReader(new TextDecoder(), story);
  reader.push(new TextEncoder().encode(line));
  reader.end();
  return story.view(null);
}

const HOST = viewOf("kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n");
const GUEST = viewOf("EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800\n");

describe("the log explanation's protocol", () => {
  for (const message of [
    { version, type: "ready" },
    { version, type: "reveal", openAnyway: false, ...place },
    { version, type: "page", list: "others", offset: 12 },
    { version, type: "goTo", boot: 7 },
    { version, type: "details", id: "1.0" },
    { version, type: "copy", id: null },
    { version, type: "copy", id: "1.0" },
    { version, type: "chooseGuest" },
    { version, type: "chooseLog" },
    { version, type: "decodeValue" },
    { version, type: "showRecognized" },
    { version, type: "openSample" },
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
    { version: version - 1, type: "ready" },
    { version, type: "reveal", openAnyway: false, ...place, line: -1 },
    { version, type: "reveal", openAnyway: false, ...place, line: 1.5 },
    { version, type: "reveal", openAnyway: false, line: 1, start: 0 },
    { version, type: "reveal", openAnyway: false, ...place, line: "1" },
    { version, type: "reveal", ...place },
    { version, type: "page", list: "toString", offset: 0 },
    { version, type: "copy", id: 0 },
    { version, type: "open", uri: "file:///etc/passwd" },
    { version, type: "toString" },
  ]) {
    it(`lets be from the page ${JSON.stringify(message)}`, () => {
      assert.equal(isViewMessage(message), false);
    });
  }

  for (const message of [
    { version, type: "log", name: "host.log", target },
    { version, type: "log", name: "x", target: { ...target, lines: { first: 2, last: 8 } } },
    { version, type: "view", view: HOST },
    { version, type: "view", view: GUEST },
    { ...stage, stage: "reading", percent: 12 },
    { ...stage, stage: "gone" },
    { version, type: "focus", id: "1.0" },
    details,
    {
      version,
      type: "excerpt",
      excerpt: { place, first: 0, lines: ["a", "b", "c", "d"], canOpen: true },
    },
    { version, type: "copied", id: null },
  ]) {
    it(`takes from the extension ${message.type}, and not once a part is missing`, () => {
      assert.equal(isHostMessage(JSON.parse(JSON.stringify(message))), true);
      for (const key of Object.keys(message)) {
        assert.equal(isHostMessage({ ...message, [key]: undefined }), false, key);
      }
    });
  }

  for (const [name, view] of [
    ["a host's", HOST],
    ["a guest's", GUEST],
  ] as const)
    it(`lets ${name} view be without any of its parts`, () => {
      for (const key of Object.keys(view))
        assert.equal(
          isHostMessage({ version, type: "view", view: { ...view, [key]: undefined } }),
          false,
          key,
        );
    });

  it("lets details be whose finding has no line", () => {
    const findings = [{ ...details.findings[0], line: null }];
    assert.equal(isHostMessage({ ...details, findings }), false);
  });

  it("knows its own state, and no other", () => {
    assert.equal(isViewState({ version, target }), true);
    for (const state of [null, {}, { version, target: "x" }, { version: 0, target }])
      assert.equal(isViewState(state), false);
  });
});
