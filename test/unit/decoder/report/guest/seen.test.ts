import assert from "node:assert/strict";
import { assess } from "../../../../../src/decoder/guest/assessment";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { plain } from "../../../../../src/decoder/report/phrase";
import { seenWays } from "../../../../../src/decoder/report/guest/seen";

function waysOf(guest: string, status: bigint) {
  const profile = guestProfile(guest);
  assert.ok(profile !== null);
  return seenWays(assess(status, profile));
}

const stepsOf = (guest: string, status: bigint) =>
  waysOf(guest, status).map(({ steps }) =>
    steps.map(({ name, state }) => `${name} ${state}`).join(", "),
  );
const linesOf = (guest: string, status: bigint) =>
  waysOf(guest, status).map(({ lines }) => lines.map(({ line, note }) => line ?? plain(note)));

describe("what will be seen of a boot", () => {
  it("is where each way stops, for a kernel whose EFI stub checks", () => {
    assert.deepEqual(stepsOf("6.12.80", 0x887n), [
      "Host passed, OVMF passed, EFI stub stops, Decompressor not-reached, Kernel not-reached",
      "Host passed, Loader passed, Decompressor stops, Kernel not-reached",
      "Host passed, Loader passed, Kernel unsure",
    ]);
    assert.deepEqual(linesOf("6.12.80", 0x887n)[0], [
      "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
      "Nothing.",
    ]);
    assert.equal(
      linesOf("6.12.80", 0x887n)[1]?.[1],
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800",
    );
  });

  it("is the decompressor after an EFI boot too, where the stub does not check", () => {
    assert.match(stepsOf("6.3", 0x887n)[0] ?? "", /EFI stub passed, Decompressor stops/u);
    assert.equal(
      linesOf("6.3", 0x887n)[0]?.[1],
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x880",
    );
  });

  it("has no mask in the host's log where a known bug of the kernel loses it", () => {
    const [, direct] = linesOf("6.18.5", 0x40887n);
    assert.equal(direct?.[1], "SEV-ES guest requested termination: 0x0:0x2");
  });

  it("is silence where the guest boots, and where nothing is checked", () => {
    assert.deepEqual(linesOf("6.14", 0x887n)[0], ["The check passes without a word."]);
    assert.deepEqual(linesOf("6.12.80", 0x3n)[0], ["SEV-SNP is off: the check does not run."]);
    assert.match(linesOf("6.1", 0x887n)[0]?.[0] ?? "", /^The kernel predates the check/u);
    assert.match(stepsOf("6.1", 0x887n)[0] ?? "", /Kernel unsure$/u);
  });

  it("ends in the SVSM where that refuses", () => {
    assert.deepEqual(stepsOf("6.12.80+svsm", 0x887n), [
      "Host passed, COCONUT-SVSM stops, Firmware not-reached, Kernel not-reached",
    ]);
    assert.match(
      linesOf("6.12.80+svsm", 0x887n)[0]?.[0] ?? "",
      /^(?:Required|Unsupported) features/u,
    );
  });
});
