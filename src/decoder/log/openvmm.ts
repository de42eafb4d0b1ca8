import { bitByName, featuresFromStatus } from "../features";
import { maskOf } from "../u64";
import { decimal, group, recognised, u64 } from "./groups";
import type { LineFormat, Said } from "./reading";
import {
  endingSaid,
  exitReading,
  exitToken,
  ghcbMsrSaid,
  said,
  statusAtLeast,
  untoldByMsr,
} from "./said";

const REQUESTED =
  /\bSEV guest requested termination: ghcb_msr=(?<value>0x[\da-f]{1,16}) reason_set=0x[\da-f]{1,16} reason=0x[\da-f]{1,16}/du;

/**
 * `SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2` — set and reason are taken out
 * of the MSR whatever it holds, so only the MSR itself is believed.
 */
const requested: LineFormat = {
  name: "termination",
  software: "openvmm",
  since: "2026-08",
  anchors: ["SEV guest requested termination: ghcb_msr"],
  recognise: (line) => {
    const match = REQUESTED.exec(line);
    const span = match === null ? null : group(match, "value");
    const value = u64(span?.text);
    return span === null || value === null ? [] : [endingSaid(span, value)];
  },
  examples: [
    "SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2",
    "SEV guest requested termination: ghcb_msr=0x7fedb000 reason_set=0xb reason=0xed",
  ],
  nearMisses: ["SEV guest requested termination"],
};

const SYSTEM_EVENT = /\bsystem event event_type=6 event_flags=(?<value>\d{1,20})\b/du;

/** `system event event_type=6 event_flags=131328` — decimal. */
const systemEvent: LineFormat = {
  name: "traced system event",
  software: "openvmm",
  since: "2026-08",
  anchors: ["system event event_type=6"],
  recognise: (line) => {
    const match = SYSTEM_EVENT.exec(line);
    const span = match === null ? null : group(match, "value");
    const value = decimal(span?.text);
    return span === null || value === null ? [] : [endingSaid(span, value)];
  },
  examples: ["system event event_type=6 event_flags=131328"],
  nearMisses: ["system event event_type=1 event_flags=256"],
};

