import assert from "node:assert/strict";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

const exit = (code: string, info1: string, info2: string) => [
  "decode",
  ...["--exit-code", code],
  ...["--exit-info-1", info1],
  ...["--exit-info-2", info2],
];

describe("sev-status decode --exit-code", () => {
  it("reads 0x8000fffe, 0x20, 0x800 as a kernel that lacks SecureTSC", () => {
    assert.deepEqual(jsonOf(...exit("0x8000fffe", "0x20", "0x800")), {
      exitCode: { value: "0x000000008000fffe", name: "TERM_REQUEST" },
      exitInfo1: {
        value: "0x0000000000000020",
        meaning: "termination reason",
        fields: [
          { name: "reason set", bits: "[3:0]", value: "0x0000000000000000", meaning: null },
          { name: "reason code", bits: "[11:4]", value: "0x0000000000000002", meaning: null },
        ],
      },
      exitInfo2: {
        value: "0x0000000000000800",
        meaning: "SEV_STATUS bits that the guest has no code for",
        fields: [],
      },
      reason: { set: 0, code: 2, names: ["SNP features unsupported"] },
      unsupported: "0x0000000000000800",
      features: ["SecureTSC"],
      guest: null,
      verdict: null,
    });
  });

  it("says so in text, with what to do", () => {
    const { stdout } = sevStatus(...exit("0x8000fffe", "0x20", "0x800"), "--guest", "6.6");
    assert.match(
      stdout,
      /^SW_EXITCODE 0x8000fffe, SW_EXITINFO1 0x20, SW_EXITINFO2 0x800\W.*missing SecureTSC/u,
    );
    assert.match(stdout, /Linux 6\.6 fits this refusal/u);
    assert.match(stdout, /Fix: guest ≥ 6\.14 /u);
  });

  it("calls SW_EXITINFO2 no mask beside any other reason", () => {
    const args = exit("0x8000fffe", "0xc1", "0x800");
    assertHas(jsonOf(...args), {
      exitInfo2: { meaning: "free to the sender" },
      reason: { set: 1, code: 12, names: ["Secure AVIC failed"] },
      unsupported: null,
      features: [],
    });
    assert.doesNotMatch(sevStatus(...args).stdout, /SecureTSC/u);
  });

  it("calls SW_EXITINFO2 no mask beside any other exit code", () => {
    const args = exit("0x7b", "0x3f80210", "0x800");
    assertHas(jsonOf(...args), { reason: null, unsupported: null, features: [] });
    assert.doesNotMatch(sevStatus(...args).stdout, /SecureTSC/u);
  });

  it("knows no reason without SW_EXITINFO1", () => {
    assertHas(jsonOf("decode", "--exit-code", "8000fffe"), {
      exitCode: { name: "TERM_REQUEST" },
      exitInfo1: null,
      exitInfo2: null,
      reason: null,
      unsupported: null,
    });
  });

  it("reads the exit code that an UNSUPPORTED_EVENT carries", () => {
    assertHas(jsonOf("decode", "--exit-code", "8000ffff", "--exit-info-1", "404"), {
      exitInfo1: { exitCode: { value: "0x0000000000000404", name: "PAGE_NOT_VALIDATED" } },
    });
  });

  it("has no name for an exit code that no source names", () => {
    assertHas(jsonOf(...exit("0x12345", "1", "2")), {
      exitCode: { value: "0x0000000000012345", name: null },
      exitInfo1: { value: "0x0000000000000001", meaning: null, fields: [] },
    });
  });

  it("stands instead of VALUE and --as", () => {
    assert.match(errorOf("decode", "0x1", "--exit-code", "0x2"), /instead of VALUE and --as/u);
    assert.match(errorOf("decode", "--as", "ghcb-msr", "--exit-code", "0x2"), /instead of VALUE/u);
  });

  it("is needed by --exit-info-1 and --exit-info-2", () => {
    assert.match(errorOf("decode", "--exit-info-1", "0x20"), /mean nothing without --exit-code/u);
    assert.match(errorOf("decode", "0x1", "--exit-info-2", "1"), /without --exit-code/u);
  });

  it("names the text where a field is no value", () => {
    assert.match(errorOf(...exit("0x8000fffe", "oops", "0")), /^"oops" is not a value: expected/u);
    assert.match(errorOf("decode", "--exit-code", ""), /^No value is given/u);
  });

  it("reads an answer of the hypervisor as one, and never as a mask", () => {
    const answer = (code: string, info1: string, info2: string) =>
      jsonOf(...exit(code, info1, info2), "--answer");
    assertHas(answer("0x8000fffe", "0x2", "0x6"), { error: "GHCB_ERR_INVALID_EVENT" });
    assertHas(answer("0x80000011", "0", "0x200000000"), { guestRequest: { firmware: 0, vmm: 2 } });
    assertHas(answer("0x7c", "0x1", "0x80000b0d"), {
      event: { valid: true, vector: 13, type: "exception", exception: "#GP" },
    });
    const { stdout } = sevStatus(...exit("0x8000fffe", "0x2", "0x800"), "--answer");
    assert.doesNotMatch(stdout, /SecureTSC/u);
  });
});
