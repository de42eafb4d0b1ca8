import { bits, reasonFromGhcbMsr, terminationReason } from "../../ghcb";
import type { LineFormat, Read } from "./format";
import { msrTermination, readExitCode } from "./kit/exit";
import { group, hexGroup } from "./kit/groups";
import {
  hypervisorMatch,
  matchOf,
  readEnding,
  readFeatures,
  readUntoldByMsr,
  readValue,
} from "./kit/matches";

const readMsr = readEnding();

/** `GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2` — set and value decimal. */
const terminated: LineFormat = {
  name: "termination",
  software: "cloud-hypervisor",
  // Printed since 52.
  anchors: ["GHCB_MSR_TERM_REQ: Guest terminated!"],
  pattern:
    /\bGHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=(?<value>0x[\da-f]{1,16}), reason_set=\d{1,10}, reason_val=\d{1,10}/dgu,
  read: (match, line) =>
    reasonFromGhcbMsr(hexGroup(match, "value") ?? 0n) === null ? null : readMsr(match, line),
};

const readReason: Read = (match, line) => {
  const text = group(match, "reason");
  const set = Number(match.groups?.["set"]);
  const code = Number(match.groups?.["code"]);
  if (text === null || set > 0xf || code > 0xff) return null;
  return matchOf(text, line, msrTermination(terminationReason(set, code)), "reason");
};

/** `Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)` — the error of the same end. */
const requested: LineFormat = {
  name: "error of a termination",
  software: "cloud-hypervisor",
  // Printed since 52.
  anchors: ["Guest requested termination via GHCB_MSR_TERM_REQ"],
  pattern:
    /\bGuest requested termination via GHCB_MSR_TERM_REQ \((?<reason>reason_set=(?<set>\d{1,2}), reason_val=(?<code>\d{1,3}))\)/dgu,
  read: readReason,
};

/** `Unsupported VMGEXIT operation: 100` — bare hex: GHCB_MSR_TERM_REQ, before cloud-hypervisor knew it. */
const operation: LineFormat = {
  name: "termination that is not known",
  software: "cloud-hypervisor",
  anchors: ["Unsupported VMGEXIT operation: 100"],
  pattern: /\bUnsupported VMGEXIT operation: (?<value>100)\b/gu,
  read: readUntoldByMsr,
};

/** `GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe` — bare hex; what the termination event gives on mshv. */
const unhandled: LineFormat = {
  name: "exit code that is not handled",
  software: "cloud-hypervisor",
  anchors: ["GHCB_INFO_NORMAL: Unhandled exit code"],
  pattern: /\bGHCB_INFO_NORMAL: Unhandled exit code: (?<exitCode>[\da-f]{1,16})\b/gu,
  read: readExitCode,
};

/** The answer HV_FT_RESP of the MSR protocol: features in [63:12]. */
const FEATURES_RESPONSE = 0x081n;
/** `GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3081` — bare hex; the whole MSR answer, features from bit 12. */
const supported: LineFormat = {
  name: "hypervisor features",
  software: "cloud-hypervisor",
  anchors: ["GHCB_INFO_HYP_FEATURE_REQUEST"],
  pattern: /\bGHCB_INFO_HYP_FEATURE_REQUEST: Supported features: (?<value>[\da-f]{1,16})\b/gu,
  read: readValue((found, line) => {
    if (bits(found.value, 11, 0) !== FEATURES_RESPONSE) return null;
    return hypervisorMatch({ ...found, value: bits(found.value, 63, 12) }, line, "supported");
  }),
};

/** `SEV-SNP: requesting vmsa_features: 0x20` — SEV_FEATURES. */
const requesting: LineFormat = {
  name: "SEV_FEATURES that it asks for",
  software: "cloud-hypervisor",
  anchors: ["requesting vmsa_features"],
  pattern: /\bSEV-SNP: requesting vmsa_features: (?<value>0x[\da-f]{1,16})\b/gu,
  read: readFeatures("requested"),
};

export const CLOUD_HYPERVISOR_FORMATS: readonly LineFormat[] = [
  requesting,
  terminated,
  requested,
  operation,
  unhandled,
  supported,
];
