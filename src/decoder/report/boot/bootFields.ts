import type { AssessedBoot } from "../../boot/assessed";
import type { Boot, InRole, RequestError, SeenKernel, Some } from "../../boot/boot";
import type { Cause, SeenEnding } from "../../boot/ends";
import type { ExitGroup, ExitState } from "../../boot/exits";
import type { SeenStatus } from "../../boot/status";
import { isSnpOff, isSnpOpen } from "../../boot/status";
import { decodeFeatures, featureNames } from "../../features";
import { decodeGuestRequestError, decodeHvFeatures, namedExitCode } from "../../ghcb";
import type { Ending, FeaturesRole, HypervisorFeaturesRole } from "../../log/finding";
import { hexShort } from "../../text/u64";
import { CHOSEN_BY, fromBanner } from "../guest/kernelsLine";
import type { Phrase } from "../phrase";
import { list, say, strong } from "../phrase";
import type { FieldLine } from "../report";
import { reasonCodes, reasonNames } from "../value/ghcbReport";

const HOW: Readonly<Record<SeenStatus["how"], string>> = {
  read: "",
  derived: "derived from SEV_FEATURES: ",
  names: "⊇, by names: ",
  synthetic: "synthetic, Linux sees only vTOM behind the paravisor: ",
};

const FEATURES: Readonly<Record<FeaturesRole, string>> = {
  guest: "SEV_FEATURES",
  requested: "SEV_FEATURES requested",
  supported: "SEV_FEATURES supported",
  allowed: "SEV_FEATURES allowed",
  missing: "SEV_FEATURES missing",
};

const HYPERVISOR: Readonly<Record<HypervisorFeaturesRole, string>> = {
  supported: "hypervisor has",
  required: "hypervisor needs",
  missing: "hypervisor lacks",
};

/** Items of a list beyond these are counted, not shown. */
export const MOST = 20;

const EXIT_STATES: Readonly<Record<ExitState, string>> = {
  "unknown-to-kvm": "KVM does not know this exit code",
  "input-missing": "KVM misses fields that this exit needs",
  "guest-cannot-handle": "the guest cannot handle this #VC exception",
  traced: "",
};

const BY: Readonly<Record<NonNullable<SeenEnding["via"]>, string>> = {
  nae: "by the GHCB event",
  msr: "by the GHCB MSR",
  "efi-stub": "by the EFI stub",
};

/** The facts of a boot: its kernel, the values seen, and how it ended. */
export function fieldsOf(assessed: AssessedBoot): FieldLine[] {
  const { boot } = assessed;
  return [
    ...kernelField("host kernel", boot.hostKernel),
    ...guestFields(assessed),
    ...statusField(boot),
    ...snpField(boot),
    ...boot.features.first.map(featuresField),
    ...boot.hypervisorFeatures.first.map(hypervisorField),
    ...endingFields(boot),
    ...boot.requestErrors.first.map(requestErrorField),
    ...boot.exits.slice(0, MOST).map(exitField),
  ];
}

/** How many items of its lists a boot's fields leave out, in words; empty where none. */
export function leftOut({ features, hypervisorFeatures, requestErrors, exits }: Boot): string[] {
  const more = (name: string, { first, count }: Some<unknown>) =>
    count > first.length ? [`${count - first.length} more ${name}`] : [];
  return [
    ...more("SEV_FEATURES values", features),
    ...more("values of hypervisor features", hypervisorFeatures),
    ...more("failed guest requests", requestErrors),
    ...(exits.length > MOST ? [`${exits.length - MOST} more kinds of exits`] : []),
  ];
}

function kernelField(name: string, kernel: SeenKernel | null): FieldLine[] {
  return kernel === null ? [] : [{ name, value: kernel.release, meaning: fromBanner(kernel) }];
}

function guestFields({ boot: { kernel }, own, choice }: AssessedBoot): FieldLine[] {
  const name = "guest kernel";
  const seen = kernelField(name, kernel).map((one) =>
    own === null
      ? { ...one, meaning: `${one.meaning}; not in the catalog` }
      : { ...one, value: own.label },
  );
  if (choice === null) return seen;
  const chosen = { name, value: choice.profile.label, meaning: CHOSEN_BY[choice.by] };
  return [chosen, ...seen.map((one) => ({ ...one, name: "kernel in the log" }))];
}

function statusField({ status }: Boot): FieldLine[] {
  if (status === null) return [];
  const names = featureNames(status.value).join(" ");
  const how = status.how === "names" && isSnpOff(status) ? "by names: " : HOW[status.how];
  const meaning = `${how}${names === "" ? "no bit is set" : names}`;
  return [{ name: "SEV_STATUS", value: hexShort(status.value), meaning }];
}

