import assert from "node:assert/strict";
import fc from "fast-check";
import { DocumentBoots } from "../../../../src/decoder/boot/document";
import { BLOCK_TEXTS, LINE_TEXTS } from "../log/formats/texts";
import { KVM_GHCB_SNAPSHOT_TEXTS } from "../log/formats/texts/kvm/ghcbSnapshot";
import { readLog } from "../log/findings";

/** A document and its index, with a count of the lines that the index has asked for. */
class Edited {
  readonly lines: string[];
  readonly log: DocumentBoots;
  asked = 0;

  constructor(lines: readonly string[]) {
    this.lines = [...lines];
    this.log = new DocumentBoots(lines.length);
  }

  replace(first: number, removed: number, inserted: readonly string[]): void {
    this.lines.splice(first, removed, ...inserted);
    this.log.edit({ first, removed, inserted: inserted.length });
  }

  /** Reads up to a number of lines; gives how many it asked for. */
  read(most = Infinity): number {
    const before = this.asked;
    this.log.read((line) => {
      this.asked += 1;
      return this.lines[line];
    }, most);
    return this.asked - before;
  }

  /** The index says what a scan of the whole says. */
  assertAsScanned(): void {
    const scanned = readLog(...this.lines);
    assert.deepEqual(this.log.findings(), scanned.findings);
    assert.deepEqual(
      [...this.log.boots().values()],
      [...scanned.boots].sort((a, b) => a.number - b.number),
    );
    assert.deepEqual(this.log.silent(), scanned.silent);
  }
}

const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
const REFUSED = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
const ORDINARY = "[    1.000000] smp: Brought up 1 node, 4 CPUs";
const [SNAPSHOT_TEXT = ""] = Object.values(KVM_GHCB_SNAPSHOT_TEXTS).flatMap(
  ({ examples }) => examples,
);
const SNAPSHOT = SNAPSHOT_TEXT.split("\n");

function ordinary(count: number): string[] {
  return Array.from({ length: count }, () => ORDINARY);
}

/** The lines of examples, now and then only one of them, and lines that mark boots or say nothing. */
const SOME_LINES = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[...LINE_TEXTS, ...BLOCK_TEXTS].flatMap(({ examples }) => examples),
        "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
        "[    4.2] kvm_amd: SEV-SNP enabled (ASIDs 1 - 99)",
        BANNER,
        REFUSED,
      ),
      fc.constantFrom(...BLOCK_TEXTS.flatMap(({ examples }) => examples.join("\n").split("\n"))),
      fc.constantFrom("", "87", ORDINARY),
    ),
    { maxLength: 6 },
  )
  .map((texts) => (texts.length === 0 ? [] : texts.join("\n").split("\n")));

const SOME_EDITS = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    removed: fc.nat({ max: 7 }),
    inserted: SOME_LINES,
    read: fc.oneof(fc.nat({ max: 12 }), fc.constant(Infinity)),
  }),
  { maxLength: 8 },
);

describe("the index of a document that changes", () => {
  it("holds what a scan of the whole finds, after any edits and however it is read", () => {
    fc.assert(
      fc.property(SOME_LINES, SOME_LINES, SOME_EDITS, (head, rest, edits) => {
        const document = new Edited([...head, ...rest, ""]);
        document.read(rest.length);
        for (const { at, removed, inserted, read } of edits) {
          const first = Math.floor(at * document.lines.length);
          document.replace(first, Math.min(removed, document.lines.length - first), inserted);
          document.log.findings();
          document.read(read);
          if (document.log.isRead) document.assertAsScanned();
        }
        document.read();
        assert.ok(document.log.isRead);
        document.assertAsScanned();
      }),
      { numRuns: 1_000 },
    );
  });

  it("reads of 200,000 lines only those that are appended, and keeps what it knows of the others", () => {
    const document = new Edited([BANNER, ...ordinary(200_000), ""]);
    document.read();
    const [banner] = document.log.findings();
    document.replace(document.lines.length - 1, 1, [ORDINARY, REFUSED, ""]);
    assert.equal(document.read(), 3);
    assert.deepEqual(
      document.log.findings().map(({ boot, line, fact }) => `${boot}:${line} ${fact.kind}`),
      ["1:0 guest-kernel", "2:200002 termination"],
    );
    assert.equal(document.log.findings()[0], banner);
  });

  it("reads after an edit in the middle only the lines that were edited, and numbers the later ones anew", () => {
    const document = new Edited([...ordinary(100_000), BANNER, ...ordinary(100_000), REFUSED]);
    document.read();
    document.replace(50_000, 1, [BANNER, ORDINARY, REFUSED]);
    assert.equal(document.read(), 3);
    assert.deepEqual(
      document.log.findings().map(({ boot, line, fact }) => `${boot}:${line} ${fact.kind}`),
      [
        "1:50000 guest-kernel",
        "2:50002 termination",
        "3:100002 guest-kernel",
        "4:200003 termination",
      ],
    );
  });

  it("reads the whole block around an edit in it again, and no more", () => {
    const document = new Edited([...ordinary(1_000), ...SNAPSHOT, ...ordinary(1_000)]);
    document.read();
    const last = 1_000 + SNAPSHOT.length - 1;
    document.replace(last, 1, ["kvm_amd: sw_exit_info_2      0000000000040880 is_valid: 1"]);
    assert.equal(document.read(), SNAPSHOT.length);
    const [found] = document.log.findings();
    assert.ok(found?.fact.kind === "ghcb");
    assert.equal(found.line, 1_000);
    assert.equal(found.fact.exitInfo2?.value, 0x40880n);
  });

  it("reads a block to its end where one of its lines says something else in the same place", () => {
    const document = new Edited([...ordinary(10), ...SNAPSHOT, ...ordinary(10)]);
    document.read();
    document.replace(11, 1, ["kvm_amd: sw_exit_code        0000000080000001 is_valid: 1"]);
    document.read();
    document.assertAsScanned();
  });

  it("places nothing before the document where the first lines of a block are removed", () => {
    const document = new Edited([...SNAPSHOT, ORDINARY]);
    document.read();
    document.replace(0, 3, [""]);
    assert.deepEqual(document.log.findings(), []);
  });

  it("reads no more than it is asked for at once, and says how far it is", () => {
    const document = new Edited(ordinary(100));
    assert.equal(document.read(30), 30);
    assert.equal(document.log.readTo, 30);
    assert.equal(document.log.isRead, false);
    document.read();
    assert.equal(document.log.readTo, 100);
  });

  it("forgets what a removed line said before it reads on", () => {
    const document = new Edited([BANNER, REFUSED]);
    document.read();
    document.replace(1, 1, []);
    assert.deepEqual(
      document.log.findings().map(({ fact }) => fact.kind),
      ["guest-kernel"],
    );
  });

  it("knows the lines of each boot", () => {
    const document = new Edited([ORDINARY, BANNER, ORDINARY, REFUSED, BANNER, ORDINARY]);
    document.read();
    const { log } = document;
    assert.deepEqual(
      [...log.boots().keys()].map((number) => log.linesOf(number)),
      [
        { first: 0, last: 2 },
        { first: 3, last: 3 },
        { first: 4, last: 5 },
      ],
    );
    assert.equal(log.bootOf(2), 1);
    assert.equal(log.bootOf(5), 3);
  });
});
