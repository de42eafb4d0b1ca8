import { SEV_AND_ES, SEV_SNP } from "../features";
import { bitMask, hasBit, maskOf } from "../text/u64";
import type { Evidence } from "./catalog/row";
import { DEBUG_SWAP } from "./catalog/behaviour";

export const BELOW_IDS = ["svsm", "paravisor", "ovmf"] as const;

/** Software that runs below a guest's kernel, as in `6.12.80+svsm`. */
export type BelowId = (typeof BELOW_IDS)[number];

/** What the software below the kernel does with SEV_STATUS before the kernel starts. */
export type Stage =
  | {
      /** It checks the value itself, and gives the kernel another one. Masks are in SEV_STATUS bit positions. */
      readonly does: "check";
      /** It stops if one of these is off. */
      readonly required: bigint;
      /** It stops if one of these is on. */
      readonly unsupported: bigint;
      /** It clears these in the kernel's SEV_STATUS. */
      readonly hidden: bigint;
    }
  /** With vTom it hides the value from the kernel, which then makes no check. */
  | { readonly does: "hide" }
  /** It leaves the check to the kernel. */
  | { readonly does: "nothing" };

/** One kind of software below the kernel. */
export interface BelowRow extends Evidence {
  readonly name: string;
  readonly stage: Stage;
}

export const VTOM_BIT = 3;
const RESTRICTED_INJECTION = bitMask(5);
/** ReflectVC, AI, VmplSSS, SecureTSC and VMSARegProt: named in its flags, and neither required nor supported. */
const NOT_IN_SVSM = maskOf([4, 6, 10, 11, 16]);
/** SEV_STATUS bits that the SVSM has no flag for; it drops them before its check, and from the guest's VMSA. */
const UNKNOWN_TO_SVSM = maskOf([12, 13, 14, 15, ...Array.from({ length: 46 }, (_, n) => n + 18)]);

export const BELOW: Readonly<Record<BelowId, BelowRow>> = {
  svsm: {
    name: "COCONUT-SVSM",
    stage: {
      does: "check",
      required: SEV_AND_ES | SEV_SNP | RESTRICTED_INJECTION | DEBUG_SWAP,
      unsupported: NOT_IN_SVSM,
      hidden: RESTRICTED_INJECTION | DEBUG_SWAP | UNKNOWN_TO_SVSM,
    },
    source:
      "coconut-svsm/svsm @ f4bc4bcd: kernel/src/sev/status.rs (its check), kernel/src/cpu/vmsa.rs (the guest's SEV_FEATURES); kernel/src/svsm.rs and platform/snp.rs @ 005ab2a3e42cbf70a2385d24070817f118c5ca54 (how it ends)",
    verification: "verified",
    note: "What COCONUT-SVSM requires and supports is as its commit f4bc4bcd (August 2026) has it. It requires DebugSwap, and hides it from the kernel, since v2026.01-devel (pull request 897); before, it passed DebugSwap on. It requires RI since v2026.06-devel (pull request 259). With alternate injection configured the kernel sees AI besides.",
  },
  paravisor: {
    name: "a paravisor",
    stage: { does: "hide" },
    source:
      "microsoft/openvmm @ 1488a37b openhcl/virt_mshv_vtl/src/processor/snp/mod.rs (CPUID 0x8000001F is 0 for the kernel); Linux 7.3.4 arch/x86/boot/compressed/sev.c (without it SEV_STATUS is not read); list mail 20240214163725.GA13407@linuxonhyperv3 (such guests boot)",
    verification: "verified",
    note: "That the paravisor hides SEV from the kernel's CPUID is read in OpenHCL's source. For the closed paravisor that Azure had before, it is inferred.",
  },
  ovmf: {
    name: "OVMF",
    stage: { does: "nothing" },
    source:
      "tianocore/edk2 @ c5aa7e7d: no check of SEV_STATUS features in OvmfPkg, UefiCpuPkg and MdePkg",
    verification: "verified",
    note: "OVMF starts a kernel by its EFI stub, where that makes the check from 6.6 and 6.1.81 on. OVMF itself checks no feature.",
  },
};

export function isBelowId(text: string): text is BelowId {
  return BELOW_IDS.some((id) => id === text);
}

const SUFFIX = /\+(?<below>svsm|paravisor|ovmf)(?=(?:\+secure-avic)?$)/iu;
/** No suffix is longer, with the one that may follow it. */
const LONGEST_SUFFIX = 32;

/** Splits `+svsm`, `+paravisor` or `+ovmf` off a GUEST; `below` is null without one. */
export function splitBelow(text: string): {
  readonly guest: string;
  readonly below: BelowId | null;
} {
  const trimmed = text.trim();
  const start = Math.max(0, trimmed.length - LONGEST_SUFFIX);
  const found = SUFFIX.exec(trimmed.slice(start));
  const below = found?.groups?.["below"]?.toLowerCase() ?? "";
  if (found === null || !isBelowId(below)) return { guest: text, below: null };
  const at = start + found.index;
  return { guest: trimmed.slice(0, at) + trimmed.slice(at + found[0].length), below };
}

/** What happens to a SEV_STATUS value before the kernel starts. */
export interface Passage {
  /** Whether the kernel's check is reached. */
  readonly isChecked: boolean;
  /** The features that the software below the kernel requires and that are off. */
  readonly missing: bigint;
  /** The enabled features that make it stop. */
  readonly unsupported: bigint;
  /** The SEV_STATUS that the kernel reads. */
  readonly seen: bigint;
}

/** The SEV_STATUS features without which the software below the kernel stops. */
export function requiredBelow(below: BelowId | undefined): bigint {
  const stage = below === undefined ? null : BELOW[below].stage;
  return stage?.does === "check" ? stage.required : 0n;
}

/** How a SEV_STATUS value reaches the kernel; `undefined`: nothing runs below it. */
export function passage(status: bigint, below: BelowId | undefined): Passage {
  const stage: Stage = below === undefined ? { does: "nothing" } : BELOW[below].stage;
  switch (stage.does) {
    case "nothing":
      return { isChecked: true, missing: 0n, unsupported: 0n, seen: status };
    case "hide":
      return { isChecked: !hasBit(status, VTOM_BIT), missing: 0n, unsupported: 0n, seen: status };
    case "check":
      return {
        isChecked: true,
        missing: stage.required & ~status,
        unsupported: status & stage.unsupported,
        seen: status & ~stage.hidden,
      };
  }
}
