import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { matchingGuests, upstreamFollower } from "../../../../src/decoder/guest/search";
import { kernelChoices } from "../../../../src/decoder/report/guest/kernelChoices";

const ALL = kernelChoices(null)
  .flatMap(({ choices }) => choices)
  .filter(({ withSecureAvic }) => !withSecureAvic);

function best(text: string): string | null {
  return matchingGuests(text, ALL)[0]?.name ?? null;
}

describe("searching a guest by what people type", () => {
  const MEANT: readonly (readonly [string, string])[] = [
    ["rhel9", "rhel-9.8"],
    ["RHEL 9", "rhel-9.8"],
    ["rhel 9.4", "rhel-9.4"],
    ["redhat 10", "rhel-10.2"],
    ["ubuntu 24.04", "ubuntu-24.04"],
    ["Ubuntu24.04", "ubuntu-24.04"],
    ["noble", "ubuntu-24.04"],
    ["debian 12", "debian-12"],
    ["debian bookworm", "debian-12"],
    ["bookworm", "debian-12"],
    ["sles 15 sp6", "sles-15-sp6"],
    ["suse15sp6", "sles-15-sp6"],
    ["al2023", "amazon-linux-2023"],
    ["6.12.y", "6.12.78"],
    ["6.13.x", "6.13"],
    ["centos stream 9", "centos-stream-9"],
  ];
  for (const [text, name] of MEANT)
    it(`takes ${text} for ${name}`, () => {
      assert.equal(best(text), name);
      assert.notEqual(guestProfile(name), null);
    });

  it("finds nothing for what only looks alike", () => {
    for (const text of [
      "banana",
      "",
      "   ",
      "6.99.y",
      "rhel 99",
      "1",
      "debian 1.2",
      "-",
      "ubuntu 24.041",
    ])
      assert.equal(best(text), null, text);
  });

  it("finds each kernel of the list by its own name and by its label", () => {
    for (const { name, label, isStandIn } of ALL) {
      assert.equal(
        matchingGuests(name, ALL).some((one) => one.name === name),
        true,
        name,
      );
      assert.equal(
        matchingGuests(label, ALL).some((one) => one.name === name),
        true,
        label,
      );
      if (!isStandIn && /[a-z]/u.test(name)) assert.equal(best(name), name);
    }
  });

  it("reads a release out of a package's or a kernel file's name", () => {
    for (const text of [
      "linux-image-6.1.0-28-amd64",
      "vmlinuz-6.1.0-28-amd64",
      "linux-image-unsigned-6.8.0-45-generic",
      "kernel-5.14.0-427.13.1.el9_4.x86_64",
      "kernel-core-6.11.4-301.fc41.x86_64",
    ]) {
      const release = text.slice(text.search(/\d/u));
      assert.equal(guestProfile(text)?.id, guestProfile(release)?.id, text);
    }
    for (const text of ["linux-image-amd64", "kernel-headers-6.1", "vmlinuz", "linux-image-"])
      assert.equal(guestProfile(text), null, text);
  });

  it("names the distribution whose kernels are upstream's by their releases", () => {
    assert.equal(upstreamFollower("fedora 41"), "Fedora");
    assert.equal(upstreamFollower("arch"), "Arch Linux");
    assert.equal(upstreamFollower("rhel 99"), null);
    assert.equal(upstreamFollower("6.99"), null);
  });
});
