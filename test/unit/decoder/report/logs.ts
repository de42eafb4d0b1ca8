import type { Choice } from "../../../../src/decoder/boot/assessed";
import { DocumentBoots } from "../../../../src/decoder/boot/document";
import { guestProfile } from "../../../../src/decoder/guest/profile";

export const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
export const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";
export const STUB_REFUSAL = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
export const KVM_REFUSAL =
  "[  512.104233] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";
export const KVM_END = "[  802.998201] kvm_amd: SEV-ES guest requested termination: 0x1:0x2";

/** The index of a document with these lines, read to its end. */
export function logOf(...lines: readonly string[]): DocumentBoots {
  const log = new DocumentBoots(lines.length);
  log.read((line) => lines[line], Infinity);
  return log;
}

/** A kernel that the user chose for the workspace. */
export function chosen(text: string): Choice {
  const profile = guestProfile(text);
  if (profile === null) throw new Error(`${text} is no kernel`);
  return { profile, by: "workspace" };
}
