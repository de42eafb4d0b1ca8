import assert from "node:assert/strict";
import { nearest } from "../../../../src/decoder/text/nearest";

const WORDS = ["decode", "check", "guests", "json"];

describe("nearest", () => {
  it("finds a word with letters swapped, missing or doubled", () => {
    assert.equal(nearest("decdoe", WORDS), "decode");
    assert.equal(nearest("chek", WORDS), "check");
    assert.equal(nearest("guest", WORDS), "guests");
    assert.equal(nearest("JSON", WORDS), "json");
  });

  it("finds a word by its beginning", () => {
    assert.equal(nearest("dec", WORDS), "decode");
  });

  it("finds nothing where nothing is near", () => {
    assert.equal(nearest("frobnicate", WORDS), null);
    assert.equal(nearest("", WORDS), null);
    assert.equal(nearest("d".repeat(1_000_000), WORDS), null);
  });
});
