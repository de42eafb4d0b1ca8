import { ofEvery, ofEveryValue } from "../kit/groups";
import type { LineFormat } from "../../reading";
import { exitSaid, noticeFormat, said } from "../kit/said";

const ASP_ERROR =
  /\bDetected (?:error from ASP request|unexpected decode failure from ASP)\. rc: -?\d{1,10}, exitinfo2: (?<value>0x[\da-f]{1,16})/dgu;

/** `sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000` — here SW_EXITINFO2 is two error codes. */
const aspError: LineFormat = {
  name: "failed guest request",
  software: "linux",
  since: null,
  anchors: ["from ASP"],
  recognise: (line) =>
    ofEveryValue(line, ASP_ERROR, (found) => {
      const error = { kind: "guest-request-error", value: found.value } as const;
      return [said(found, error, error)];
    }),
  examples: [
    "sev-guest sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000",
    "sev-guest sev-guest: Detected unexpected decode failure from ASP. rc: -74, exitinfo2: 0x0",
  ],
  nearMisses: ["Detected error from ASP request. rc: -5"],
};

const UNHANDLED_VC =
  /\bSEV: (?:Unsupported exit-code|Failure in communication with VMM \(exit-code|Failed to decode instruction \(exit-code) (?<exitCode>0x[\da-f]{1,16})\b/dgu;

/** `SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)` */
export const unhandledVc: LineFormat = {
  name: "#VC exception that the guest could not handle",
  software: "linux",
  since: null,
  anchors: ["exit-code"],
  recognise: (line) => ofEvery(line, UNHANDLED_VC, (match) => exitSaid(match)),
  examples: [
    "SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)",
    "SEV: Failure in communication with VMM (exit-code 0x72 IP: 0xffffffff81000000)",
    "SEV: Failed to decode instruction (exit-code 0x400 IP: 0xffffffff81000000)",
  ],
  nearMisses: ["Unsupported exit-code 0x1 of the child process"],
};

const WRONG_OPCODE =
  /\bWrong\/unhandled opcode bytes: 0x[\da-f]{1,16}, exit_code: (?<exitCode>0x[\da-f]{1,16}), rIP: 0x/dgu;

/** `Wrong/unhandled opcode bytes: 0x8b, exit_code: 0x404, rIP: 0xffffffff81000000` */
export const wrongOpcode: LineFormat = {
  name: "#VC exception at an unexpected instruction",
  software: "linux",
  since: null,
  anchors: ["unhandled opcode bytes"],
  recognise: (line) => ofEvery(line, WRONG_OPCODE, (match) => exitSaid(match)),
  examples: ["Wrong/unhandled opcode bytes: 0x8b, exit_code: 0x404, rIP: 0xffffffff81000000"],
  nearMisses: ["Wrong/unhandled opcode bytes: 0x8b"],
};

/** Older kernels name the key's number, newer ones the key. Source: drivers/virt/coco/sev-guest/sev-guest.c, patches. */
const KEY_DISABLED =
  /\bDisabling (?:VMPCK\d communication key|vmpck_id \d) to prevent IV reuse\./gu;

const SAVIC_ERROR =
  /\bSecure AVIC msr \(0x[\da-f]{1,8}\) (?:read|write) returned error \(-?\d{1,10}\)/gu;

/** What comes behind the colon says which step failed. */
const TSC_FACTOR =
  /\bUnable to get TSC_FACTOR(?:: failed to map the SNP secrets page\.|(?=\s*(?:$|["'])))/gu;

const linux = { software: "linux" } as const;

export const LINUX_ERRORS: readonly LineFormat[] = [
  aspError,
  unhandledVc,
  wrongOpcode,
  noticeFormat({
    ...linux,
    id: "linux.sev-es-cpu-features",
    name: "processor features that SEV-ES needs",
    words: "SEV-ES CPU Features missing.",
    examples: ["SEV-ES CPU Features missing."],
    nearMisses: [
      "CPU Features missing.",
      '\t\terror("SEV-ES CPU Features missing.");',
      'The decompressor then says "SEV-ES CPU Features missing." and halts',
      " * SEV-ES CPU Features missing. is what the decompressor prints",
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.ghcb-page",
    name: "GHCB page",
    words: "Can't map GHCB page encrypted",
    examples: ["Can't map GHCB page encrypted"],
    nearMisses: [
      "Can't map GHCB page",
      `\t\terror("Can't map GHCB page encrypted");`,
      `grep "Can't map GHCB page encrypted" serial.log`,
      "Can't map GHCB page encrypted when the page tables are read only",
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.no-rdrand",
    name: "no trusted randomness",
    words: "RDRAND instruction not supported - no trusted source of randomness available",
    examples: ["RDRAND instruction not supported - no trusted source of randomness available"],
    nearMisses: [
      "RDRAND instruction not supported",
      "# RDRAND instruction not supported - no trusted source of randomness available",
      "- pattern: 'RDRAND instruction not supported - no trusted source of randomness available'",
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.cc-blob-not-cpuid",
    name: "SNP in the blob, not in CPUID",
    words: "SEV-SNP support indicated by CC blob, but not CPUID.",
    examples: ["SEV-SNP support indicated by CC blob, but not CPUID."],
    nearMisses: [
      "SEV-SNP support indicated by CC blob",
      '\t\terror("SEV-SNP support indicated by CC blob, but not CPUID.");',
      "the message ``SEV-SNP support indicated by CC blob, but not CPUID.`` of the stub",
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.cc-blob-not-status",
    name: "SNP in the blob, not in SEV_STATUS",
    words: "SEV-SNP supported indicated by CC blob, but not SEV status MSR.",
    examples: ["SEV-SNP supported indicated by CC blob, but not SEV status MSR."],
    nearMisses: [
      "indicated by CC blob",
      'assert "SEV-SNP supported indicated by CC blob, but not SEV status MSR." in console',
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.vmpck-disabled",
    name: "communication key disabled",
    words: " to prevent IV reuse.",
    pattern: KEY_DISABLED,
    examples: [
      "sev-guest: Disabling VMPCK0 communication key to prevent IV reuse.",
      "sev-guest sev-guest: Disabling vmpck_id 0 to prevent IV reuse.",
    ],
    nearMisses: [
      "Initialized SEV guest driver (using VMPCK0 communication key)",
      "the counter is checked to prevent IV reuse.",
      '\tdev_alert(dev, "Disabling VMPCK%d communication key to prevent IV reuse.\\n",',
      "grep 'Disabling VMPCK0 communication key to prevent IV reuse.' /var/log/messages",
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.secure-avic-msr",
    name: "Secure AVIC register refused",
    since: "6.18",
    words: "Secure AVIC msr (0x",
    pattern: SAVIC_ERROR,
    examples: ["Secure AVIC msr (0x803) read returned error (4)"],
    nearMisses: [
      "Secure AVIC enabled",
      "Secure AVIC msr (0x803)",
      '\t\tpr_err("Secure AVIC msr (0x%llx) read returned error (%d)\\n", msr, ret);',
    ],
  }),
  noticeFormat({
    ...linux,
    id: "linux.tsc-factor",
    name: "Secure TSC without the secrets page",
    since: "6.14",
    words: "Unable to get TSC_FACTOR",
    pattern: TSC_FACTOR,
    examples: ["Unable to get TSC_FACTOR: failed to map the SNP secrets page."],
    nearMisses: [
      "TSC_FACTOR is 0",
      "Unable to get TSC_FACTOR from a hypervisor that has none",
      '\t\tpr_err("Unable to get TSC_FACTOR: failed to map the SNP secrets page.\\n");',
    ],
  }),
];
