import assert from "node:assert/strict";
import { Snapshot } from "../../../../../../src/decoder/log/formats/kvm/ghcbDump";
import { hexShort } from "../../../../../../src/decoder/text/u64";
import { findingsOf } from "../../findings";

const T12 = "[    1.000001] [   T12] kvm_amd: ";
const T13 = "[    1.000002] [   T13] kvm_amd: ";
const NO_MARK = "[    1.000001] kvm_amd: ";

const header = (prefix: string) => `${prefix}GHCB (GPA=000000007fedb000) snapshot:`;
const field = (name: string) => (prefix: string, value: string) =>
  `${prefix}${name.padEnd(20)}${value.padStart(16, "0")} is_valid: 1`;
const code = field("sw_exit_code");
const info1 = field("sw_exit_info_1");
const info2 = field("sw_exit_info_2");

/** The dump of a refused boot, and that of another exit. */
const refusal = (prefix: string) => [
  header(prefix),
  code(prefix, "8000fffe"),
  info1(prefix, "20"),
  info2(prefix, "800"),
];
const mmio = (prefix: string) => [
  header(prefix),
  code(prefix, "80000001"),
  info1(prefix, "fee00000"),
  info2(prefix, "4"),
];

/** The three fields of every finding, `-` for one that it does not have. */
function dumps(...lines: readonly string[]): string[] {
  return findingsOf(lines.join("\n")).map(({ fact }) => {
    assert.ok(fact.kind === "ghcb");
    return [fact.exitCode, fact.exitInfo1, fact.exitInfo2]
      .map((one) => (one === null ? "-" : hexShort(one.value)))
      .join(" ");
  });
}

const REFUSAL = "0x8000fffe 0x20 0x800";
const MMIO = "0x80000001 0xfee00000 0x4";

describe("GHCB dumps of several callers", () => {
  it("take no field of another thread", () => {
    assert.deepEqual(
      dumps(
        ...refusal(T12).slice(0, 3),
        info2("[    1.000007] [   T13] kvm_amd: ", "fee00000"),
        ...refusal(T12).slice(3),
      ),
      [REFUSAL, "- - 0xfee00000"],
    );
  });

  it("are told apart however their lines alternate", () => {
    const one = refusal(T12);
    const other = mmio(T13);
    const byTurns = one.flatMap((line, index) => [line, other[index] ?? ""]);
    assert.deepEqual(dumps(...byTurns), [REFUSAL, MMIO]);
    assert.deepEqual(dumps(...one.slice(0, 1), ...other, ...one.slice(1)), [REFUSAL, MMIO]);
    assert.deepEqual(dumps(...one.slice(0, 3), ...other.slice(0, 3), ...one.slice(3)), [
      REFUSAL,
      "0x80000001 0xfee00000 -",
    ]);
  });

  it("are a processor's too, where no thread was running", () => {
    const c0 = "[    1.000001] [    C0] kvm_amd: ";
    assert.deepEqual(dumps(...refusal(c0).slice(0, 3), ...mmio(T13), ...refusal(c0).slice(3)), [
      REFUSAL,
      MMIO,
    ]);
  });

  it("end with what their own thread prints after the fields", () => {
    const rest = `${T12}sw_scratch          0000000000000000 is_valid: 0`;
    assert.deepEqual(dumps(...refusal(T12).slice(0, 3), rest, ...refusal(T12).slice(3)), [
      "0x8000fffe 0x20 -",
      "- - 0x800",
    ]);
    assert.deepEqual(
      dumps(...refusal(T12).slice(0, 3), rest.replace("T12", "T13"), ...refusal(T12).slice(3)),
      [REFUSAL],
    );
  });

  it("of one thread end where it begins the next one", () => {
    assert.deepEqual(dumps(...refusal(T12).slice(0, 2), ...mmio(T12)), ["0x8000fffe - -", MMIO]);
  });
});

