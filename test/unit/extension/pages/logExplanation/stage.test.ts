import assert from "node:assert/strict";
import {
  GONE,
  done,
  failed,
  reading,
} from "../../../../../src/extension/pages/logExplanation/stage";

describe("how far an explanation is", () => {
  it("is a whole percent from 0 to 100, whatever the size of the file was said to be", () => {
    assert.deepEqual(
      [0, 0.129, 0.999, 1, 7, -1].map((share) => reading(share).percent),
      [0, 12, 99, 100, 100, 0],
    );
  });

  it("says whether the log is followed", () => {
    assert.equal(done("live").following, "live");
    assert.equal(done("paused").following, "paused");
    assert.equal(GONE.following, "off");
  });

  it("says why reading failed, and shows no character that a screen obeys", () => {
    const { stage, sentence } = failed('"a\u202elog" is damaged.', "live");
    assert.equal(stage, "failed");
    assert.equal(sentence, '"a\\u202elog" is damaged.');
  });
});
