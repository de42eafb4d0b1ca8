import { bits, reasonFromGhcbMsr } from "../../ghcb";
import { printedBy } from "./format";
import { readExitCode } from "./kit/exit";
import {
  endingMatch,
  matchOf,
  onMshv,
  readFeatures,
  readReason,
  readUntold,
  readValue,
} from "./kit/matches";

/** The answer HV_FT_RESP of the MSR protocol: features in [63:12]. */
const FEATURES_RESPONSE = 0x081n;

export const CLOUD_HYPERVISOR_FORMATS = printedBy("cloud-hypervisor", [
  /** `SEV-SNP: requesting vmsa_features: 0x20` — SEV_FEATURES. */
  {
    name: "SEV_FEATURES that it asks for",
    anchors: ["requesting vmsa_features"],
    pattern: /\bSEV-SNP: requesting vmsa_features: (?<value>0x[\da-f]{1,16})\b/gu,
    read: readFeatures("requested"),
  },
  /** `GHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=0x20100, reason_set=0, reason_val=2` — the last two decimal. Since 52. */
  {
    name: "termination",
    anchors: ["GHCB_MSR_TERM_REQ: Guest terminated!"],
    pattern:
      /\bGHCB_MSR_TERM_REQ: Guest terminated! ghcb_msr=(?<value>0x[\da-f]{1,16}), reason_set=\d{1,10}, reason_val=\d{1,10}/dgu,
    read: onMshv(
      readValue((found, line) =>
        reasonFromGhcbMsr(found.value) === null ? null : endingMatch(found, line),
      ),
    ),
  },
  /** `Guest requested termination via GHCB_MSR_TERM_REQ (reason_set=0, reason_val=2)` — the same end's error. Since 52. */
  {
    name: "error of a termination",
    anchors: ["Guest requested termination via GHCB_MSR_TERM_REQ"],
    pattern:
      /\bGuest requested termination via GHCB_MSR_TERM_REQ \((?<reason>reason_set=(?<set>\d{1,2}), reason_val=(?<code>\d{1,3}))\)/dgu,
    read: onMshv(readReason(10)),
  },
  /** `Unsupported VMGEXIT operation: 100` — bare hex: GHCB_MSR_TERM_REQ, before cloud-hypervisor knew it. */
  {
    name: "termination that is not known",
    anchors: ["Unsupported VMGEXIT operation: 100"],
    pattern: /\bUnsupported VMGEXIT operation: (?<value>100)\b/gu,
    read: onMshv(readUntold("msr")),
  },
  /** `GHCB_INFO_NORMAL: Unhandled exit code: 8000fffe` — bare hex; what the termination event gives on mshv. */
  {
    name: "exit code that is not handled",
    anchors: ["GHCB_INFO_NORMAL: Unhandled exit code"],
    pattern: /\bGHCB_INFO_NORMAL: Unhandled exit code: (?<exitCode>[\da-f]{1,16})\b/gu,
    read: onMshv(readExitCode),
  },
  /** `GHCB_INFO_HYP_FEATURE_REQUEST: Supported features: 3081` — bare hex; the MSR's answer, features from bit 12. */
  {
    name: "hypervisor features",
    anchors: ["GHCB_INFO_HYP_FEATURE_REQUEST"],
    pattern: /\bGHCB_INFO_HYP_FEATURE_REQUEST: Supported features: (?<value>[\da-f]{1,16})\b/gu,
    read: readValue((found, line) => {
      if (bits(found.value, 11, 0) !== FEATURES_RESPONSE) return null;
      const value = bits(found.value, 63, 12);
      return matchOf(found, line, { kind: "hypervisor-features", value, role: "supported" });
    }),
  },
]);
