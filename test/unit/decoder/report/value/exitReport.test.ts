import assert from "node:assert/strict";
import { decodeExit } from "../../../../../src/decoder/ghcb";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { exitReport } from "../../../../../src/decoder/report/value/exitReport";
import { plain } from "../../../../../src/decoder/report/phrase";

type Fields = Parameters<typeof decodeExit>[0];

const exit = (exitCode: bigint | null, exitInfo1: bigint | null, exitInfo2: bigint | null) =>
  decodeExit({ exitCode, exitInfo1, exitInfo2 });
const TERM = 0x8000_fffen;

describe("exitReport", () => {
  it("calls SW_EXITINFO2 features that the guest lacks beside the reason 0x0:0x2", () => {
    const report = exitReport(exit(TERM, 0x20n, 0x800n), null);
    assert.match(plain(report.answer), /missing SecureTSC/u);
    assert.deepEqual(
      report.features.map(({ name }) => name),
      ["SecureTSC"],
    );
    assert.equal(report.tone, "bad");
  });

  it("compares the mask with the chosen guest", () => {
    const words = (release: string) =>
      exitReport(exit(TERM, 0x20n, 0x800n), guestProfile(release))
        .consequences.map(plain)
        .join();
    assert.match(words("6.6"), /fits/u);
    assert.match(words("6.14"), /another kernel/u);
  });

  for (const [reason, info1] of Object.entries({
    "1:12": 0xc1n,
    "0:0": 0n,
    "0:2, stray bits": 0x1020n,
  })) {
    it(`calls SW_EXITINFO2 no mask beside the reason ${reason}`, () => {
      const report = exitReport(exit(TERM, info1, 0x800n), null, "exitInfo2");
      assert.match(plain(report.answer), /no mask of features/u);
      assert.deepEqual([report.features, report.advice], [[], []]);
    });
  }

  it("names no feature where SW_EXITINFO2 is 0", () => {
    const report = exitReport(exit(TERM, 0x20n, 0n), null);
    assert.match(report.notes.map(plain).join(), /no feature is named/u);
    assert.deepEqual(report.features, []);
  });

  it("leaves the reason open where SW_EXITINFO1 is not known", () => {
    assert.match(plain(exitReport(exit(TERM, null, null), null).answer), /not known here/u);
    const info2 = exitReport(exit(TERM, null, 0x800n), null, "exitInfo2");
    assert.match(plain(info2.answer), /if the reason in SW_EXITINFO1 is 0x0:0x2/u);
    assert.deepEqual(info2.features, []);
  });

  it("says what a single field is, beside the exit code that it belongs to", () => {
    const report = exitReport(exit(0x7cn, 1n, null), null, "exitInfo1");
    assert.equal(plain(report.title), "SW_EXITINFO1 0x1");
    assert.match(plain(report.answer), /read or write, for exit code MSR/u);
    assert.ok(report.fields.some(({ meaning }) => meaning === "WRMSR"));
  });

  it("knows nothing of fields without their exit code", () => {
    const report = exitReport(exit(null, 0x20n, 0x800n), null);
    assert.equal(plain(report.title), "SW_EXITINFO1 0x20, SW_EXITINFO2 0x800");
    assert.match(plain(report.answer), /depends on SW_EXITCODE/u);
    assert.deepEqual(report.features, []);
  });

  it("says that no source names exit code 0x12345", () => {
    const all: Fields = { exitCode: 0x12345n, exitInfo1: 1n, exitInfo2: 2n };
    assert.match(
      plain(exitReport(decodeExit(all), null).answer),
      /no source names this exit code/u,
    );
    assert.equal(exitReport(decodeExit(all), null, "exitInfo1").tone, "unknown");
  });

  it("says of a #VC error code that no guest reports it", () => {
    const report = exitReport(exit(0x404n, 0n, 0n), null);
    assert.match(plain(report.answer), /which no guest is to report/u);
  });
});