const STRUCT =
  /\b(?<text>(?:(?<status>SevStatusMsr|sev_status"?:)|(?<features>SevFeatures)) ?\{ ?(?<fields>[^{}]{1,2000})\})/du;
const FIELD = /(?<!\w)"?(?<name>[a-z][a-z_]{1,40})"? ?[:=] ?(?<value>true|false)\b/gu;

/** The bits of a Debug struct's true fields; null where its fields are not those of the register. */
function trueFields(fields: string): number[] | null {
  const bits: number[] = [];
  let known = 0;
  for (const { groups } of fields.matchAll(FIELD)) {
    const bit = bitByName(groups?.["name"] ?? "");
    if (bit === null) continue;
    known += 1;
    if (groups?.["value"] === "true") bits.push(bit);
  }
  return known === 0 ? null : bits;
}

/**
 * `sev_status=SevStatusMsr { sev_enabled: true, es_enabled: true, … }` and
 * `features=SevFeatures { snp: true, vtom: true, … }` — a Rust struct's Debug text, also inside JSON. Reserved
 * bits are not among its fields.
 */
const debugStruct: LineFormat = {
  name: "SEV_STATUS or SEV_FEATURES field by field",
  software: "openvmm",
  since: "2025",
  anchors: ["SevStatusMsr", "SevFeatures", "sev_status"],
  recognise: (line) => {
    const match = STRUCT.exec(line);
    const span = match === null ? null : group(match, "text");
    const bits = trueFields(match?.groups?.["fields"] ?? "");
    if (match === null || span === null || bits === null) return [];
    const status = maskOf(bits);
    return [
      match.groups?.["features"] === undefined
        ? statusAtLeast(span, status)
        : featuresStruct(span, featuresFromStatus(status)),
    ];
  },
  examples: [
    "INFO virt_mshv_vtl::processor::snp: SEV status CVM_ALLOWED=true sev_status=SevStatusMsr { sev_enabled: true, es_enabled: true, snp_enabled: true, vtom: true }",
    "INFO VMSA features vtl=Vtl0 features=SevFeatures { snp: true, vtom: true, reflect_vc: true, restrict_injection: false }",
    '{"fields":{"message":"SEV status","sev_status":"SevStatusMsr { sev_enabled: true, es_enabled: false }"}}',
  ],
  nearMisses: ["sev features SevFeatures {..}", "pub struct SevFeatures { pub snp: bool }"],
};

function featuresStruct(span: { start: number; end: number }, value: bigint): Said {
  const features = { value, atLeast: true } as const;
  return said(
    span,
    { kind: "sev-features", role: "guest", ...features },
    { kind: "register", register: "sev-features", ...features },
  );
}

const SHUTDOWN = /\bghcb info (?<info>GhcbInfo\(SHUTDOWN_REQUEST\))/du;

/** `not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)` — the paravisor's panic over a termination request. */
const shutdown: LineFormat = {
  name: "termination that the paravisor does not handle",
  software: "openvmm",
  since: null,
  anchors: ["GhcbInfo(SHUTDOWN_REQUEST)"],
  recognise: (line) => {
    const match = SHUTDOWN.exec(line);
    const span = match === null ? null : group(match, "info");
    return span === null ? [] : [untoldByMsr(span)];
  },
  examples: ["not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)"],
  nearMisses: ["not implemented: ghcb info GhcbInfo(CPUID_REQUEST)"],
};

const GHCB_MSR =
  /\bghcb_msr (?<text>GhcbMsr \{ info: (?<info>\d{1,4}), pfn: (?<pfn>\d{1,16})\b[^{}]{0,200}\})/du;

/** `ghcb_msr GhcbMsr { info: 256, pfn: 32, .. }` — of the panic "Invalid ghcb message"; decimal. */
const ghcbMsr: LineFormat = {
  name: "GHCB MSR of a message that the paravisor does not handle",
  software: "openvmm",
  since: null,
  anchors: ["GhcbMsr { info: "],
  recognise: (line) => {
    const match = GHCB_MSR.exec(line);
    const span = match === null ? null : group(match, "text");
    const info = decimal(match?.groups?.["info"]);
    const pfn = decimal(match?.groups?.["pfn"]);
    if (span === null || info === null || pfn === null || info > 0xfffn || pfn >> 52n !== 0n)
      return [];
    return [ghcbMsrSaid(span, (pfn << 12n) | info)];
  },
  examples: [" ghcb_msr GhcbMsr { info: 256, pfn: 32, .. }"],
  nearMisses: ["GhcbMsr { info: GHCB_INFO_NORMAL }"],
};

const EXIT_CODE = /\bsw_exit_code (?<exitCode>\d{10})(?![\w.])/du;

/** ` sw_exit_code 2147549182` — of the same panic, on a line of its own: decimal, 0x80000000 and above. */
const exitCode: LineFormat = {
  name: "exit code of a message that the paravisor does not handle",
  software: "openvmm",
  since: null,
  anchors: ["sw_exit_code 2147"],
  recognise: (line) => {
    const match = EXIT_CODE.exec(line);
    const code = decimal(match?.groups?.["exitCode"]);
    // Only these are SW_EXITCODEs that software defines; anything else may be another number.
    if (match === null || code === null || code < 0x8000_0000n || code > 0x8000_ffffn) return [];
    const fields = { exitCode: code, exitInfo1: null, exitInfo2: null };
    return exitToken(
      fields,
      recognised(match, "exitCode", () => exitReading("exitCode", fields)),
    );
  },
  examples: [" sw_exit_code 2147549182"],
  nearMisses: ["sw_exit_code 21474", "sw_exit_code 2147599999"],
};

export const OPENVMM_FORMATS: readonly LineFormat[] = [
  requested,
  systemEvent,
  debugStruct,
  shutdown,
  ghcbMsr,
  exitCode,
];
