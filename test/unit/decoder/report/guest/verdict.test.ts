import assert from "node:assert/strict";
import { decode } from "../../../../../src/decoder/register/decode";
import { assess } from "../../../../../src/decoder/guest/assessment";
import { check } from "../../../../../src/decoder/guest/check";
import { DISTRIBUTIONS } from "../../../../../src/decoder/guest/distributions";
import type { GuestProfile } from "../../../../../src/decoder/guest/profile";
import { distributionProfile, guestProfile } from "../../../../../src/decoder/guest/profile";
import { reportOn } from "../../../../../src/decoder/report/value/decodeReport";
import { plain } from "../../../../../src/decoder/report/phrase";
import { textOf } from "../../../../../src/decoder/report/render/text";
import { answerOf, consequencesOf, toneOf } from "../../../../../src/decoder/report/guest/verdict";

function guest(text: string): GuestProfile {
  const profile = guestProfile(text);
  assert.ok(profile !== null, text);
  return profile;
}

function answer(status: bigint, text: string): string {
  const profile = guest(text);
  return plain(answerOf(check(status, profile), profile));
}

function report(status: bigint, text: string): string {
  return textOf(reportOn(decode("sev-status", status), guest(text)));
}

describe("verdicts on distributions' kernels", () => {
  it("stand flat where the row was verified, with the mark where it was inferred", () => {
    assert.equal(answer(0x87n, "rhel-9.4"), "RHEL 9.4 boots – supports every enabled feature");
    assert.equal(answer(0x807n, "rhel-9.7"), "RHEL 9.7 refuses to boot° – missing SecureTSC");
  });

  it("are likely, and no more, in every row that nobody has read", () => {
    const unread = DISTRIBUTIONS.map((row) => distributionProfile(row)).filter(
      (profile) => profile?.likely === true,
    );
    assert.ok(unread.length >= 9);
    for (const profile of unread) {
      assert.ok(profile !== null);
      for (const status of [0x7n, 0x87n, 0x887n, 0x800007n]) {
        const verdict = check(status, profile);
        assert.match(plain(answerOf(verdict, profile)), /likely/u, profile.id);
        assert.equal(toneOf(verdict, profile), "unknown", profile.id);
        for (const sentence of consequencesOf(assess(status, profile))) {
          assert.match(plain(sentence), /likely/u, profile.id);
        }
        const { features } = reportOn(decode("sev-status", status), profile);
        for (const { state } of features) assert.match(state, /^likely /u, profile.id);
      }
    }
  });

  it("says what else may hold, where it would be another verdict", () => {
    const other = /If the patch for the Secure TSC is of another branch, it refuses to boot/u;
    assert.match(report(0x807n, "6.12.0-160000.9-default"), other);
    assert.doesNotMatch(report(0x87n, "6.12.0-160000.9-default"), other);
  });

  it("says nothing else of builds that were read, only of those after them", () => {
    assert.doesNotMatch(report(0x800007n, "6.8.0-60-generic"), /as a backport/u);
    assert.match(report(0x800007n, "6.8.0-136-generic"), /as a backport, it boots instead/u);
    assert.match(report(0x800007n, "6.8.0-136-generic"), /The last build that was read is 90/u);
  });

  it("shows RHEL 8.10's message in the EFI stub as it is: without the mask", () => {
    const [stub = []] = consequencesOf(assess(0x807n, guest("rhel-8.10")));
    assert.match(plain(stub), /Unsupported SEV-SNP features detected \(Without the mask/u);
    const [shown = []] = consequencesOf(assess(0x807n, guest("rhel-9.4")));
    assert.match(plain(shown), /features detected: 0x800/u);
  });

  it("calls Flatcar's kernel one without SEV-SNP, not an old one", () => {
    const text = report(0x7n, "6.12.102-flatcar");
    assert.match(text, /or it is compiled out/u);
    assert.doesNotMatch(text, /predates/u);
  });

  it("names the distribution and what it is made from", () => {
    assert.match(
      report(0x87n, "6.1.0-12-amd64"),
      /is from Debian 12, ABI 4 to 18 \(6\.1\.11 to 6\.1\.76\), based on upstream 6\.1\.52\./u,
    );
  });
});

describe("advice on distributions' kernels", () => {
  it("names RHEL's own releases that accept DebugSwap, verified ones only", () => {
    const text = report(0x87n, "5.14.0-362.8.1.el9_3.x86_64");
    assert.match(text, /Verified RHEL kernels that support it: .*9\.4 \(5\.14\.0-427/u);
    assert.doesNotMatch(text, /el9_7|el10_1/u);
  });

  it("names none where the distribution has none: Debian 12 refuses DebugSwap, 13 accepts it", () => {
    assert.match(report(0x87n, "debian-12"), /Verified Debian kernels that support it: 13/u);
    assert.doesNotMatch(report(0x807n, "rhel-9.4"), /Verified RHEL kernels/u);
  });
});
