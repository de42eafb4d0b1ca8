import assert from "node:assert/strict";
import { errorOf, jsonOf, sevStatus } from "./sevStatus";
import { TOPICS, TOPIC_IDS } from "../../../src/decoder/topics/topics";

describe("sev-status explain", () => {
  it("lists the topics with their questions", () => {
    const { stdout, status } = sevStatus("explain");
    assert.equal(status, 0);
    for (const id of TOPIC_IDS)
      assert.ok(stdout.includes(`${id} `) && stdout.includes(TOPICS[id].question));
    assert.deepEqual(
      jsonOf("explain"),
      TOPIC_IDS.map((topic) => ({ topic, question: TOPICS[topic].question })),
    );
  });

  it("says which log to look into, by host kernel and VMM", () => {
    const { stdout } = sevStatus("explain", "silent");
    for (const words of ["KVM of Linux 6.10", "QEMU up to 10.0", "QEMU 10.1", "QEMU 11.0", "kata"])
      assert.ok(stdout.includes(words), words);
  });

  it("names every status of the firmware", () => {
    const { stdout } = sevStatus("explain", "firmware-error");
    assert.match(stdout, /0x16 +INVALID_PARAM +A parameter/u);
    assert.match(stdout, /0x27 +INVALID_KEY/u);
  });

  it("prints each row as JSON, with where it was read", () => {
    for (const id of TOPIC_IDS) {
      const { rows } = jsonOf("explain", id) as { rows: { where: string; source: string }[] };
      assert.equal(rows.length, TOPICS[id].rows.length);
      assert.ok(rows.every(({ where, source }) => where !== "" && source !== ""));
    }
  });

  it("refuses any other topic in one sentence that names the topics", () => {
    assert.match(
      errorOf("explain", "silnt"),
      /^"silnt" is no topic: expected silent, snp, firmware-error/u,
    );
    assert.match(errorOf("explain", "0x16"), /sev-status decode 0x16 --as guest-request-error\.$/u);
    assert.match(errorOf("explain", "silen"), /Did you mean silent\?$/u);
    assert.doesNotMatch(errorOf("explain", "xyzzy"), /mean|decode/u);
    assert.match(errorOf("explain", "snp", "silent"), /is one more/u);
  });
});

describe("sev-status decode --as guest-request-error", () => {
  it("splits the field, and names a status alone", () => {
    assert.match(
      sevStatus("decode", "0x16", "--as", "guest-request-error").stdout,
      /INVALID_PARAM/u,
    );
    assert.match(sevStatus("decode", "0x16").stdout, /secure processor's firmware.*INVALID_PARAM/u);
    // A value that SEV_STATUS can hold is that and nothing else.
    assert.doesNotMatch(sevStatus("decode", "0x7").stdout, /firmware/u);
  });
});
