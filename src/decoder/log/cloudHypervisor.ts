import { bits, reasonFromGhcbMsr, terminationReason } from "../ghcb";
import { group, u64 } from "./groups";
import type { LineFormat } from "./reading";
import { endingSaid, exitReading, exitToken, featuresSaid, said, untoldByMsr } from "./said";

const TERMINATED =
  /\bGHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=(?<value>0x[\da-f]{1,16}), reason_set=\d{1,10}, reason_val=\d{1,10}/du;
const REQUESTED =
  /\bGuest requested termination via GHCB_MSR_TERM_REQ \((?<reason>reason_set=(?<set>\d{1,2}), reason_val=(?<code>\d{1,3}))\)/du;

/** `GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2` — set and value decimal. */
const terminated: LineFormat = {
  name: "termination",
  software: "cloud-hypervisor",
  since: "52",
  anchors: ["GHCB_MSR_TERM_REQ"],
  recognise: (line) => {
    const match = TERMINATED.exec(line);
    const span = match === null ? null : group(match, "value");
    const value = u64(span?.text);
    if (span !== null && value !== null)
      return reasonFromGhcbMsr(value) === null ? [] : [endingSaid(span, value)];
    const error = REQUESTED.exec(line);
    const text = error === null ? null : group(error, "reason");
    const set = Number(error?.groups?.["set"] ?? NaN);
    const code = Number(error?.groups?.["code"] ?? NaN);
    if (text === null || set > 0xf || code > 0xff) return [];
    const reason = terminationReason(set, code);
    return [
      said(
        text,
        { kind: "termination", via: "msr", reason, unsupported: null },
        { kind: "termination", channel: "msr", set, code },
      ),
    ];
  },
  examples: [
    "cloud-hypervisor: 12.345s: <vcpu0> ERROR:hypervisor/src/mshv/mod.rs:1263 -- GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2",
    "Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)",
  ],
  nearMisses: ["Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=16, reason_val=2)"],
};

const OPERATION = /\bUnsupported VMGEXIT operation: (?<value>100)\b/du;

/** `Unsupported VMGEXIT operation: 100` — bare hex: GHCB_MSR_TERM_REQ, before cloud-hypervisor knew it. */
const operation: LineFormat = {
  name: "termination that is not known",
  software: "cloud-hypervisor",
  since: null,
  anchors: ["Unsupported VMGEXIT operation: 100"],
  recognise: (line) => {
    const match = OPERATION.exec(line);
    const span = match === null ? null : group(match, "value");
    return span === null ? [] : [untoldByMsr(span)];
  },
  examples: [
    "thread 'vcpu0' panicked at hypervisor/src/mshv/mod.rs:1273: Unsupported VMGEXIT operation: 100",
  ],
  nearMisses: ["Unsupported VMGEXIT operation: 1001", "Unsupported VMGEXIT operation: 12"],
};

const UNHANDLED = /\bGHCB_INFO_NORMAL: Unhandled exit code: (?<exitCode>[\da-f]{1,16})\b/du;

/** `GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe` — bare hex; what the termination event gives on mshv. */
const unhandled: LineFormat = {
  name: "exit code that is not handled",
  software: "cloud-hypervisor",
  since: null,
  anchors: ["GHCB_INFO_NORMAL: Unhandled exit code"],
  recognise: (line) => {
    const match = UNHANDLED.exec(line);
    const span = match === null ? null : group(match, "exitCode");
    const exitCode = u64(span?.text);
    if (span === null || exitCode === null) return [];
    const fields = { exitCode, exitInfo1: null, exitInfo2: null };
    const { start, end } = span;
    return exitToken(fields, [{ start, end, reading: exitReading("exitCode", fields) }]);
  },
  examples: ["GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe"],
  nearMisses: ["GHCB_INFO_NORMAL: Unhandled exit code"],
};

/** The answer HV_FT_RESP of the MSR protocol: features in [63:12]. */
const FEATURES_RESPONSE = 0x081n;
const SUPPORTED =
  /\bGHCB_INFO_HYP_FEATURE_REQUEST: Supported features: (?<value>[\da-f]{1,16})\b/du;

/** `GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3081` — bare hex; the whole MSR answer, features from bit 12. */
const supported: LineFormat = {
  name: "hypervisor features",
  software: "cloud-hypervisor",
  since: null,
  anchors: ["GHCB_INFO_HYP_FEATURE_REQUEST"],
  recognise: (line) => {
    const match = SUPPORTED.exec(line);
    const span = match === null ? null : group(match, "value");
    const value = u64(span?.text);
    if (span === null || value === null || bits(value, 11, 0) !== FEATURES_RESPONSE) return [];
    const features = {
      kind: "hypervisor-features",
      value: bits(value, 63, 12),
      role: "supported",
    } as const;
    return [said(span, features, features)];
  },
  examples: ["GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3081"],
  nearMisses: ["GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3"],
};

const REQUESTING = /\bSEV-SNP: requesting vmsa_features: (?<value>0x[\da-f]{1,16})\b/du;

/** `SEV-SNP: requesting vmsa_features: 0x20` — SEV_FEATURES. */
const requesting: LineFormat = {
  name: "SEV_FEATURES that it asks for",
  software: "cloud-hypervisor",
  since: null,
  anchors: ["requesting vmsa_features"],
  recognise: (line) => {
    const match = REQUESTING.exec(line);
    const span = match === null ? null : group(match, "value");
    const value = u64(span?.text);
    return span === null || value === null ? [] : [featuresSaid(span, value, "requested")];
  },
  examples: ["SEV-SNP: requesting vmsa_features: 0x20"],
  nearMisses: ["SEV-SNP: requesting vmsa_features"],
};

export const CLOUD_HYPERVISOR_FORMATS: readonly LineFormat[] = [
  requesting,
  terminated,
  operation,
  unhandled,
  supported,
];
