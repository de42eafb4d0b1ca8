import type { FeatureRegister, FeatureRow } from "../../features";
import { FEATURES, featuresBitOf } from "../../features";
import { setBits } from "../../text/u64";
import type { LineHint } from "./hint";
import type { Written } from "./number";
import { writtenNumber } from "./number";

/** What begins a name of one register's bits, and whose it is. */
interface Prefix {
  readonly prefix: string;
  readonly register: FeatureRegister;
  readonly source: string;
}

/** No other names: `SEV_FEATURE_` and the like may be of CPUID, whose bits have other numbers. */
const PREFIXES: readonly Prefix[] = [
  { prefix: "MSR_AMD64_", register: "sev-status", source: "Linux msr-index.h" },
  {
    prefix: "MSR_SEV_STATUS_",
    register: "sev-status",
    source: "COCONUT-SVSM kernel/src/cpu/vc.rs",
  },
  { prefix: "SEV_STATUS_", register: "sev-status", source: "kernels written in Rust" },
  { prefix: "SVM_SEV_FEAT_", register: "sev-features", source: "Linux KVM and QEMU" },
];

/** The name of a constant, from its first letter on. */
const NAME = /\b(?:MSR_AMD64_|MSR_SEV_STATUS_|SEV_STATUS_|SVM_SEV_FEAT_)[A-Z\d_]{1,60}\b/u;

/** Says that the value is the number of a bit, no mask. */
const NUMBER_SUFFIX = /_(?:BIT|SHIFT|POS|INDEX)$/u;

/** A declaration before its name: keywords, types and visibility, and nothing else. */
const BEFORE = /^\s*(?<define>[#%]\s{0,8}(?:define|assign)\s+)?(?:[\w()]{1,30}\s+){0,6}$/u;
/** Between name and value; a type may stand before the sign. */
const ASSIGNED = /^(?:\s*:\s*[\w:]{1,40}|\s+u?int(?:32|64))?\s*:?=(?![=>])|^\s+equ\s/iu;
/** What ends a value: the statement's end, the next one of a list, a comment. */
const END = /[;,]|\/[*/]|\s#|$/u;

/** What is left of `SEV_ENABLED` and `SNP_ACTIVE`: behind `SEV_STATUS_` it may as well be a state of a machine. */
const STATES: readonly string[] = ["ENABLED", "ACTIVE"];

/** What names call a bit behind their prefix, by register. */
const STEMS = new Map(
  FEATURES.flatMap((row) => stemsOf(row).map((stem) => [stem, row.bit] as const)),
);

/** Linux' names, the SVSM's and KVM's, each also without its `SEV_` or `SNP_`, and without `_ENABLED` or `_ACTIVE`. */
function stemsOf({ macros, aliases, name }: FeatureRow): string[] {
  // A reserved bit has the names of several bits, or none.
  if (name === null) return [];
  const others = aliases.filter(({ source }) => source === "svsm" || source === "kvm");
  return [...macros, ...others.map((alias) => alias.name)]
    .map((full) => full.replace(/^(?:MSR_AMD64|SVM_SEV_FEAT)_/u, ""))
    .flatMap((stem) => [stem, stem.replace(/_(?:ENABLED|ACTIVE)$/u, "")])
    .flatMap((stem) => [stem, stem.replace(/^(?:SEV|SNP)_/u, "")])
    .filter((stem) => !STATES.includes(stem));
}

/** The constant that a line declares with the value of another bit than its name's; null for any other line. */
export function wrongConstant(line: string): LineHint | null {
  const found = NAME.exec(line);
  if (found === null) return null;
  const [name] = found;
  const bit = bitOf(name);
  const written = bit === null ? null : valueBehind(line, found.index, name.length);
  if (bit === null || written === null) return null;
  const valued = bitIn(written, { isNumber: NUMBER_SUFFIX.test(name), named: bit.bit });
  if (valued === null || valued === bit.bit) return null;
  const span = { start: found.index, end: found.index + name.length };
  return { kind: "constant", name, register: bit.register, named: bit.bit, valued, ...span };
}

/** The bit that a name is of, counted in its register. */
function bitOf(name: string): { register: FeatureRegister; bit: number } | null {
  const of = PREFIXES.find(({ prefix }) => name.startsWith(prefix));
  if (of === undefined) return null;
  const stem = name
    .slice(of.prefix.length)
    .replace(NUMBER_SUFFIX, "")
    .replace(/_MASK$/u, "");
  const statusBit = STEMS.get(stem);
  if (statusBit === undefined) return null;
  const bit = of.register === "sev-status" ? statusBit : featuresBitOf(statusBit);
  return bit < 0 ? null : { register: of.register, bit };
}

/** The number that is declared behind a name; null where there is none, or more than a number. */
function valueBehind(line: string, start: number, length: number): Written | null {
  const before = BEFORE.exec(line.slice(0, start));
  if (before === null) return null;
  const behind = line.slice(start + length);
  const assigned = ASSIGNED.exec(behind)?.[0];
  const isDefined = before.groups?.["define"] !== undefined && /^\s/u.test(behind);
  if (assigned === undefined && !isDefined) return null;
  const value = behind.slice(isDefined ? 0 : (assigned?.length ?? 0));
  return writtenNumber(value.slice(0, value.search(END)));
}

/**
 * The bit that a number stands for beside a name; null where it is none, or may be an ordinal. A number that can be read as
 * the name's own bit is that one.
 */
function bitIn({ form, value }: Written, of: { isNumber: boolean; named: number }): number | null {
  const set = setBits(value);
  const masked = set.length === 1 ? (set[0] ?? null) : null;
  if (form === "mask") return masked;
  const counted = value <= 63n ? Number(value) : null;
  if (masked === of.named || counted === of.named) return of.named;
  if (of.isNumber) return counted;
  return form === "hex" ? masked : null;
}
