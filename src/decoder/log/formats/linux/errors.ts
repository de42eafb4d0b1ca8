import { printedBy } from "../format";
import { readExitCode } from "../kit/exit";
import { decimal } from "../kit/groups";
import { matchOf, readValue } from "../kit/matches";

/** Names of formats that show a #VC exception which the guest could not handle. */
export const UNHANDLED_VC = "#VC exception that the guest could not handle";
export const WRONG_OPCODE = "#VC exception at an unexpected instruction";

export const LINUX_ERRORS = printedBy("linux", [
  /** `sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000` — here SW_EXITINFO2 is two error codes. */
  {
    name: "failed guest request",
    anchors: ["from ASP"],
    pattern:
      /\bDetected (?:error from ASP request|unexpected decode failure from ASP)\. rc: -?\d{1,10}, exitinfo2: (?<value>0x[\da-f]{1,16})/gu,
    read: readValue((found, line) =>
      matchOf(found, line, { kind: "guest-request-error", value: found.value }),
    ),
  },
  /**
   * `Detected error from ASP request. rc: -5, fw_err: 22` — the same field, decimal and whole, in kernels 6.1 to 6.3.
   * Source: drivers/virt/coco/sev-guest/sev-guest.c.
   */
  {
    name: "failed guest request, decimal",
    anchors: ["from ASP"],
    pattern: /\bDetected error from ASP request\. rc: -?\d{1,10}, fw_err: (?<value>\d{1,20})\b/gu,
    read: readValue(
      (found, line) => matchOf(found, line, { kind: "guest-request-error", value: found.value }),
      decimal,
    ),
  },
  /** `SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)` */
  {
    name: UNHANDLED_VC,
    anchors: ["exit-code"],
    pattern:
      /\bSEV: (?:Unsupported exit-code|Failure in communication with VMM \(exit-code|Failed to decode instruction \(exit-code) (?<exitCode>0x[\da-f]{1,16})\b/gu,
    read: readExitCode,
  },
  /** `Wrong/unhandled opcode bytes: 0x8b, exit_code: 0x404, rIP: 0xffffffff81000000` */
  {
    name: WRONG_OPCODE,
    anchors: ["unhandled opcode bytes"],
    pattern:
      /\bWrong\/unhandled opcode bytes: 0x[\da-f]{1,16}, exit_code: (?<exitCode>0x[\da-f]{1,16}), rIP: 0x/dgu,
    read: readExitCode,
  },
]);
