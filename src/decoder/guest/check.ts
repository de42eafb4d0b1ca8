import { ghcbMsrTermination, info1ForReason } from "../ghcb";
import { bitMask, hasBit, hexShort } from "../text/u64";
import { SEV_SNP, SEV_SNP_BIT, featureNames, featureRow } from "../features";
import type { Passage } from "./below";
import { passage } from "./below";
import { CATALOG } from "./catalog/catalog";
import type { KernelBug } from "./catalog/bugs";
import type { BootPath, CheckingPath } from "./catalog/row";
import type { Checking } from "./checking";

/** The termination Linux asks for: reason set 0 (GHCB specification), code 2 (SNP features unsupported). */
const REASON_SET = 0;
const REASON_CODE = 2;
/** The general reason of set 0. */
const GENERAL_CODE = 0;
/** SEV-SNP needs GHCB protocol version 2, and so does the termination NAE event, which alone carries the mask. */
const SNP_VERSION = 2;
/** What the EFI stub prints before it returns to the firmware, as far as every kernel with the test has it. */
const STUB_MESSAGE = "Unsupported SEV-SNP features detected";

/** How a guest is booted, as far as its check depends on it. */
export interface BootConditions {
  /** The boot path. A kernel without a check in its EFI stub makes it in the decompressor on that path too. */
  readonly boot: BootPath;
  /** The GHCB protocol version that guest and hypervisor agreed on. */
  readonly ghcbVersion: number;
}

/** The decompressor checks, and terminates by the GHCB. */
export const DEFAULT_BOOT: BootConditions = { boot: "decompressor", ghcbVersion: 2 };

/** What the guest does. All masks are in SEV_STATUS bit positions. */
export type Verdict =
  | {
      /** `not-reached`: the software below the kernel hides the value, or its loader goes around the check. */
      readonly outcome: "not-snp" | "not-reached" | "boots";
      readonly unsupported: 0n;
      readonly lacks: readonly [];
    }
  | {
      /** No check, but enabled features that it has no code for. */
      readonly outcome: "undefined";
      readonly unchecked: "by-kernel" | "on-boot-path";
      readonly unsupported: bigint;
      readonly lacks: readonly string[];
    }
  | Refusal;

export type Refusal = {
  readonly outcome: "refuses";
  /** SEV_STATUS & required & ~implemented; 0 only where the GHCB version is what the kernel refuses. */
  readonly unsupported: bigint;
  readonly lacks: readonly string[];
} & (
  | {
      readonly how: "ghcb-termination";
      readonly exitInfo1: bigint;
      readonly exitInfo2: bigint;
    }
  | {
      readonly how: "ghcb-msr-termination";
      readonly ghcbMsr: bigint;
      /** Why the kernel does not use the event with the mask. */
      readonly because: "ghcb-version" | KernelBug;
    }
  | {
      readonly how: "efi-unsupported";
      /** Whether the stub's message ends with the mask. */
      readonly showsMask: boolean;
      /** The console line, or the part of it that is known. */
      readonly message: string;
    }
  | {
      /** The SVSM below the kernel stops; `unsupported` is what it does not support. */
      readonly how: "svsm-panic";
      /** The features that it requires and that are off. */
      readonly missing: bigint;
      readonly ghcbMsr: bigint;
    }
);

/** Who stops the boot. */
export function refuserOf({ how }: Refusal): "kernel" | "svsm" {
  return how === "svsm-panic" ? "svsm" : "kernel";
}

/** The features that need code in the newest kernel of the catalog; used for kernels without a check. */
export const NEWEST_REQUIRED: bigint = CATALOG.at(-1)?.masks?.required ?? 0n;

/**
 * The enabled features that the guest kernel has no code for, or that the software below it does not support. For a
 * kernel without a check: those that need code in the newest kernel, and SEV-SNP itself if it has no SNP guest code.
 */
export function lackingFeatures(status: bigint, guest: Checking): bigint {
  if (!hasBit(status, SEV_SNP_BIT) || guest.isNotReached === true) return 0n;
  const { isChecked, unsupported, seen } = passage(status, guest.below);
  return isChecked ? unsupported | lackingInKernel(seen, guest) : 0n;
}

function lackingInKernel(status: bigint, guest: Checking): bigint {
  if (guest.check !== null) return status & guest.check.required & ~guest.check.implemented;
  return status & (guest.snpGuest ? NEWEST_REQUIRED : NEWEST_REQUIRED | SEV_SNP);
}

/** The features that the guest refuses, or has no code for, while SEV-SNP is on. SEV-SNP itself does not count. */
export function refusedBy(features: bigint, guest: Checking): bigint {
  return lackingFeatures(features | SEV_SNP, guest) & features;
}

/** Every feature that some kernel of the catalog refuses: a mask of unsupported features has no other bits. */
export const EVER_REFUSED: bigint = CATALOG.reduce(
  (all, { masks }) => (masks === null ? all : all | (masks.required & ~masks.implemented)),
  0n,
);

