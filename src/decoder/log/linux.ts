import { bitByName } from "../features";
import { maskOf } from "../u64";
import { group, recognised, u64 } from "./groups";
import type { LineFormat } from "./reading";

const VTOM = 0x8n;

const STATUS_NAMES = /\bSEV: Status: (?<names>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*)/du;

/** `SEV: Status: SEV SEV-ES SEV-SNP DebugSwap ` — every set bit that this kernel has a name for. Since 6.9. */
const statusNames: LineFormat = {
  name: "Linux: SEV status by names",
  anchors: ["SEV: Status:"],
  recognise: (line) => {
    const match = STATUS_NAMES.exec(line);
    const names = match === null ? null : group(match, "names");
    if (names === null) return [];
    const bits = names.text.split(" ").map(bitByName);
    // One word that is no feature means that this is another message, or a damaged one.
    if (bits.some((bit) => bit === null)) return [];
    const value = maskOf(bits.filter((bit) => bit !== null));
    const { start, end } = names;
    const exact = { kind: "register", register: "sev-status", value, atLeast: true } as const;
    return [{ start, end, reading: value === VTOM ? { ...exact, synthetic: true } : exact }];
  },
  examples: ["[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP DebugSwap SecureTSC "],
};

const EFI_STUB = /\bUnsupported SEV-SNP features detected: (?<value>0x[\da-f]{1,16})\b/du;

/** `EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800` — the guest's own console. Since 6.6 and 6.1.81. */
const efiStub: LineFormat = {
  name: "Linux EFI stub: refusal",
  anchors: ["Unsupported SEV-SNP features"],
  recognise: (line) => {
    const match = EFI_STUB.exec(line);
    return match === null
      ? []
      : recognised(match, "value", (value) => ({
          kind: "register",
          register: "unsupported-features",
          value,
        }));
  },
  examples: ["EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800"],
};

const ASP_ERROR =
  /\bDetected (?:error from ASP request|unexpected decode failure from ASP)\. rc: -?\d{1,10}, exitinfo2: (?<value>0x[\da-f]{1,16})/du;

/** `sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000` — here SW_EXITINFO2 is two error codes. */
const aspError: LineFormat = {
  name: "Linux sev-guest: failed guest request",
  anchors: ["from ASP"],
  recognise: (line) => {
    const match = ASP_ERROR.exec(line);
    return match === null
      ? []
      : recognised(match, "value", (value) => ({ kind: "guest-request-error", value }));
  },
  examples: [
    "sev-guest sev-guest: Detected error from ASP request. rc: -5, exitinfo2: 0x200000000",
  ],
};

const UNHANDLED_VC =
  /\b(?:Unsupported exit-code|Failure in communication with VMM \(exit-code|Failed to decode instruction \(exit-code) (?<exitCode>0x[\da-f]{1,16})\b/du;

/** `SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)` */
const unhandledVc: LineFormat = {
  name: "Linux: #VC exception it could not handle",
  anchors: ["exit-code"],
  recognise: (line) => {
    const match = UNHANDLED_VC.exec(line);
    const exitCode = u64(match?.groups?.["exitCode"]);
    return match === null
      ? []
      : recognised(match, "exitCode", () => ({
          kind: "exit",
          field: "exitCode",
          fields: { exitCode, exitInfo1: null, exitInfo2: null },
        }));
  },
  examples: ["SEV: Unsupported exit-code 0x404 in #VC exception (IP: 0x7fe5404d3840)"],
};

export const LINUX_FORMATS: readonly LineFormat[] = [statusNames, efiStub, aspError, unhandledVc];
