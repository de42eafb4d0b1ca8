import type { FeatureRegister } from "../../features";
import { decodeFeatures } from "../../features";
import type { SourceHint } from "../../source/hints";
import { sourceHints } from "../../source/hints";
import type { Span } from "../../text/span";
import { bitMask, hexShort } from "../../text/u64";
import { REGISTER_LABELS } from "../value/decodeReport";

/** What is likely wrong at a place of source code. Lines count from 0. */
export interface SourceProblem extends Span {
  readonly line: number;
  readonly message: string;
}

/** What is likely wrong in source code that works with SEV_STATUS and SEV_FEATURES, in the order of the lines. */
export function sourceProblemsOf(lines: Iterable<string>): readonly SourceProblem[] {
  return sourceHints(lines).map((hint) => ({
    line: hint.line,
    start: hint.start,
    end: hint.end,
    message: messageOf(hint),
  }));
}

function messageOf(hint: SourceHint): string {
  switch (hint.kind) {
    case "constant":
      return constantMessage(hint);
    case "vmsa-features":
      // Up to 7.3 sev_supported_vmsa_features lacks the bit; a series of 2026-04-02 (KVM: SEV: Advertise
      // SVM_SEV_FEAT_SNP_ACTIVE) would accept it for SNP guests.
      return "Bit 0 (SNPActive) does not belong here: KVM sets it for SNP guests by itself, and up to Linux 7.3 KVM_SEV_INIT2 refuses it in vmsa_features with EINVAL (arch/x86/kvm/svm/sev.c).";
    case "rdmsr-digits":
      return "rdmsr prints SEV_STATUS as hex digits without 0x; here they are read as a decimal number. Put 0x before them, or read them with base 16.";
  }
}

function constantMessage(hint: SourceHint & { readonly kind: "constant" }): string {
  const { name, register, named, valued } = hint;
  const label = REGISTER_LABELS[register];
  const mask = hexShort(bitMask(named));
  const sentence = `${name} has the value of ${bitWithName(register, valued)}; in ${label} it is ${bitWithName(register, named)}, mask ${mask}.`;
  const other = OTHERS[register];
  return valued === named + other.distance
    ? `${sentence} Bit ${valued} is its place in ${REGISTER_LABELS[other.register]}.`
    : sentence;
}

/** The other view of the same features, and how far up a bit of the first one stands there. */
const OTHERS: Readonly<
  Record<FeatureRegister, { readonly register: FeatureRegister; readonly distance: number }>
> = {
  "sev-status": { register: "sev-features", distance: -2 },
  "sev-features": { register: "sev-status", distance: 2 },
};

/** `bit 2 (SEV-SNP)`; the number alone where the bit has no name. */
function bitWithName(register: FeatureRegister, bit: number): string {
  const name = decodeFeatures(register, bitMask(bit)).features[0]?.name ?? `bit ${bit}`;
  return name === `bit ${bit}` ? name : `bit ${bit} (${name})`;
}
