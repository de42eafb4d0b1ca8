import assert from "node:assert/strict";
import type { Finding } from "../../../../../src/decoder/log/finding";
import { LogStory } from "../../../../../src/decoder/report/boot/story/logStory";
import type { LogSource } from "../../../../../src/extension/pages/logExplanation/readLog";
import { linesOf, readLog } from "../../../../../src/extension/pages/logExplanation/readLog";
import {
  UnreadableLog,
  failureSentence,
} from "../../../../../src/extension/pages/logExplanation/unreadable";

const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

/** A source of so many chunks, that says what it has given and whether it was closed. */
class Source implements LogSource {
  readonly name = "host.log";
  readonly size: number;
  readonly firstLine: number;
  readonly leads = "page";
  readonly following = "off";
  readonly lines = null;
  given = 0;
  isClosed = false;
  readonly #parts: readonly (string | Error)[];

  constructor(parts: readonly (string | Error)[], firstLine = 0) {
    this.#parts = parts;
    this.firstLine = firstLine;
    this.size = parts.join("").length;
  }

  async *chunks(read: (bytes: number) => void): AsyncGenerator<Uint8Array> {
    let bytes = 0;
    try {
      for (const part of this.#parts) {
        await Promise.resolve();
        if (part instanceof Error) throw part;
        this.given += 1;
        read((bytes += part.length));
        yield Buffer.from(part);
      }
    } finally {
      this.isClosed = true;
    }
  }
}

/** An explanation that fails at the second finding. */
function failing(): LogStory {
  const explanation = new LogStory("host.log");
  const take = explanation.finding;
  return Object.assign(explanation, {
    finding: (finding: Finding) => {
      if (explanation.findings > 0) throw new RangeError("Maximum call stack size exceeded");
      take(finding);
    },
  });
}

function reading(
  source: Source,
  run = new AbortController(),
  onRead: () => void = () => undefined,
  explanation = new LogStory("host.log"),
) {
  const progress: number[] = [];
  const done = readLog(source, explanation, {
    signal: run.signal,
    read: (now) => {
      progress.push(now);
      onRead();
    },
  });
  return { explanation, progress, done };
}

describe("reading a log for its explanation", () => {
  it("finds what stands across two chunks, and says how far it is after each", async () => {
    const source = new Source([REFUSED.slice(0, 30), `${REFUSED.slice(30)}\n`]);
    const { explanation, progress, done } = reading(source);
    await done;
    assert.equal(explanation.findings, 1);
    assert.equal(explanation.view(null).boots, 1);
    assert.equal(progress.at(0), 30 / source.size);
    assert.equal(progress.at(-1), 1);
    assert.equal(explanation.lines, 1);
    assert.equal(source.isClosed, true);
  });

  it("numbers the lines of a selection as the document does, and counts only them", async () => {
    const { explanation, done } = reading(new Source([`x\n${REFUSED}\n`], 40));
    await done;
    assert.equal(explanation.view(null).host?.causes[0]?.first.line, 41);
    assert.equal(explanation.lines, 2);
  });

  it("stops where it is told to, closes the log and finds no more", async () => {
    const source = new Source([`${REFUSED}\n`, `${REFUSED}\n`, `${REFUSED}\n`]);
    const run = new AbortController();
    const { explanation, progress, done } = reading(source, run, () => {
      run.abort();
    });
    await done;
    assert.equal(explanation.findings, 1);
    assert.equal(progress.length, 1);
    assert.equal(source.given, 2);
    assert.equal(source.isClosed, true);
  });

  it("keeps what was read before an error", async () => {
    const { explanation, done } = reading(new Source([`${REFUSED}\n`, new Error("damaged")]));
    await assert.rejects(done, /damaged/u);
    assert.equal(explanation.findings, 1);
    assert.equal(explanation.view(null).boots, 1);
  });

  it("keeps what was read before an error of its own, and ends the boot all the same", async () => {
    const explanation = failing();
    const source = new Source([`${REFUSED}\n`, `${REFUSED}\n`]);
    const { done } = reading(source, new AbortController(), undefined, explanation);
    await assert.rejects(done, RangeError);
    assert.equal(explanation.findings, 1);
    assert.equal(explanation.view(null).boots, 1);
    assert.equal(source.isClosed, true);
  });

  it("finds nothing in an empty log", async () => {
    const { explanation, progress, done } = reading(new Source([]));
    await done;
    assert.deepEqual(progress, [0]);
    assert.equal(explanation.view(null).isEmpty, true);
  });
});

describe("reading lines of a log", () => {
  const { signal } = new AbortController();

  it("gives the lines that are asked for, by the document's numbers, and reads no further", async () => {
    const source = new Source(["a\nb\n", "c\nd\n", "e\n"], 10);
    const lines = await linesOf(source, [12, 10], signal);
    assert.deepEqual(
      [...lines],
      [
        [10, "a"],
        [12, "c"],
      ],
    );
    assert.equal(source.given, 2);
    assert.equal(source.isClosed, true);
  });

  it("leaves out lines that there are not, and takes those at hand without reading", async () => {
    assert.deepEqual([...(await linesOf(new Source(["a\n"]), [0, 5], signal))], [[0, "a"]]);
    const source: LogSource = {
      name: "x.log",
      size: 1,
      firstLine: 0,
      leads: "editor",
      following: "live",
      lines: (line) => ["x"][line],
      chunks: () => assert.fail("the source was read"),
    };
    assert.deepEqual([...(await linesOf(source, [0, 1], signal))], [[0, "x"]]);
  });
});

describe("why a log was not read to its end", () => {
  it("is what is wrong with the log, or an internal error", () => {
    const sentence = '"host.log" cannot be read further: it is damaged.';
    assert.equal(failureSentence("host.log", new UnreadableLog(sentence)), sentence);
    assert.equal(
      failureSentence("host.log", new RangeError("Maximum call stack size exceeded")),
      '"host.log" cannot be read further: internal error "Maximum call stack size exceeded".',
    );
  });
});