/** Where this kernel, booted by this path, makes its check; null where nothing checks. */
export function checkingPlace({ check: own }: Checking, boot: BootPath): CheckingPath | null {
  if (own === null || boot === "uncompressed") return null;
  return boot === "efi-stub" && own.paths.includes("efi-stub") ? "efi-stub" : "decompressor";
}

/**
 * What a guest does when it boots with this SEV_STATUS value: the kernel's own test, predicted.
 * Source: snp_check_features() and snp_get_unsupported_features() of arch/x86/boot/compressed/sev.c.
 */
export function check(
  status: bigint,
  guest: Checking,
  { boot, ghcbVersion }: BootConditions = DEFAULT_BOOT,
): Verdict {
  if (!hasBit(status, SEV_SNP_BIT)) return { outcome: "not-snp", unsupported: 0n, lacks: [] };
  const below = passage(status, guest.below);
  if (!below.isChecked || guest.isNotReached === true)
    return { outcome: "not-reached", unsupported: 0n, lacks: [] };
  if (below.missing !== 0n || below.unsupported !== 0n) return panic(below);
  const unsupported = lackingInKernel(below.seen, guest);
  const lacks = featureNames(unsupported);
  const refusal = { outcome: "refuses", unsupported, lacks } as const;
  const place = checkingPlace(guest, boot);
  if (place === "efi-stub" && unsupported !== 0n)
    return { ...refusal, how: "efi-unsupported", ...stubMessage(unsupported, guest) };
  const ghcbMsr = ghcbMsrTermination(REASON_SET, REASON_CODE);
  const withoutMask = { ...refusal, how: "ghcb-msr-termination", ghcbMsr } as const;
  // Every kernel with SEV-SNP guest code asks for the hypervisor's SNP feature, for which it needs that version.
  if (guest.snpGuest && ghcbVersion < SNP_VERSION)
    return { ...withoutMask, because: "ghcb-version" };
  if (unsupported === 0n) return { outcome: "boots", unsupported, lacks: [] };
  if (place === null) {
    const unchecked = guest.check === null ? "by-kernel" : "on-boot-path";
    return { outcome: "undefined", unsupported, lacks, unchecked };
  }
  const bug = bugsAt(guest, place).find(({ effect }) => effect === "hides-mask");
  if (bug !== undefined) return { ...withoutMask, because: bug };
  const exitInfo1 = info1ForReason(REASON_SET, REASON_CODE);
  return { ...refusal, how: "ghcb-termination", exitInfo1, exitInfo2: unsupported };
}

/** The known bugs of a kernel that show at a place of a boot. */
export function bugsAt({ bugs = [] }: Checking, place: CheckingPath): readonly KernelBug[] {
  return bugs.filter(({ path }) => path === place);
}

/** What the EFI stub prints. RHEL 8's line is the bare message, without prefix and mask (source: arch/x86/boot/compressed/eboot.c of 4.18.0-553.66.1). */
function stubMessage(unsupported: bigint, { check: own }: Checking) {
  return own?.stubHidesMask === true
    ? { showsMask: false, message: STUB_MESSAGE }
    : { showsMask: true, message: `EFI stub: ERROR: ${STUB_MESSAGE}: ${hexShort(unsupported)}` };
}

/** The SVSM's panic handler asks for termination with the general reason, by the MSR protocol. */
function panic({ missing, unsupported }: Passage): Refusal {
  const ghcbMsr = ghcbMsrTermination(REASON_SET, GENERAL_CODE);
  const lacks = featureNames(unsupported);
  return { outcome: "refuses", unsupported, lacks, how: "svsm-panic", missing, ghcbMsr };
}

/** Whether the boot continues: nothing is missing, SEV-SNP is off, or the check is not reached. */
export function goesOn({ outcome }: Pick<Verdict, "outcome">): boolean {
  return outcome === "boots" || outcome === "not-snp" || outcome === "not-reached";
}

/** What the guest does with one feature. */
export type FeatureStanding = "needs-no-code" | "implements" | "lacks" | "unchecked";

/**
 * What this guest kernel does with one SEV_STATUS bit, enabled or not.
 * `unchecked`: the kernel has no check, and the newest kernel asks for no code either.
 */
export function standing(bit: number, guest: Checking): FeatureStanding {
  const mask = bitMask(bit);
  if (featureRow(bit).need === "base") {
    return bit === SEV_SNP_BIT && !guest.snpGuest ? "lacks" : "implements";
  }
  const { unsupported, seen } = passage(mask, guest.below);
  if (unsupported !== 0n) return "lacks";
  if (seen === 0n) return "needs-no-code";
  if (guest.isNotReached === true) return "unchecked";
  if (guest.check === null) {
    return refusedBy(mask, guest) === 0n ? "unchecked" : "lacks";
  }
  if ((guest.check.required & mask) === 0n) return "needs-no-code";
  return (guest.check.implemented & mask) === 0n ? "lacks" : "implements";
}
