import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import Ajv from "ajv";
import fc from "fast-check";
import { contributes } from "../../../../../package.json";
import schema from "../../../../../schemas/guests.schema.json";
import { BELOW_IDS } from "../../../../../src/decoder/guest/below";
import { FEATURE_NAMES, KEYS } from "../../../../../src/decoder/guest/own/entry";
import { isFields, readFields } from "../../../../../src/decoder/guest/own/fields";
import { ownGuests } from "../../../../../src/decoder/guest/own/ownGuests";

const ajv = new Ajv({ allErrors: true, strictTypes: false });
for (const keyword of ["defaultSnippets", "enumDescriptions"]) ajv.addKeyword(keyword);
const isBySchema = ajv.compile(schema);

const setting = contributes.configuration.properties["sevStatus.guests"];

describe("the published schema of guests of one's own", () => {
  it("is the setting's schema too", () => {
    assert.deepEqual(setting.items, schema.items);
    assert.equal(setting.maxItems, schema.maxItems);
    assert.equal(setting.type, schema.type);
    assert.ok(isBySchema(setting.default));
  });

  it("is given to files by their name", () => {
    assert.deepEqual(contributes.jsonValidation, [
      { fileMatch: "*.sev-guests.json", url: "./schemas/guests.schema.json" },
    ]);
  });

  it("has the keys, the features and what may be below, as the code has them", () => {
    const { properties } = schema.items;
    assert.deepEqual(Object.keys(properties), KEYS);
    for (const list of [properties.add, properties.remove]) {
      assert.deepEqual(list.items.anyOf[0]?.enum, FEATURE_NAMES);
    }
    assert.deepEqual(properties.below.enum, BELOW_IDS);
  });

  const file = path.resolve(__dirname, "../../../../../test/fixtures/malformedGuests.json");
  const cases: unknown = JSON.parse(readFileSync(file, "utf8"));
  assert.ok(Array.isArray(cases));
  for (const one of cases) {
    assert.ok(isFields(one) && typeof one["file"] === "string");
    const { what, file: text, bySchema } = one;
    if (bySchema !== true) continue;
    it(`refuses ${String(what)}`, () => {
      assert.equal(isBySchema(JSON.parse(text)), false);
    });
  }

  /** Values for a key, good and bad in every way that has been thought of. */
  const values = fc.oneof(
    fc.constantFrom<unknown>(
      "lab",
      "6.6",
      "0x80",
      "0X8_0",
      "0x",
      "0x_8",
      "0x80_",
      "0x0000_0000_0000_0880",
      "880",
      " lab",
      "lab ",
      "a+b",
      "é 1",
      "",
      " ",
      "svsm",
      "ovmf",
      "x".repeat(64),
      "x".repeat(65),
      "two\nlines",
      "tab\t",
      "x".repeat(500),
      "x".repeat(501),
      true,
      false,
      null,
      0,
      [],
      {},
      ["SecureTSC"],
      ["securetsc"],
      ["bit 3"],
      ["bit 2"],
      ["bit 63"],
      ["bit 64"],
      ["bit 07"],
      ["SEV"],
      [11],
      Array.from({ length: 65 }, () => "RI"),
    ),
    fc.jsonValue(),
  );
  const entries = fc.dictionary(fc.constantFrom(...KEYS, "colour"), values, { maxKeys: 5 });

  it("agrees with the code on the fields of every entry", () => {
    fc.assert(
      fc.property(entries, (given) => {
        const entry = { name: "lab", base: "6.6", ...given };
        const isByCode = readFields(entry, "Entry 1").entry !== null;
        assert.equal(isBySchema([entry]), isByCode, JSON.stringify(entry));
      }),
      { numRuns: 3000 },
    );
  });

  it("refuses nothing that the code takes", () => {
    fc.assert(
      fc.property(fc.array(entries, { maxLength: 3 }), (list) => {
        if (ownGuests(list, "the test").problems.length === 0) assert.ok(isBySchema(list));
      }),
      { numRuns: 1000 },
    );
  });
});
