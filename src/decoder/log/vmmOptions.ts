import { bitByName, featuresFromStatus } from "../features";
import { maskOf } from "../u64";
import type { LineFormat, Recognised } from "./reading";

/** An object of QEMU's that makes an SEV guest, as an option or as JSON, to the end of its properties. */
const OBJECT =
  /(?:-object[ =]['"]?|"qom-type": ?")(?:sev-snp-guest|sev-guest)\b(?<properties>[^ ;&}]{0,1000})/du;
/** `secure-tsc=on`, and the same in JSON; `on|off` is what a manual writes. */
const SWITCH =
  /(?<=,)(?<option>secure-tsc|debug-swap)=(?:on|yes|true)(?=[,"')]|$)|"(?<key>secure-tsc|debug-swap)":true\b/dgu;

/**
 * `-object sev-snp-guest,id=sev0,secure-tsc=on,debug-swap=on`: the SEV_FEATURES that the switches ask for. A lower
 * bound: SEV-SNP itself and what QEMU has on by default are no switches of the line. In JSON as libvirt writes it.
 */
export const qemuObject: LineFormat = {
  name: "SEV_FEATURES switched on in QEMU's object",
  software: "qemu",
  since: null,
  anchors: ["sev-snp-guest", "sev-guest,", '"sev-guest"'],
  recognise: (line) => {
    const object = OBJECT.exec(line);
    const properties = object?.groups?.["properties"];
    const from = object?.indices?.groups?.["properties"]?.[0];
    if (properties === undefined || from === undefined) return [];
    const switches = [...properties.matchAll(SWITCH)].map(({ 0: text, index, groups }) => ({
      start: from + index,
      end: from + index + text.length,
      bit: bitByName(groups?.["option"] ?? groups?.["key"] ?? ""),
    }));
    const first = switches[0];
    const last = switches.at(-1);
    if (first === undefined || last === undefined) return [];
    const bits = switches.flatMap(({ bit }) => (bit === null ? [] : [bit]));
    const value = featuresFromStatus(maskOf(bits));
    const reading = { kind: "register", register: "sev-features", value, atLeast: true } as const;
    const parts: Recognised[] = switches.map(({ start, end }) => ({ start, end, reading }));
    const what = { kind: "sev-features", role: "requested", value, atLeast: true } as const;
    return [{ start: first.start, end: last.end, what, parts }];
  },
  examples: [
    "qemu-system-x86_64 -object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1,secure-tsc=on,debug-swap=on -m 4G",
    '-object \'{"qom-type":"sev-snp-guest","id":"lsec0","cbitpos":51,"reduced-phys-bits":1,"policy":196608,"secure-tsc":true}\'',
  ],
  nearMisses: [
    "-object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1",
    "-object sev-snp-guest,id=sev0,secure-tsc=off,debug-swap=off",
    "-object sev-snp-guest,id=sev0,secure-tsc=on|off,debug-swap=on|off",
    "-object memory-backend-memfd,id=ram1,secure-tsc=on",
    "<launchSecurity type='sev-snp' authorKey='yes'><policy>0x30000</policy></launchSecurity>",
    "set secure-tsc=on for sev-snp-guest",
  ],
};
