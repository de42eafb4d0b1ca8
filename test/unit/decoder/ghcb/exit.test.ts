import assert from "node:assert/strict";
import fc from "fast-check";
import { decodeExit, EXIT_CODES } from "../../../../src/decoder/ghcb";

const decode = (exitCode: bigint, exitInfo1: bigint, exitInfo2 = 0n) =>
  decodeExit({ exitCode, exitInfo1, exitInfo2 });

const info1 = (exitCode: bigint, value: bigint) =>
  decode(exitCode, value).exitInfo1?.fields.map(
    ({ name, value: held, meaning }) => `${name} ${meaning ?? `0x${held.toString(16)}`}`,
  );

describe("termination event", () => {
  it("reads 0x8000fffe, 0x20, 0x800 as features that the guest lacks", () => {
    const { exitCode, exitInfo2, termination } = decode(0x8000_fffen, 0x20n, 0x800n);
    assert.equal(exitCode?.name, "TERM_REQUEST");
    assert.deepEqual([termination?.reason?.set, termination?.reason?.code], [0, 2]);
    assert.equal(termination?.unsupported, 0x800n);
    assert.match(exitInfo2?.meaning ?? "", /SEV_STATUS/);
  });

  it("keeps a mask of 0x800000 (bit 23) as it is", () => {
    assert.equal(decode(0x8000_fffen, 0x20n, 0x80_0000n).termination?.unsupported, 0x80_0000n);
  });

  it("takes SW_EXITINFO2 of any other reason for no mask", () => {
    for (const reason of [0x0n, 0x10n, 0x21n, 0xc1n, 0x1020n]) {
      const { termination, exitInfo2 } = decode(0x8000_fffen, reason, 0x800n);
      assert.notEqual(termination?.reason, undefined);
      assert.equal(termination?.unsupported, null);
      assert.equal(exitInfo2?.meaning, "free to the sender");
    }
  });

  it("is a termination of unknown reason where the host printed only the exit code", () => {
    const decoded = decodeExit({ exitCode: 0x8000_fffen, exitInfo1: null, exitInfo2: null });
    assert.deepEqual(decoded.termination, { reason: null, unsupported: null });
    assert.equal(decoded.exitInfo1, null);
  });

  it("has no mask where SW_EXITINFO2 is not known", () => {
    const fields = { exitCode: 0x8000_fffen, exitInfo1: 0x20n, exitInfo2: null };
    const { termination } = decodeExit(fields);
    assert.deepEqual([termination?.reason?.code, termination?.unsupported], [2, null]);
  });

  it("is no other exit code's business, whatever SW_EXITINFO1 and 2 hold", () => {
    const others = EXIT_CODES.filter(({ name }) => name !== "TERM_REQUEST");
    fc.assert(
      fc.property(
        fc.constantFrom(...others.map(({ value }) => value), 0x20n, 0xffff_ffffn),
        fc.bigInt({ min: 0n, max: 0xffff_ffff_ffff_ffffn }),
        (code, mask) => {
          assert.equal(decode(code, 0x20n, mask).termination, null);
        },
      ),
    );
  });
});