describe("GHCB dumps without the callers' marks", () => {
  const one = refusal(NO_MARK);
  const other = mmio(NO_MARK);
  const oneHeader = one.slice(0, 1);

  it("are whole where one comes after the other", () => {
    assert.deepEqual(dumps(...one, ...other), [REFUSAL, MMIO]);
  });

  it("have the fields that no other open dump can have printed", () => {
    // The second one has not said its code yet, so neither field can be its.
    assert.deepEqual(dumps(...one.slice(0, 2), ...oneHeader, ...one.slice(2), ...other.slice(1)), [
      REFUSAL,
      MMIO,
    ]);
  });

  it("have none that two open dumps can have printed", () => {
    assert.deepEqual(
      dumps(...one.slice(0, 2), ...other.slice(0, 2), ...one.slice(2), ...other.slice(2)),
      ["0x8000fffe - -", "0x80000001 - -"],
    );
    assert.deepEqual(
      dumps(...one.slice(0, 3), ...other.slice(0, 3), ...other.slice(3), ...one.slice(3)),
      ["0x8000fffe 0x20 -", "0x80000001 0xfee00000 -"],
    );
  });

  it("say nothing where both had begun before the first field", () => {
    assert.deepEqual(dumps(...oneHeader, ...oneHeader, ...one.slice(1), ...other.slice(1)), []);
  });

  it("take no field twice, nor one out of its turn", () => {
    assert.deepEqual(dumps(...one.slice(0, 2), ...other.slice(1), ...one.slice(2)), [
      "0x8000fffe - -",
      "0x80000001 - -",
    ]);
    assert.deepEqual(dumps(...one.slice(0, 2), ...one.slice(3)), ["0x8000fffe - -", "- - 0x800"]);
  });

  it("are not ended by the end of another one", () => {
    const rest = `${NO_MARK}valid_bitmap        00000000,00000000`;
    assert.deepEqual(dumps(...one.slice(0, 2), rest, ...one.slice(2)), [REFUSAL]);
  });

  it("say nothing more where more are open than anybody could tell apart", () => {
    const headers = Array.from({ length: 20 }, () => header(NO_MARK));
    assert.deepEqual(dumps(...one.slice(0, 2), ...headers, ...one.slice(1)), ["0x8000fffe - -"]);
  });

  it("are certain again after they have all ended", () => {
    const doubtful = [...one.slice(0, 2), ...other.slice(0, 2), ...one.slice(2), ...other.slice(2)];
    assert.deepEqual(dumps(...doubtful, ...one), ["0x8000fffe - -", "0x80000001 - -", REFUSAL]);
  });
});

describe("a GHCB dump on one line", () => {
  it("has all its fields, as JSON has the ends of its lines", () => {
    assert.deepEqual(dumps(JSON.stringify({ message: refusal("kvm_amd: ").join("\n") })), [
      REFUSAL,
    ]);
    assert.deepEqual(dumps(JSON.stringify({ message: [...refusal(""), ...mmio("")].join("\n") })), [
      REFUSAL,
      MMIO,
    ]);
  });

  it("is its caller's, who need be named only once", () => {
    const message = [header(T12), ...refusal("").slice(1, 3)].join("\n");
    assert.deepEqual(dumps(JSON.stringify({ message }), ...mmio(T13), info2(T12, "800")), [
      REFUSAL,
      MMIO,
    ]);
  });

  it("is told before what the next line says", () => {
    const status = "SEV: Status: SEV SEV-ES SEV-SNP";
    assert.deepEqual(
      findingsOf(`${refusal("").join(" ")}\n${status}`).map(({ fact, line }) => [fact.kind, line]),
      [
        ["ghcb", 0],
        ["sev-status", 1],
      ],
    );
  });

  it("compares a field with a few open dumps, however many stand there", () => {
    const compared = (count: number) => {
      const own = Object.getOwnPropertyDescriptor(Snapshot.prototype, "mayPrint") ?? {};
      const mayPrint = own.value as (this: Snapshot, index: number) => boolean;
      let calls = 0;
      Snapshot.prototype.mayPrint = function (index) {
        calls += 1;
        return mayPrint.call(this, index);
      };
      try {
        findingsOf(`${header("")} ${refusal("").slice(1).join(" ")} `.repeat(count));
        findingsOf(`${header("")} `.repeat(count) + refusal("").join(" "));
      } finally {
        Object.defineProperty(Snapshot.prototype, "mayPrint", own);
      }
      return calls;
    };
    assert.ok(compared(100) > 0);
    assert.ok(compared(20_000) <= 200 * compared(100));
  });
});
