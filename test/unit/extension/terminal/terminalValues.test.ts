import assert from "node:assert/strict";
import { guestProfile } from "../../../../src/decoder/guest/profile";
import { valuesIn } from "../../../../src/extension/terminal/terminalValues";

const ZERO_WIDTH_SPACE = "\u200b";

/** Each value with its tooltip as it reads. */
function tooltips(line: string, guest: string | null = null): string[] {
  const values = valuesIn(line, guest === null ? null : guestProfile(guest));
  return values.map(({ startIndex, length, tooltip }) => {
    const value = line.slice(startIndex, startIndex + length);
    return `${value} → ${tooltip.replaceAll(ZERO_WIDTH_SPACE, "")}`;
  });
}

describe("the values on a line of a terminal", () => {
  it("are a register's value, with the answer for the chosen guest", () => {
    const [tooltip] = tooltips("guest SEV_STATUS = 0x887", "6.8");
    assert.match(tooltip ?? "", /^0x887 → SEV_STATUS 0x887: Linux 6\.8 refuses to boot/u);
  });

  it("are the reason and the mask of a termination", () => {
    const found = tooltips("kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800");
    assert.equal(found.length, 2);
    assert.match(found[0] ?? "", /^0x20 → SW_EXITINFO1 0x20: .*missing SecureTSC/u);
    assert.match(found[1] ?? "", /^0x800 → .*SecureTSC/u);
  });

  it("say what following their link does", () => {
    const [table] = tooltips("guest SEV_STATUS = 0x887");
    assert.match(table ?? "", /enabled · Open in feature table$/u);
    const [decode] = tooltips("kvm_amd: SEV-ES guest requested termination: 0x0:0x2");
    assert.match(decode ?? "", /code 2\) · Open decode$/u);
  });

  it("let their tooltips go on in the next row after a word", () => {
    const [value] = valuesIn("guest SEV_STATUS = 0x887", null);
    const words = value?.tooltip.split(` ${ZERO_WIDTH_SPACE}`) ?? [];
    assert.deepEqual(words.slice(0, 3), ["SEV_STATUS", "0x887:", "SEV,"]);
    assert.ok(!words.some((word) => word.includes(" ")));
  });

  it("are found where they stand though the line has colours", () => {
    assert.match(
      tooltips("\u001b[32msev_status\u001b[0m: 0x87")[0] ?? "",
      /^0x87 → SEV_STATUS 0x87/u,
    );
  });

  it("are none on a line that says nothing of them", () => {
    assert.deepEqual(tooltips("root@guest:~# ls -l 0x887"), []);
    assert.deepEqual(tooltips(""), []);
  });
});
