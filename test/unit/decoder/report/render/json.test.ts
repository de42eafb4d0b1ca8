import assert from "node:assert/strict";
import fc from "fast-check";
import { REGISTERS, decode } from "../../../../../src/decoder/register/decode";
import { CATALOG } from "../../../../../src/decoder/guest/catalog/catalog";
import { DISTRIBUTIONS } from "../../../../../src/decoder/guest/distributions";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import {
  catalogRowJson,
  distributionRowJson,
  decodeJson,
  guestJson,
} from "../../../../../src/decoder/report/render/json";
import { U64_MAX } from "../../../../../src/decoder/text/u64";

const profile = (text: string) => {
  const guest = guestProfile(text);
  assert.ok(guest !== null);
  return guest;
};
const keysOf = (json: unknown) => Object.keys(json ?? {});

describe("decodeJson", () => {
  const CONTRACT = ["register", "value", "features", "unknown", "guest", "verdict"];

  it("has every key of the contract for every register and value, and survives JSON", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...REGISTERS),
        fc.bigInt({ min: 0n, max: U64_MAX }),
        fc.option(fc.constantFrom(...CATALOG.map(({ from }) => from))),
        (register, value, guest) => {
          const json = decodeJson(decode(register, value), guest === null ? null : profile(guest));
          for (const key of CONTRACT) assert.ok(keysOf(json).includes(key), key);
          assert.deepEqual(JSON.parse(JSON.stringify(json)), json);
        },
      ),
    );
  });

  it("writes every 64-bit value as 0x and 16 lower-case digits", () => {
    const text = JSON.stringify(decodeJson(decode("sev-status", U64_MAX), profile("6.6")));
    const values = text.match(/"0x[^"]*"/gu) ?? [];
    assert.ok(values.length >= 6);
    for (const value of values) assert.match(value, /^"0x[\da-f]{16}"$/u);
  });

  it("has a verdict only for registers of a running guest", () => {
    for (const register of REGISTERS) {
      const json: unknown = decodeJson(decode(register, 0x887n), profile("6.6"));
      const { verdict }: { verdict?: unknown } = json ?? {};
      assert.equal(verdict === null, !["sev-status", "sev-features"].includes(register), register);
    }
  });

  it("has a request for the GHCB MSR, and fields as they stand in it", () => {
    const json: unknown = decodeJson(decode("ghcb-msr", 0x20100n), null);
    const { request, reason }: { request?: unknown; reason?: unknown } = json ?? {};
    assert.equal(request, "TERM_REQ");
    assert.deepEqual(reason, { set: 0, code: 2, names: ["SNP features unsupported"] });
  });
});

describe("guestJson", () => {
  it("is assumed only where the release is not the catalog's own", () => {
    assert.ok(!keysOf(guestJson(profile("6.6"))).includes("assumed"));
    assert.match(JSON.stringify(guestJson(profile("9.9"))), /"assumed":true/u);
  });

  it("has null masks for a kernel without the check", () => {
    const json = JSON.stringify(guestJson(profile("6.0")));
    assert.match(json, /"required":null,"implemented":null/u);
  });
});

describe("the rows of guests --json", () => {
  const contract = [
    "id",
    "from",
    "to",
    "required",
    "implemented",
    "checks",
    "source",
    "verification",
  ];

  it("have every key of the contract", () => {
    for (const row of [...CATALOG.map(catalogRowJson), ...DISTRIBUTIONS.map(distributionRowJson)]) {
      for (const key of contract) assert.ok(keysOf(row).includes(key), JSON.stringify(row));
    }
  });
});
