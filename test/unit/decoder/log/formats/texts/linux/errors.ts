import type { FormatTexts } from "../formatTexts";

export const LINUX_ERRORS_TEXTS: FormatTexts = {
  "linux: failed guest request": {
    examples: [
      "sev-guest sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000",
      "sev-guest sev-guest: Detected unexpected decode failure from ASP. rc: -74, exitinfo2: 0x0",
    ],
    says: ["guest-request-error 0x200000000", "guest-request-error 0x0"],
    nearMisses: ["Detected error from ASP request. rc: -5"],
  },
  "linux: #VC exception that the guest could not handle": {
    examples: [
      "SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)",
      "SEV: Failure in communication with VMM (exit-code 0x72 IP: 0xffffffff81000000)",
      "SEV: Failed to decode instruction (exit-code 0x400 IP: 0xffffffff81000000)",
    ],
    says: ["vmgexit 0x404", "vmgexit 0x72", "vmgexit 0x400"],
    nearMisses: ["Unsupported exit-code 0x1 of the child process"],
  },
  "linux: #VC exception at an unexpected instruction": {
    examples: ["Wrong/unhandled opcode bytes: 0x8b, exit_code: 0x404, rIP: 0xffffffff81000000"],
    says: ["vmgexit 0x404"],
    nearMisses: ["Wrong/unhandled opcode bytes: 0x8b"],
  },
  "linux: failed guest request, decimal": {
    examples: [
      "sev-guest sev-guest: Detected error from ASP request. rc: -5, fw_err: 22",
      "sev-guest sev-guest: Detected error from ASP request. rc: -5, fw_err: 8589934592",
    ],
    says: ["guest-request-error 0x16", "guest-request-error 0x200000000"],
    nearMisses: [
      "Detected error from ASP request. rc: -5, fw_err: 0x16",
      '"Detected error from ASP request. rc: %d, fw_err: %llu\\n", rc, *fw_err);',
      "Detected error from ASP request. rc: -5",
    ],
  },
};
