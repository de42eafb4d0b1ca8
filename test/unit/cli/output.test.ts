import assert from "node:assert/strict";
import { Output } from "../../../src/cli/output";

function gathering() {
  const written: Uint8Array[] = [];
  const output = new Output((bytes) => written.push(bytes));
  return { output, written, text: () => Buffer.concat(written).toString("utf8") };
}

describe("the output of the command line", () => {
  it("writes many lines at once, in order, as UTF-8", () => {
    const { output, written, text } = gathering();
    const lines = Array.from({ length: 10_000 }, (_, index) => `${index} ✓ größer \u{1f512}`);
    for (const line of lines) output.print(line);
    output.flush();
    assert.equal(text(), `${lines.join("\n")}\n`);
    assert.ok(written.length < 20, `${written.length} writes`);
  });

  it("writes a text of any length whole, after what came before it", () => {
    const { output, text } = gathering();
    const long = "\u20ac".repeat(100_000);
    output.print("before");
    output.print(long);
    output.print("after");
    output.flush();
    assert.equal(text(), `before\n${long}\nafter\n`);
  });

  it("writes what waits when nothing more is printed for now", async () => {
    const { output, text } = gathering();
    output.print("a line");
    assert.equal(text(), "");
    await new Promise(setImmediate);
    assert.equal(text(), "a line\n");
  });

  it("never changes what it has written", () => {
    const { output, written } = gathering();
    output.print("first");
    output.flush();
    output.print("other");
    output.flush();
    assert.equal(Buffer.from(written[0] ?? []).toString(), "first\n");
  });
});
