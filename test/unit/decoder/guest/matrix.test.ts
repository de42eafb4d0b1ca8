import assert from "node:assert/strict";
import { matrix } from "../../../../src/decoder/guest/matrix";

function rowOf(status: bigint, id: string) {
  const row = matrix(status).rows.find(({ profile }) => profile.id === id);
  assert.ok(row !== undefined, id);
  return row;
}

describe("the matrix of a SEV_STATUS value", () => {
  it("SecureTSC refuses on 6.13, boots on 6.14, is undefined on 6.0", () => {
    assert.equal(rowOf(0x807n, "linux-6.13").assessment.verdict.outcome, "refuses");
    assert.equal(rowOf(0x807n, "linux-6.14").assessment.verdict.outcome, "boots");
    assert.equal(rowOf(0x807n, "linux-6.0").assessment.verdict.outcome, "undefined");
  });

  it("SecureAVIC boots on 6.18 only where it was built in", () => {
    assert.equal(rowOf(0x40007n, "linux-6.18").assessment.verdict.outcome, "refuses");
    assert.equal(rowOf(0x40007n, "linux-6.18+secure-avic").assessment.verdict.outcome, "boots");
    assert.match(rowOf(0x40007n, "linux-6.18+secure-avic").releases, /^6\.18 to 6\.18\.16 with/u);
  });

  it("has the distributions' kernels: RHEL 9.4 accepts DebugSwap, Debian 12's first do not", () => {
    assert.equal(rowOf(0x87n, "rhel-9.4").assessment.verdict.outcome, "boots");
    assert.equal(rowOf(0x87n, "debian-12").assessment.verdict.outcome, "refuses");
  });

  it("keeps what is likely, and what may hold instead", () => {
    const row = rowOf(0x800007n, "rhel-9.8");
    assert.equal(row.profile.likely, true);
    const others = matrix(0x800007n)
      .rows.map(({ assessment }) => assessment)
      .filter(({ otherwise }) => otherwise !== null);
    assert.ok(others.length > 0);
    for (const { otherwise, verdict } of others) {
      assert.notEqual(otherwise?.verdict.unsupported, verdict.unsupported);
    }
  });

  it("has a column for each set feature that some kernel needs code for, and none for SMTProt", () => {
    assert.deepEqual(matrix(0x20887n).bits, [2, 7, 11]);
    const { standings } = rowOf(0x20887n, "linux-6.6").assessment;
    assert.deepEqual(
      [2, 7, 11].map((bit) => standings.get(bit)),
      ["implements", "implements", "lacks"],
    );
  });

  it("checks nothing without SEV-SNP", () => {
    const row = rowOf(0x803n, "linux-6.6");
    assert.equal(row.assessment.verdict.outcome, "not-snp");
    assert.equal(row.assessment.standings.get(11), "unchecked");
  });
});
