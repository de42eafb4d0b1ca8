import { bitByName, featuresFromStatus } from "../../../features";
import { maskOf } from "../../../text/u64";
import { group, ofEvery } from "../kit/groups";
import type { LineFormat, Recognised, Said } from "../../reading";

/** An object of QEMU's that makes an SEV guest, as an option, to the end of its properties. */
const OPTION =
  /-object[ =]['"]?(?:qom-type=)?(?:sev-snp-guest|sev-guest)\b(?<properties>[^ ;&}]{0,1000})/dgu;
/** The same in JSON, whose members may stand in any order. */
const MEMBERS =
  /\{(?<properties>[^{}]{0,1000}"qom-type" ?: ?"(?:sev-snp-guest|sev-guest)"[^{}]{0,1000})/dgu;
/** `secure-tsc=on`, and the same in JSON; `on|off` is what a manual writes. */
const SWITCH =
  /(?<=,)(?<option>secure-tsc|debug-swap)=(?:(?<on>on|yes|true|y)|off|no|false|n)(?=[,"')]|$)|"(?<key>secure-tsc|debug-swap)" ?: ?(?:(?<true>true)|false)\b/dgu;

function objectSaid(match: RegExpExecArray): Said[] {
  const properties = group(match, "properties");
  if (properties === null) return [];
  const switches = switchedOn(properties.text, properties.start);
  const first = switches[0];
  const last = switches.at(-1);
  if (first === undefined || last === undefined) return [];
  const bits = switches.flatMap(({ bit }) => (bit === null ? [] : [bit]));
  const value = featuresFromStatus(maskOf(bits));
  const reading = { kind: "register", register: "sev-features", value, atLeast: true } as const;
  const parts: Recognised[] = switches.map(({ start, end }) => ({ start, end, reading }));
  const fact = { kind: "sev-features", role: "requested", value, atLeast: true } as const;
  return [{ start: first.start, end: last.end, fact, parts }];
}

/**
 * `-object sev-snp-guest,id=sev0,secure-tsc=on,debug-swap=on`: the SEV_FEATURES that the switches ask for, each as it
 * stands last. A lower bound: SEV-SNP itself and what QEMU has on by default are no switches of the line. In JSON as
 * libvirt writes it.
 */
export const qemuObject: LineFormat = {
  name: "SEV_FEATURES switched on in QEMU's object",
  software: "qemu",
  since: null,
  anchors: ["sev-snp-guest", "sev-guest,", '"sev-guest"'],
  recognise: (line) => {
    const options = ofEvery(line, OPTION, objectSaid);
    return options.length > 0 ? options : ofEvery(line, MEMBERS, objectSaid);
  },
  examples: [
    "qemu-system-x86_64 -object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1,secure-tsc=on,debug-swap=on -m 4G",
    '-object \'{"qom-type":"sev-snp-guest","id":"lsec0","cbitpos":51,"reduced-phys-bits":1,"policy":196608,"secure-tsc":true}\'',
    '{"id": "sev0", "debug-swap": true, "qom-type": "sev-snp-guest"}',
    "-object sev-snp-guest,id=sev0,debug-swap=on,secure-tsc=on,secure-tsc=off",
  ],
  nearMisses: [
    "-object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1",
    "-object sev-snp-guest,id=sev0,secure-tsc=off,debug-swap=off",
    "-object sev-snp-guest,id=sev0,secure-tsc=on,secure-tsc=off",
    '{"qom-type": "sev-snp-guest", "id": "sev0", "secure-tsc": false}',
    '{"qom-type": "memory-backend-ram", "secure-tsc": true}, {"qom-type": "sev-snp-guest"}',
    "-object sev-snp-guest,id=sev0,secure-tsc=on|off,debug-swap=on|off",
    "-object memory-backend-memfd,id=ram1,secure-tsc=on",
    "<launchSecurity type='sev-snp' authorKey='yes'><policy>0x30000</policy></launchSecurity>",
    "set secure-tsc=on for sev-snp-guest",
  ],
};

interface Switch {
  readonly start: number;
  readonly end: number;
  /** Of SEV_STATUS. */
  readonly bit: number | null;
}

/** The switches that are on, in the order of the line: of one that is given twice the last counts. */
function switchedOn(properties: string, from: number): Switch[] {
  const switches = new Map<string, Switch | null>();
  for (const { 0: text, index, groups } of properties.matchAll(SWITCH)) {
    const name = groups?.["option"] ?? groups?.["key"] ?? "";
    const isOn = groups?.["on"] !== undefined || groups?.["true"] !== undefined;
    const start = from + index;
    const bit = bitByName(name);
    switches.set(name, isOn ? { start, end: start + text.length, bit } : null);
  }
  return [...switches.values()].filter((one) => one !== null).sort((a, b) => a.start - b.start);
}
