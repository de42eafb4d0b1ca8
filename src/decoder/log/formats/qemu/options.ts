import { bitByName, featuresFromStatus } from "../../../features";
import type { Span } from "../../../text/span";
import { maskOf } from "../../../text/u64";
import type { Match } from "../../finding";
import type { LineFormat } from "../format";
import { group } from "../kit/groups";
import { tokenAt } from "../kit/matches";

/** An object of QEMU's that makes an SEV guest, as an option, to the end of its properties. */
const OPTION =
  /-object[ =]['"]?(?:qom-type=)?(?:sev-snp-guest|sev-guest)\b(?<properties>[^ ;&}]{0,1000})/gu;
/** The same in JSON, whose members may stand in any order. */
const MEMBERS =
  /\{(?<properties>[^{}]{0,1000}"qom-type" ?: ?"(?:sev-snp-guest|sev-guest)"[^{}]{0,1000})/gu;
/** `secure-tsc=on`, and the same in JSON; `on|off` is what a manual writes. */
const SWITCH =
  /(?<=,)(?<option>secure-tsc|debug-swap)=(?:(?<on>on|yes|true|y)|off|no|false|n)(?=[,"')]|$)|"(?<key>secure-tsc|debug-swap)" ?: ?(?:(?<true>true)|false)\b/gu;

function objectMatches(text: string, pattern: RegExp, line: number): Match[] {
  return [...text.matchAll(pattern)].flatMap((match) => {
    const properties = group(match, "properties");
    const switches = properties === null ? [] : switchedOn(properties.text, properties.start);
    const [first] = switches;
    const last = switches.at(-1);
    if (first === undefined || last === undefined) return [];
    const value = featuresFromStatus(maskOf(switches.flatMap(({ bit }) => bit ?? [])));
    const fact = { kind: "sev-features", role: "requested", value, atLeast: true } as const;
    const tokens = switches.map((one) => tokenAt({ ...one, line }, "value"));
    return [{ start: first.start, end: last.end, fact, tokens }];
  });
}

/**
 * `-object sev-snp-guest,id=sev0,secure-tsc=on,debug-swap=on`: the SEV_FEATURES that the switches ask for, each as it
 * stands last. A lower bound: SEV-SNP itself and what QEMU has on by default are no switches of the line. In JSON as
 * libvirt writes it.
 */
export const qemuObject: LineFormat = {
  name: "SEV_FEATURES switched on in QEMU's object",
  software: "qemu",
  anchors: ["sev-snp-guest", "sev-guest,", '"sev-guest"'],
  readText: (text, line) => {
    const options = objectMatches(text, OPTION, line);
    return options.length > 0 ? options : objectMatches(text, MEMBERS, line);
  },
};

interface Switch extends Span {
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
