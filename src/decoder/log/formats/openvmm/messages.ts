import type { LineFormat } from "../format";
import { decimal } from "../kit/groups";
import { readEnding, readUntoldByMsr } from "../kit/matches";
import { debugStruct } from "./debugStruct";
import { exitReport } from "./openhcl";

/**
 * `SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2` — set and reason are taken out
 * of the MSR whatever it holds, so only the MSR itself is believed.
 */
const requested: LineFormat = {
  name: "termination",
  software: "openvmm",
  // Printed since 2026-08.
  anchors: ["SEV guest requested termination: ghcb_msr"],
  pattern:
    /\bSEV guest requested termination: ghcb_msr=(?<value>0x[\da-f]{1,16}) reason_set=0x[\da-f]{1,16} reason=0x[\da-f]{1,16}/dgu,
  read: readEnding(),
};

/** `system event event_type=6 event_flags=131328` — decimal. */
const systemEvent: LineFormat = {
  name: "traced system event",
  software: "openvmm",
  // Printed since 2026-08.
  anchors: ["system event event_type=6"],
  pattern: /\bsystem event event_type=6 event_flags=(?<value>\d{1,20})\b/gu,
  read: readEnding(decimal),
};

/** `not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)` — the paravisor's panic over a termination request. */
const shutdown: LineFormat = {
  name: "termination that the paravisor does not handle",
  software: "openvmm",
  anchors: ["GhcbInfo(SHUTDOWN_REQUEST)"],
  pattern: /\bghcb info (?<value>GhcbInfo\(SHUTDOWN_REQUEST\))/gu,
  read: readUntoldByMsr,
};

export const OPENVMM_FORMATS: readonly LineFormat[] = [
  requested,
  systemEvent,
  debugStruct,
  shutdown,
  exitReport,
];

/** The names of those that it prints as a VMM; as a paravisor, OpenHCL, it runs in the guest. */
export const OPENVMM_ON_HOST: ReadonlySet<string> = new Set([requested.name, systemEvent.name]);