describe("exit that asks for something", () => {
  it("reads a 16-bit OUT to port 0x80", () => {
    assert.deepEqual(info1(0x7bn, 0x80_0120n), [
      "direction OUT",
      "string 0x0",
      "repeat 0x0",
      "operand size 16 bits",
      "address size 32 bits",
      "segment ES",
      "port 0x80",
    ]);
  });

  it("reads a repeated string IN and its count", () => {
    const { exitInfo1, exitInfo2 } = decode(0x7bn, 0x1f0_022dn, 0x100n);
    assert.deepEqual(
      exitInfo1?.fields.map(({ name, value }) => [name, value]),
      [
        ["direction", 1n],
        ["string", 1n],
        ["repeat", 1n],
        ["operand size", 2n],
        ["address size", 4n],
        ["segment", 0n],
        ["port", 0x1f0n],
      ],
    );
    assert.equal(exitInfo2?.value, 0x100n);
  });

  it("tells RDMSR from WRMSR", () => {
    assert.deepEqual(info1(0x7cn, 0n), ["operation RDMSR"]);
    assert.deepEqual(info1(0x7cn, 1n), ["operation WRMSR"]);
  });

  it("reads an MMIO access as address and size", () => {
    const { exitInfo1, exitInfo2 } = decode(0x8000_0001n, 0xfee0_0020n, 4n);
    assert.equal(exitInfo1?.meaning, "guest physical address of the memory read");
    assert.equal(exitInfo2?.meaning, "number of bytes");
  });

  it("uses SW_EXITINFO2 of AP_JUMP_TABLE only to set it", () => {
    assert.deepEqual(info1(0x8000_0005n, 0n), ["operation SET"]);
    assert.deepEqual(info1(0x8000_0005n, 1n), ["operation GET"]);
    assert.match(decode(0x8000_0005n, 0n, 0x9000n).exitInfo2?.meaning ?? "", /jump table/);
    assert.equal(decode(0x8000_0005n, 1n).exitInfo2?.meaning, "not used");
  });

  it("reads AP creation: operation, VMPL, APIC id, VMSA", () => {
    const { exitInfo1, exitInfo2 } = decode(0x8000_0013n, 0x5_0002_0001n, 0x1_2000n);
    assert.deepEqual(
      exitInfo1?.fields.map(({ name, value, meaning }) => [name, value, meaning]),
      [
        ["operation", 1n, "CREATE"],
        ["VMPL", 2n, undefined],
        ["APIC id", 5n, undefined],
      ],
    );
    assert.equal(exitInfo2?.meaning, "guest physical address of the VMSA");
    assert.deepEqual(info1(0x8000_0013n, 0n)?.[0], "operation CREATE_ON_INIT");
    assert.deepEqual(info1(0x8000_0013n, 2n)?.[0], "operation DESTROY");
  });

  it("reads what is done with the doorbell page", () => {
    assert.deepEqual(info1(0x8000_0014n, 0n), ["operation GET_PREFERRED"]);
    assert.deepEqual(info1(0x8000_0014n, 1n), ["operation SET"]);
    assert.deepEqual(info1(0x8000_0014n, 2n), ["operation QUERY"]);
    assert.deepEqual(info1(0x8000_0014n, 3n), ["operation CLEAR"]);
    assert.equal(decode(0x8000_0014n, 3n).exitInfo2?.meaning, "not used");
  });

  it("reads the Secure AVIC operations", () => {
    assert.deepEqual(info1(0x8000_001an, 0n), ["operation REGISTER_GPA"]);
    assert.deepEqual(info1(0x8000_001an, 1n), ["operation UNREGISTER_GPA"]);
  });

  it("reads a guest request as two addresses", () => {
    for (const code of [0x8000_0011n, 0x8000_0012n]) {
      const { exitInfo1, exitInfo2 } = decode(code, 0x1000n, 0x2000n);
      assert.match(exitInfo1?.meaning ?? "", /request page/);
      assert.match(exitInfo2?.meaning ?? "", /response page/);
    }
  });

  it("reads SVSM's interrupt events", () => {
    assert.deepEqual(info1(0x8000_0018n, 2n), ["VMPL 0x2"]);
    assert.deepEqual(info1(0x8000_001cn, 0x2_0501n), [
      "interrupts enabled 0x1",
      "interrupt shadow 0x0",
      "TPR 0x5",
      "VMPL 0x2",
    ]);
    assert.deepEqual(info1(0x8000_001dn, 0x2_0030n), ["vector 0x30", "VMPL 0x2"]);
  });

  it("names the exit code inside an unsupported event", () => {
    const { exitInfo1, termination } = decode(0x8000_ffffn, 0x404n);
    assert.equal(exitInfo1?.exitCode?.name, "PAGE_NOT_VALIDATED");
    assert.equal(termination, null);
  });

  it("leaves an unknown exit code and its values without meaning", () => {
    const { exitCode, exitInfo1 } = decode(0x8000_0019n, 1n);
    assert.deepEqual(exitCode, { value: 0x8000_0019n, name: null, row: null });
    assert.deepEqual(exitInfo1, { value: 1n, meaning: null, fields: [] });
  });

  it("gives no meaning without an exit code", () => {
    const decoded = decodeExit({ exitCode: null, exitInfo1: 0x20n, exitInfo2: 0x800n });
    assert.equal(decoded.exitCode, null);
    assert.equal(decoded.exitInfo1?.meaning, null);
    assert.equal(decoded.termination, null);
  });

  it("carries the mark of a doubtful meaning", () => {
    assert.equal(decode(0x8000_0016n, 0x1000n).exitInfo1?.doubt?.mark, "unverified");
  });
});
