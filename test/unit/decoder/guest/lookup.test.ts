import assert from "node:assert/strict";
import type { NamedGuest } from "../../../../src/decoder/guest/lookup";
import { guestLookup } from "../../../../src/decoder/guest/lookup";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { featureTable } from "../../../../src/decoder/report/value/featureTable";

function named(name: string, as: string): NamedGuest {
  const base = guestProfile(as);
  assert.ok(base !== null);
  return { name, description: `as ${as}`, profile: { ...base, id: name, label: name } };
}

describe("guests that the catalog does not have", () => {
  const lookup = guestLookup([named("lab", "6.6"), named("source:linux", "6.14")]);

  it("are found by their names, whatever the case", () => {
    assert.equal(lookup("lab")?.row, "linux-6.6");
    assert.equal(lookup(" LAB ")?.row, "linux-6.6");
    assert.equal(lookup("source:linux")?.row, "linux-6.14");
  });

  it("leave the catalog's guests as they are", () => {
    assert.deepEqual(lookup("6.12.80"), guestProfile("6.12.80"));
    assert.equal(lookup("laboratory"), null);
  });

  it("are the first of a name, where two have it", () => {
    const twice = guestLookup([named("Lab", "6.1.9"), named("lab", "6.6")]);
    assert.equal(twice("lab")?.row, "linux-6.1.9");
  });

  it("stand before the catalog's in the feature table's list", () => {
    const lab = named("lab", "6.6");
    const { guests, guest } = featureTable({
      register: "sev-status",
      value: 0x7n,
      guest: lab.profile,
      others: [lab],
    });
    const all = guests.flatMap(({ choices }) => choices);
    assert.deepEqual(all[0], { id: "lab", label: "lab" });
    assert.deepEqual(guest, all[0]);
    assert.equal(all.filter(({ id }) => id === "lab").length, 1);
  });
});
