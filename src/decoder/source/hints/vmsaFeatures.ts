import { hasBit } from "../../text/u64";
import type { LineHint } from "./hint";
import { writtenNumber } from "./number";

/** The names of the command and of its structure in C, Rust and others. */
const INIT2 = /\b(?:KVM_SEV_INIT2|kvm_sev_init|KvmSevInit2?)\b/u;

/** A value given to the structure's field; `|=` is KVM's own. */
const FIELD = /\bvmsa_features["']?\s*[:=](?![:=>])(?<value>[^;,}]{1,200})/u;

const SNP_ACTIVE = "SVM_SEV_FEAT_SNP_ACTIVE";

/** Whether a text is about KVM_SEV_INIT2, as far as this line tells. */
export function namesInit2(line: string): boolean {
  return INIT2.test(line);
}

/** SNPActive (SEV_FEATURES bit 0) in the field `vmsa_features`; what else a text calls so is the caller's to know. */
export function snpActiveIn(line: string): LineHint | null {
  const found = line.includes("vmsa_features") ? FIELD.exec(line) : null;
  const value = found?.groups?.["value"]?.replace(/\/[*/].*$/u, "") ?? "";
  if (found === null || !hasSnpActive(value)) return null;
  const start = found.index;
  return { kind: "vmsa-features", start, end: start + "vmsa_features".length };
}

/** Each part of an OR is a number or a name; anything else (`& ~`, a call) may leave the bit out. */
function hasSnpActive(expression: string): boolean {
  const parts = expression.split("|").map((part) => part.trim());
  if (!parts.every((part) => /^\w+$/u.test(part) || writtenNumber(part) !== null)) return false;
  return parts.some((part) => part === SNP_ACTIVE || hasBit(writtenNumber(part)?.value ?? 0n, 0));
}
