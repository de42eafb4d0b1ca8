import assert from "node:assert/strict";
import { paintFor } from "../../../src/cli/colour";

const TERMINAL = { isTTY: true };
const red = (paint: ReturnType<typeof paintFor>) => paint.tone("bad", "no");

describe("colour", () => {
  it("is there at a terminal", () => {
    assert.equal(red(paintFor(TERMINAL, { TERM: "xterm" })), "\u001b[31mno\u001b[0m");
    assert.equal(paintFor(TERMINAL, {}).strong("yes"), "\u001b[1myes\u001b[0m");
  });

  it("is not there in a pipe or a file", () => {
    assert.equal(red(paintFor({}, { TERM: "xterm" })), "no");
  });

  it("is not there with NO_COLOR, unless that is empty", () => {
    assert.equal(red(paintFor(TERMINAL, { NO_COLOR: "1" })), "no");
    assert.notEqual(red(paintFor(TERMINAL, { NO_COLOR: "" })), "no");
  });

  it("is not there at a dumb terminal", () => {
    assert.equal(red(paintFor(TERMINAL, { TERM: "dumb" })), "no");
  });

  it("leaves a neutral answer as it is", () => {
    assert.equal(paintFor(TERMINAL, {}).tone("neutral", "text"), "text");
  });
});
