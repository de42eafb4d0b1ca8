import { debugStruct } from "./debugStruct";
import { decimal, group, ofEvery, ofEveryValue } from "../kit/groups";
import { OPENHCL_LINES } from "./openhcl";
import type { LineFormat } from "../../reading";
import { endingSaid, untoldByMsr } from "../kit/said";

const REQUESTED =
  /\bSEV guest requested termination: ghcb_msr=(?<value>0x[\da-f]{1,16}) reason_set=0x[\da-f]{1,16} reason=0x[\da-f]{1,16}/dgu;

/**
 * `SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2` — set and reason are taken out
 * of the MSR whatever it holds, so only the MSR itself is believed.
 */
const requested: LineFormat = {
  name: "termination",
  software: "openvmm",
  since: "2026-08",
  anchors: ["SEV guest requested termination: ghcb_msr"],
  recognise: (line) => ofEveryValue(line, REQUESTED, (found) => [endingSaid(found, found.value)]),
  examples: [
    "SEV guest requested termination: ghcb_msr=0x20100 reason_set=0x0 reason=0x2",
    "SEV guest requested termination: ghcb_msr=0x7fedb000 reason_set=0xb reason=0xed",
  ],
  nearMisses: ["SEV guest requested termination"],
};

const SYSTEM_EVENT = /\bsystem event event_type=6 event_flags=(?<value>\d{1,20})\b/dgu;

/** `system event event_type=6 event_flags=131328` — decimal. */
const systemEvent: LineFormat = {
  name: "traced system event",
  software: "openvmm",
  since: "2026-08",
  anchors: ["system event event_type=6"],
  recognise: (line) =>
    ofEveryValue(line, SYSTEM_EVENT, (found) => [endingSaid(found, found.value)], decimal),
  examples: ["system event event_type=6 event_flags=131328"],
  nearMisses: ["system event event_type=1 event_flags=256"],
};

const SHUTDOWN = /\bghcb info (?<info>GhcbInfo\(SHUTDOWN_REQUEST\))/dgu;

/** `not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)` — the paravisor's panic over a termination request. */
const shutdown: LineFormat = {
  name: "termination that the paravisor does not handle",
  software: "openvmm",
  since: null,
  anchors: ["GhcbInfo(SHUTDOWN_REQUEST)"],
  recognise: (line) =>
    ofEvery(line, SHUTDOWN, (match) => {
      const span = group(match, "info");
      return span === null ? [] : [untoldByMsr(span)];
    }),
  examples: ["not implemented: ghcb info GhcbInfo(SHUTDOWN_REQUEST)"],
  nearMisses: ["not implemented: ghcb info GhcbInfo(CPUID_REQUEST)"],
};

export const OPENVMM_FORMATS: readonly LineFormat[] = [
  requested,
  systemEvent,
  debugStruct,
  shutdown,
  ...OPENHCL_LINES,
];

/** The names of those that it prints as a VMM; as a paravisor, OpenHCL, it runs in the guest. */
export const OPENVMM_ON_HOST: ReadonlySet<string> = new Set([requested.name, systemEvent.name]);
