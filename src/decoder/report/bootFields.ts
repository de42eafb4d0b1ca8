import { decodeFeatures, featureNames } from "../features";
import { decodeHvFeatures } from "../ghcb";
import type { FeaturesRole, HypervisorFeaturesRole } from "../log/finding";
import type { InRole, SeenEnding, SeenStatus } from "../log/boots";
import { hexShort } from "../u64";
import type { AskedBoot } from "./askedBoot";
import { reasonNames } from "./ghcbReport";
import type { FieldLine } from "./report";

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

/** A host that restarts a guest for ever has many; the first ones tell it all. */
export const MOST_ENDINGS = 20;

const BY: Readonly<Record<NonNullable<SeenEnding["via"]>, string>> = {
  nae: "GHCB event",
  msr: "GHCB MSR",
  "efi-stub": "EFI stub",
};

/** The facts of a boot: its kernel, the values seen, and each of its ends. */
export function fieldsOf(asked: AskedBoot): FieldLine[] {
  const { features, hypervisorFeatures, endings } = asked.boot;
  return [
    ...kernelField(asked),
    ...statusField(asked),
    ...features.map(featuresField),
    ...hypervisorFeatures.map(hypervisorField),
    ...endings.slice(0, MOST_ENDINGS).map(endingField),
  ];
}

function kernelField({ boot: { kernel }, guest, isGivenByUser }: AskedBoot): FieldLine[] {
  const name = "guest kernel";
  if (guest !== null)
    return [{ name, value: guest.label, meaning: isGivenByUser ? "as given" : "from its banner" }];
  return kernel === null ? [] : [{ name, value: kernel.release, meaning: "not in the catalog" }];
}

function statusField({ boot: { status } }: AskedBoot): FieldLine[] {
  if (status === null) return [];
  const meaning = `${HOW[status.how]}; ${featureNames(status.value).join(" ")}`;
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

function endingField({ line, via, reason, unsupported }: SeenEnding): FieldLine {
  const words = [
    via === null ? "" : `by the ${BY[via]}`,
    reason === null
      ? ""
      : `${reason.set}:${reason.code} ${reason.candidates.length === 0 ? "" : reasonNames(reason)}`,
    unsupported === null ? "" : `${hexShort(unsupported)} ${featureNames(unsupported).join(" ")}`,
  ];
  return {
    name: "end",
    value: `line ${line + 1}`,
    meaning: words.filter((word) => word !== "").join(", "),
  };
}