/** SEV-SNP where a message shows it and no value does, and that something runs below the kernel. */
function snpField({ snp, status }: Boot): FieldLine[] {
  if (snp === null || (!snp.isAbove && status !== null && !isSnpOpen(status) && !isSnpOff(status)))
    return [];
  const below = snp.isAbove ? "; software runs below the kernel: an SVSM or a paravisor" : "";
  return [{ name: "SEV-SNP", value: "on", meaning: `as line ${snp.line + 1} says${below}` }];
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

/** Each end of a boot; of many ends each cause. */
function endingFields({ endings, endingCount, causes }: Boot): FieldLine[] {
  return endingCount > FEW ? causes.slice(0, MOST).map(causeField) : endings.map(endingField);
}

/** More ends than these are of many guests, and are shown by their causes. */
const FEW = 3;

function causeField({ ending, count, firstLine, lastLine }: Cause): FieldLine {
  return {
    name: count === 1 ? "end" : `${count} ends`,
    value: linesOf(firstLine, lastLine),
    meaning: endingWords(ending) || "other causes",
  };
}

function endingField(ending: SeenEnding): FieldLine {
  const { line, otherLines, isOfAnother } = ending;
  const others = otherLines.map((other) => String(other + 1));
  const also = others.length === 0 ? "" : `also in line${others.length === 1 ? "" : "s"}`;
  return {
    name: isOfAnother ? "another guest's end" : "end",
    value: `line ${line + 1}`,
    meaning: commas(endingWords(ending), `${also} ${list(others)}`.trim()),
  };
}

function endingWords({ via, reason, unsupported, isLikely }: Ending): string {
  return commas(
    via === null ? "" : `${isLikely === true ? "likely " : ""}${BY[via]}`,
    reason === null ? "" : `${reasonCodes(reason)} ${reasonNames(reason)}`.trim(),
    unsupported === null ? "" : `${hexShort(unsupported)} ${featureNames(unsupported).join(" ")}`,
  );
}

function commas(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(", ");
}

function requestErrorField({ line, value, isStatus }: RequestError): FieldLine {
  const { firmware, vmm } = decodeGuestRequestError(value);
  const told = (whose: string, { value: number, name }: typeof firmware | typeof vmm) =>
    `${whose} 0x${number.toString(16)}${name === null ? "" : ` ${name}`}`;
  return {
    name: isStatus ? "firmware error" : "request error",
    value: `line ${line + 1}`,
    meaning: commas(told("firmware", firmware), isStatus ? "" : told("VMM", vmm)),
  };
}

function exitField(exit: ExitGroup): FieldLine {
  const { count, firstLine, lastLine, state } = exit;
  const what = state === "traced" ? "exit" : "failed exit";
  return {
    name: count === 1 ? what : `${count} ${what}s`,
    value: linesOf(firstLine, lastLine),
    meaning: exitWords(exit),
  };
}

/** What an exit is and how it went: `0x72 CPUID (KVM misses fields that this exit needs)`. */
export function exitWords({ exitCode, state }: ExitGroup): string {
  const how = EXIT_STATES[state];
  const what =
    exitCode === null
      ? "the exit code is not in the log"
      : `${hexShort(exitCode)} ${namedExitCode(exitCode).name ?? "no source names it"}`;
  return how === "" ? what : `${what} (${how})`;
}

/** Boots, one after another, by their numbers from 1 and their lines from 0. */
export interface BootRange {
  readonly first: number;
  readonly last: number;
  readonly firstLine: number;
  readonly lastLine: number;
}

/** `guest.log, boots 3 to 5 (lines 20 to 61)`; `file` is null for standard input. */
export function titleOf(boots: BootRange, file: string | null): Phrase {
  const { firstLine, lastLine } = boots;
  return say`${strong(placeIn(file, numbersOf(boots)))} (${linesOf(firstLine, lastLine)})`;
}

/** A place in a file; null for standard input. */
export function placeIn(file: string | null, place: string): string {
  return `${file ?? "standard input"}, ${place}`;
}

/** `boot 3`, `boots 3 to 5`. */
export function numbersOf({ first, last }: Pick<BootRange, "first" | "last">): string {
  return first === last ? `boot ${first}` : `boots ${first} to ${last}`;
}

/** `line 3`, `lines 3 to 9`; both from 0. */
function linesOf(first: number, last: number): string {
  return first === last ? `line ${first + 1}` : `lines ${first + 1} to ${last + 1}`;
}
