import { printedBy } from "../format";
import { decimal } from "../kit/groups";
import { endingMatch, readFeatures, readUntold, readValue } from "../kit/matches";
import { readStruct } from "./debugStruct";
import { readExit } from "./openhcl";

const REQUESTED = "termination";
const SYSTEM_EVENT = "traced system event";
const UNSUPPORTED = "SEV_FEATURES that KVM does not support";
const PARAVISOR_TERMINATION = "termination that the paravisor does not handle";

export const OPENVMM_FORMATS = printedBy("openvmm", [
  /**
   * `SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2` — set and reason are taken out of the
   * MSR whatever it holds, so only the MSR itself is believed. Since 2026-08.
   */
  {
    name: REQUESTED,
    anchors: ["SEV guest requested termination: ghcb_msr"],
    pattern:
      /\bSEV guest requested termination: ghcb_msr=(?<value>0x[\da-f]{1,16}) reason_set=0x[\da-f]{1,16} reason=0x[\da-f]{1,16}/dgu,
    read: readValue(endingMatch),
  },
  /** `system event event_type=6 event_flags=131328` — decimal. Since 2026-08. */
  {
    name: SYSTEM_EVENT,
    anchors: ["system event event_type=6"],
    pattern: /\bsystem event event_type=6 event_flags=(?<value>\d{1,20})\b/gu,
    read: readValue(endingMatch, decimal),
  },
  /**
   * `sev_status=SevStatusMsr { sev_enabled: true, es_enabled: true, … }` and
   * `features=SevFeatures { snp: true, vtom: true, … }` — a Rust struct's Debug text, also inside JSON. Reserved bits
   * are not among its fields. A struct whose end a `;` follows is source code. Since 2025.
   */
  {
    name: "SEV_STATUS or SEV_FEATURES field by field",
    anchors: ["SevStatusMsr", "SevFeatures", "sev_status"],
    pattern:
      /\b(?<text>(?:(?<status>SevStatusMsr|sev_status"?:)|(?<features>SevFeatures)) ?\{ ?(?<fields>[^{}]{1,2000})\})(?!\s?;)/gu,
    read: readStruct,
  },
  /**
   * `not implemented: ghcb info SHUTDOWN_REQUEST` — the paravisor's panic over a termination request. Source:
   * openvmm virt_mshv_vtl, processor/snp, and support/open_enum, which prints a name bare.
   */
  {
    name: PARAVISOR_TERMINATION,
    anchors: ["ghcb info SHUTDOWN_REQUEST"],
    pattern: /\bnot implemented: ghcb info (?<value>SHUTDOWN_REQUEST)\b/gu,
    read: readUntold("msr"),
  },
  /**
   * `KVM does not support SNP VMSA feature bits 0x28` — SEV_FEATURES of the IGVM file's VMSA that the host does not
   * have. Source: openvmm virt_kvm. Since 2026-08.
   */
  {
    name: UNSUPPORTED,
    anchors: ["KVM does not support SNP VMSA feature bits"],
    pattern: /\bKVM does not support SNP VMSA feature bits (?<value>0x[\da-f]{1,16})\b/gu,
    read: readFeatures("missing"),
  },
  /**
   * `SEV exit code 7f sev features SevFeatures { … } … exit_info1 7f exit_info2 0 …` — bare hex (`{:x?}`), the code by
   * name where OpenHCL has one. These are the processor's EXITINFO of a guest's exit to the paravisor: what SW_EXITINFO
   * means for the same code is not said of them. Since 2025. Source: openvmm virt_mshv_vtl, processor/snp.
   */
  {
    name: "exit that the paravisor does not handle",
    anchors: ["SEV exit code "],
    pattern:
      /\bSEV exit code (?:SevExitCode\()?(?<code>(?:0x)?[\da-f]{1,16}|[A-Z][\dA-Z_]{1,40})\)? sev features SevFeatures\b(?:(?!SEV exit code ).){0,2000}? exit_info1 (?<info1>[\da-f]{1,16}) exit_info2 (?<info2>[\da-f]{1,16})\b/dgu,
    read: readExit,
  },
]);

/** The names of those that it prints as a VMM; as a paravisor, OpenHCL, it runs in the guest. */
export const OPENVMM_ON_HOST: ReadonlySet<string> = new Set([REQUESTED, SYSTEM_EVENT, UNSUPPORTED]);
