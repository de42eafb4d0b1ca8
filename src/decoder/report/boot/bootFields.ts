import { decodeFeatures, featureNames } from "../../features";
import { decodeGuestRequestError, decodeHvFeatures } from "../../ghcb";
import type { FeaturesRole, HypervisorFeaturesRole } from "../../log/finding";
import type { SeenEnding } from "../../boot/ends";
import type { SeenStatus } from "../../boot/status";
import type { Boot, InRole } from "../../boot/boots";
import { hexShort } from "../../text/u64";
import type { AskedBoot } from "../../boot/asked";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import { list } from "../phrase";
import type { FieldLine } from "../report";

const HOW: Readonly<Record<SeenStatus["how"], string>> = {
  exact: "exact",
  "at-least": "at least: names cannot show every bit",
  synthetic: "made up by Linux' Hyper-V code; the register holds more",
};

const FEATURES: Readonly<Record<FeaturesRole, string>> = {
  guest: "SEV_FEATURES",
  requested: "SEV_FEATURES asked for",
  supported: "SEV_FEATURES supported",
  allowed: "SEV_FEATURES allowed",
  missing: "SEV_FEATURES missing",
};

const HYPERVISOR: Readonly<Record<HypervisorFeaturesRole, string>> = {
  supported: "hypervisor has",
  required: "hypervisor needs",
  missing: "hypervisor lacks",
};

/** Of each kind: a host that restarts a guest for ever has many ends, and the first ones tell it all. */
export const MOST = 20;

const BY: Readonly<Record<NonNullable<SeenEnding["via"]>, string>> = {
  nae: "GHCB event",
  msr: "GHCB MSR",
  "efi-stub": "EFI stub",
};

/** The facts of a boot: its kernel, the values seen, and each of its ends. */
export function fieldsOf(asked: AskedBoot): FieldLine[] {
  const { features, hypervisorFeatures, endings, requestErrors } = asked.boot;
  return [
    ...kernelFields(asked),
    ...statusField(asked),
    ...features.slice(0, MOST).map(featuresField),
    ...hypervisorFeatures.slice(0, MOST).map(hypervisorField),
    ...endings.slice(0, MOST).map(endingField),
    ...requestErrors.slice(0, MOST).map(requestErrorField),
    ...exitsField(asked),
  ];
}

function kernelFields(asked: AskedBoot): FieldLine[] {
  const { hostKernel } = asked.boot;
  const host =
    hostKernel === null
      ? []
      : [{ name: "host kernel", value: hostKernel.release, meaning: "from its banner" }];
  return [...host, ...guestKernelFields(asked)];
}

function guestKernelFields({ boot: { kernel }, guest, isGivenByUser }: AskedBoot): FieldLine[] {
  const name = "guest kernel";
  const seen = (meaning: string) =>
    kernel === null ? [] : [{ name: "kernel in the log", value: kernel.release, meaning }];
  if (guest === null)
    return kernel === null ? [] : [{ name, value: kernel.release, meaning: "not in the catalog" }];
  return isGivenByUser
    ? [{ name, value: guest.label, meaning: "as given" }, ...seen("by its banner")]
    : [{ name, value: guest.label, meaning: "from its banner" }];
}

function statusField({ boot: { status } }: AskedBoot): FieldLine[] {
  if (status === null) return [];
  const names = featureNames(status.value).join(" ");
  const meaning = `${HOW[status.how]}; ${names === "" ? "no bit is set" : names}`;
  return [{ name: "SEV_STATUS", value: hexShort(status.value), meaning }];
}

function featuresField({ role, value }: InRole<FeaturesRole>): FieldLine {
  const names = decodeFeatures("sev-features", value).features.map(({ name }) => name);
  return { name: FEATURES[role], value: hexShort(value), meaning: names.join(" ") };
}

function hypervisorField({ role, value }: InRole<HypervisorFeaturesRole>): FieldLine {
  const { known, unknown } = decodeHvFeatures(value);
  const names = known.map(({ name }) => name);
  const rest = unknown === 0n ? [] : [hexShort(unknown)];
  return { name: HYPERVISOR[role], value: hexShort(value), meaning: [...names, ...rest].join(" ") };
}

function endingField(ending: SeenEnding): FieldLine {
  const { line, otherLines, via, reason, unsupported, isOfAnother } = ending;
  const words = [
    via === null ? "" : `by the ${BY[via]}`,
    reason === null ? "" : `${reasonCodes(reason)} ${reasonNames(reason)}`.trim(),
    unsupported === null ? "" : `${hexShort(unsupported)} ${featureNames(unsupported).join(" ")}`,
    otherLines.length === 0
      ? ""
      : `also in line${otherLines.length === 1 ? "" : "s"} ${list(otherLines.map((other) => String(other + 1)))}`,
  ];
  return {
    name: isOfAnother ? "another's end" : "end",
    value: `line ${line + 1}`,
    meaning: words.filter((word) => word !== "").join(", "),
  };
}

function requestErrorField({ line, fact }: Boot["requestErrors"][number]): FieldLine {
  const { firmware, vmm } = decodeGuestRequestError(fact.value);
  const told = (whose: string, { value: number, name }: typeof firmware) =>
    `${whose} 0x${number.toString(16)}${name === null ? "" : ` ${name}`}`;
  return {
    name: "request error",
    value: `line ${line + 1}`,
    meaning: [told("firmware", firmware), told("VMM", vmm)].join(", "),
  };
}

function exitsField({ boot: { exits } }: AskedBoot): FieldLine[] {
  if (exits === null) return [];
  const { count, firstLine, lastLine } = exits;
  const lines =
    firstLine === lastLine ? `line ${firstLine + 1}` : `lines ${firstLine + 1} to ${lastLine + 1}`;
  const what = count === 1 ? "an exit that ends nothing" : `${count} exits that end nothing`;
  return [{ name: "exits", value: lines, meaning: what }];
}
