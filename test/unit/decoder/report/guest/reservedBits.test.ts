import assert from "node:assert/strict";
import { assess } from "../../../../../src/decoder/guest/assessment";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { decode } from "../../../../../src/decoder/register/decode";
import { markdownOf } from "../../../../../src/decoder/report/render/markdown";
import { textOf } from "../../../../../src/decoder/report/render/text";
import { reportOn } from "../../../../../src/decoder/report/value/decodeReport";
import { featureDetails } from "../../../../../src/decoder/report/value/featureDetails";
import { featureTable } from "../../../../../src/decoder/report/value/featureTable";

/** SEV-SNP with the bits 13, 15, 19 and 20. */
const STATUS = 0x18a007n;

describe("the bits that Linux has as reserved", () => {
  const guest = guestProfile("7.3.4");
  assert.ok(guest !== null);
  const forms = [
    textOf(reportOn(decode("sev-status", STATUS), null)),
    textOf(reportOn(decode("sev-status", STATUS), assess(STATUS, guest))),
    markdownOf(reportOn(decode("sev-status", STATUS), assess(STATUS, guest))),
  ];

  it("have AMD's names beside that, with a guest and without one", () => {
    for (const form of forms) {
      const lines = form.split("\n");
      for (const name of ["PmcVirtualization", "GuestInterceptCtl", "EnhSmtProtection"]) {
        assert.ok(
          lines.some((line) => line.includes(name) && /reserved/iu.test(line)),
          `${name}: ${form}`,
        );
      }
      assert.match(form, /announced as/u);
    }
  });

  it("have them in the feature table, and bit 20 has none", () => {
    const { rows } = featureTable({ register: "sev-status", value: STATUS, guest });
    assert.equal(rows[13]?.state, "reserved");
    assert.equal(rows[20]?.state, "reserved");
    assert.deepEqual(featureDetails()[19]?.aliases.length, 1);
    assert.deepEqual(featureDetails()[20]?.aliases, []);
    assert.deepEqual(featureDetails()[15]?.aliases, [
      "GuestInterceptCtl (AMD)",
      "guest_intercept_control (openvmm)",
    ]);
  });
});
