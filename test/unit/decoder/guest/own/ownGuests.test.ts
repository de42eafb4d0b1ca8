import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { assess } from "../../../../../src/decoder/guest/assessment";
import { check } from "../../../../../src/decoder/guest/check";
import { guestLookup } from "../../../../../src/decoder/guest/lookup";
import { ownGuests, ownGuestsFile } from "../../../../../src/decoder/guest/own/ownGuests";
import type { GuestProfile } from "../../../../../src/decoder/guest/profile";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { plain } from "../../../../../src/decoder/report/phrase";
import { answerOf, verdictNotes } from "../../../../../src/decoder/report/guest/verdict";

/** One file that defines no guests, or not all, and what is said of it. */
interface Malformed {
  readonly what: string;
  readonly file: string;
  readonly problems: readonly string[];
}

function isMalformed(value: unknown): value is Malformed {
  return typeof value === "object" && value !== null && "file" in value && "problems" in value;
}

function malformed(): Malformed[] {
  const file = path.resolve(__dirname, "../../../../../test/fixtures/malformedGuests.json");
  const cases: unknown = JSON.parse(readFileSync(file, "utf8"));
  assert.ok(Array.isArray(cases) && cases.every(isMalformed));
  return cases;
}

/** The one guest of an entry, which must have no problem. */
function own(entry: object): GuestProfile {
  const { guests, problems } = ownGuests([{ name: "lab", ...entry }], "sevStatus.guests");
  assert.deepEqual(problems, []);
  const [guest] = guests;
  assert.ok(guest !== undefined);
  return guest.profile;
}

function outcome(status: bigint, guest: GuestProfile): string {
  const { outcome: what, lacks } = check(status, guest);
  return [what, ...lacks].join(" ");
}

describe("files of guests that cannot be used", () => {
  const cases = malformed();

  it("are more than twenty, each with a message of its own", () => {
    assert.ok(cases.length > 20);
    assert.ok(new Set(cases.flatMap(({ problems }) => problems)).size > 20);
  });

  for (const { what, file, problems } of cases) {
    it(`say what is wrong with ${what}`, () => {
      assert.ok(problems.length > 0);
      assert.deepEqual(ownGuestsFile(file, "the test").problems, problems);
    });
  }

  it("keep the entries that are good", () => {
    const { guests, problems } = ownGuests(
      [{ name: "good", base: "6.6" }, { name: "bad" }, { name: "better", base: "6.14" }],
      "the test",
    );
    assert.deepEqual(
      guests.map(({ name }) => name),
      ["good", "better"],
    );
    assert.equal(problems.length, 1);
  });

  it("are told when they hold too many guests", () => {
    const many = Array.from({ length: 101 }, (_, n) => ({ name: `lab ${n}`, base: "6.6" }));
    assert.deepEqual(ownGuests(many, "the test").problems, [
      "101 guests are too many: expected at most 100.",
    ]);
    assert.equal(ownGuests(many.slice(1), "the test").guests.length, 100);
  });

  it("show hostile texts escaped and cut", () => {
    const name = `\u001b[31m${"x".repeat(1000)}`;
    const [problem = ""] = ownGuests([{ name, base: "6.6" }], "the test").problems;
    assert.match(problem, /^[\x20-\x7e…]+$/u);
    assert.ok(problem.length < 400);
  });
});

describe("a guest of one's own", () => {
  it("lacks SecureTSC as its base does, and has code for it once it is added", () => {
    assert.equal(outcome(0x887n, own({ base: "6.12.80" })), "refuses SecureTSC");
    assert.equal(outcome(0x887n, own({ base: "6.12.80", add: ["SecureTSC"] })), "boots");
    assert.equal(outcome(0x887n, own({ base: "6.12.80", add: ["bit 11"] })), "boots");
  });

  it("refuses what is removed from its base", () => {
    assert.equal(outcome(0x87n, own({ base: "6.6", remove: ["DebugSwap"] })), "refuses DebugSwap");
  });

  it("has the masks that it gives, with a base and without", () => {
    const masks = { required: "0xffff_ffff_fffd_bcf8", implemented: "0x880" };
    for (const entry of [masks, { ...masks, base: "5.19" }, { ...masks, base: "6.1.90" }]) {
      assert.equal(outcome(0x887n, own(entry)), "boots");
      assert.equal(outcome(0x40887n, own(entry)), "refuses SecureAVIC");
    }
  });

  it("takes one mask from its base, where it gives the other", () => {
    const { check: masks } = own({ base: "6.6", implemented: "0x0" });
    assert.equal(masks?.required, 0xffff_ffff_fffd_bcf8n);
    assert.equal(masks.implemented, 0n);
  });

  it("checks in its EFI stub as its base does, or as it says", () => {
    assert.deepEqual(own({ base: "6.4" }).check?.paths, ["decompressor"]);
    assert.deepEqual(own({ base: "6.4", efiStub: true }).check?.paths, [
      "decompressor",
      "efi-stub",
    ]);
    assert.deepEqual(own({ base: "6.6", efiStub: false }).check?.paths, ["decompressor"]);
  });

  it("is the word of who defined it, in the verdict and beside it", () => {
    const guest = own({ base: "6.8.0-45-generic", note: "Our own backport.", add: ["SecureTSC"] });
    assert.equal(guest.verification, "own");
    assert.equal(
      plain(answerOf(check(0x887n, guest), guest)),
      "lab boots – supports every enabled feature",
    );
    const notes = verdictNotes(assess(0x887n, guest)).map(plain);
    assert.equal(
      notes[0],
      "lab is a guest that you defined in sevStatus.guests, based on Linux 6.8.0-45-generic.",
    );
    assert.ok(notes.includes("Our own backport."));
  });

  it("carries over what is assumed of its base", () => {
    const notes = verdictNotes(assess(0x87n, own({ base: "9.9" }))).map(plain);
    assert.ok(
      notes.some((note) => note.startsWith("Linux 9.9 is newer than the catalog: assumed")),
    );
    const likely = own({ base: "rhel-9.8" });
    assert.equal(likely.likely, guestProfile("rhel-9.8")?.likely);
    assert.ok(likely.likely);
  });

  it("says what is noted of its base as its base's", () => {
    const notes = verdictNotes(assess(0x87n, own({ base: "6.1.170", add: ["DebugSwap"] }))).map(
      plain,
    );
    assert.ok(notes.includes("Its base, Linux 6.1.170: DebugSwap was never backported to 6.1.y."));
  });

  it("is certain of its masks where it gives both, whatever its base is", () => {
    const masks = { required: "0xfffffffffffdbcf8", implemented: "0x80" };
    const whole = own({ base: "rhel-9.8", ...masks });
    assert.equal(whole.likely, false);
    assert.equal(whole.assumption, null);
    assert.equal(own({ base: "rhel-9.8" }).assumption?.code, "unknown");
  });

  it("is found by its name, whatever the case, with what runs below it", () => {
    const lookup = guestLookup(ownGuests([{ name: "Lab 1", base: "6.6" }], "the test").guests);
    assert.equal(lookup("lab 1")?.id, "Lab 1");
    assert.equal(lookup("lab 1+svsm")?.below, "svsm");
    const on = guestLookup(
      ownGuests([{ name: "Lab 1", base: "6.6", below: "svsm" }], "the test").guests,
    );
    assert.equal(on("lab 1")?.id, "Lab 1");
    assert.equal(on("lab 1")?.below, "svsm");
    assert.equal(on("lab 1+svsm")?.id, "Lab 1");
    assert.equal(on("lab 1+ovmf"), null);
  });
});
