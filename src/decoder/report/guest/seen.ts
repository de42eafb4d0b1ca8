import type { Assessed } from "../../guest/assessment";
import { BELOW } from "../../guest/below";
import type { Refusal, Verdict } from "../../guest/check";
import { hexShort } from "../../text/u64";
import type { Phrase } from "../phrase";
import { say } from "../phrase";

/** One part of the stack that a boot goes through. */
export interface SeenStep {
  readonly name: string;
  /** `unsure`: it goes on without a check, and nobody knows how far. */
  readonly state: "passed" | "stops" | "unsure" | "not-reached";
}

/** What one log shows: a line to look for, or null, with what there is to say of it. */
export interface SeenLine {
  readonly where: string;
  readonly line: string | null;
  readonly note: Phrase;
}

/** One way to start the guest, where it ends, and what each log then shows. Everything in it survives JSON. */
export interface SeenWay {
  readonly title: string;
  readonly steps: readonly SeenStep[];
  readonly lines: readonly SeenLine[];
}

/** What will be seen of a guest with this value: each way to start it, the most usual first. */
export function seenWays(assessment: Assessed): SeenWay[] {
  const { verdict, guest } = assessment;
  if (verdict.outcome === "refuses" && verdict.how === "svsm-panic")
    return [
      {
        title: "Every boot",
        steps: stepsTo(["Host", "COCONUT-SVSM", "Firmware", "Kernel"], "COCONUT-SVSM", "stops"),
        lines: refusalLines(verdict),
      },
    ];
  const below =
    guest.below === undefined || guest.below === "ovmf" ? [] : [BELOW[guest.below].name];
  const hasStubCheck = guest.check?.paths.includes("efi-stub") === true;
  return [
    way(assessment, {
      title: "OVMF and the EFI stub: most guests",
      path: "efi-stub",
      steps: ["Host", ...below, "OVMF", "EFI stub", "Decompressor", "Kernel"],
      checker: hasStubCheck ? "EFI stub" : "Decompressor",
    }),
    way(assessment, {
      title: "IGVM file or direct boot: no EFI stub",
      path: "decompressor",
      steps: ["Host", ...below, "Loader", "Decompressor", "Kernel"],
      checker: "Decompressor",
    }),
    way(assessment, {
      title: "Placed uncompressed (vmlinux: OpenHCL and others)",
      path: "uncompressed",
      steps: ["Host", ...below, "Loader", "Kernel"],
      checker: "Kernel",
    }),
  ];
}

interface WayWish {
  readonly title: string;
  readonly path: "efi-stub" | "decompressor" | "uncompressed";
  readonly steps: readonly string[];
  readonly checker: string;
}

function way(assessment: Assessed, { title, path, steps, checker }: WayWish): SeenWay {
  const verdict = assessment.on(path) ?? assessment.verdict;
  switch (verdict.outcome) {
    case "refuses":
      return { title, steps: stepsTo(steps, checker, "stops"), lines: refusalLines(verdict) };
    case "undefined":
      return { title, steps: stepsTo(steps, "Kernel", "unsure"), lines: [uncheckedLine(verdict)] };
    case "boots":
    case "not-snp":
    case "not-reached":
      return {
        title,
        steps: stepsTo(steps, null, "passed"),
        lines: [{ where: "Every log", line: null, note: say`${SILENT[verdict.outcome]}` }],
      };
  }
}

const SILENT: Readonly<Record<"boots" | "not-snp" | "not-reached", string>> = {
  boots: "The check passes without a word.",
  "not-snp": "SEV-SNP is off: the check does not run.",
  "not-reached": "The kernel does not reach its check, and says nothing.",
};

function uncheckedLine({ unchecked }: Verdict & { readonly outcome: "undefined" }): SeenLine {
  return {
    where: "Every log",
    line: null,
    note:
      unchecked === "by-kernel"
        ? say`This kernel has no check: it may work, hang or corrupt its state, and no line says which.`
        : say`No check runs on this path: the kernel may work, hang or corrupt its state, and no line says which.`,
  };
}

function stepsTo(
  names: readonly string[],
  end: string | null,
  state: SeenStep["state"],
): SeenStep[] {
  const at = end === null ? names.length : names.indexOf(end);
  return names.map((name, index) => ({
    name,
    state: index < at ? "passed" : index === at ? state : "not-reached",
  }));
}

/** The lines of a refusal, in the logs that have them and in those that do not. */
function refusalLines(refusal: Refusal): SeenLine[] {
  const nothing = { where: "Host's kernel log", line: null, note: say`Nothing.` };
  switch (refusal.how) {
    case "ghcb-termination":
      return [
        { where: "Guest's console", line: null, note: say`Nothing of the refusal.` },
        {
          where: "Host's kernel log",
          line: hostLine(refusal.exitInfo1, refusal.exitInfo2),
          note: say`KVM 6.10 and later.`,
        },
        {
          where: "Host's kernel log",
          line: "vmgexit: exit code 0x8000fffe is not valid",
          note: say`A vendor's older KVM: no mask, and the guest hangs.`,
        },
      ];
    case "ghcb-msr-termination":
      return [
        { where: "Guest's console", line: null, note: say`Nothing of the refusal.` },
        {
          where: "Host's kernel log",
          line: MSR_LINE,
          note:
            refusal.because === "ghcb-version"
              ? say`GHCB MSR ${hexShort(refusal.ghcbMsr)}, because the GHCB version is below 2. It carries no mask.`
              : say`GHCB MSR ${hexShort(refusal.ghcbMsr)}: a known bug of this kernel loses the mask, ${hexShort(refusal.unsupported)}.`,
        },
      ];
    case "efi-unsupported":
      return [
        {
          where: "Guest's console",
          line: refusal.message,
          note: refusal.showsMask
            ? say`Then the firmware takes over.`
            : say`Without the mask, which is ${hexShort(refusal.unsupported)}. Then the firmware takes over.`,
        },
        nothing,
      ];
    case "svsm-panic":
      return [
        {
          where: "SVSM's console",
          line: svsmLine(refusal.missing),
          note: say`With the names of the features.`,
        },
        {
          where: "Host's kernel log",
          line: "SEV-ES guest requested termination: 0x0:0x0",
          note: say`GHCB MSR ${hexShort(refusal.ghcbMsr)}. It carries no mask.`,
        },
      ];
  }
}

/** What KVM writes of a termination by the MSR protocol with reason set 0, code 2. */
export const MSR_LINE = "SEV-ES guest requested termination: 0x0:0x2";

/** What KVM writes of a termination by the GHCB, from 6.10 on; SW_EXITINFO1 and SW_EXITINFO2. */
export function hostLine(exitInfo1: bigint, exitInfo2: bigint): string {
  return `kvm_amd: SEV-ES guest requested termination: reason ${hexShort(exitInfo1)} info ${hexShort(exitInfo2)}`;
}

/** How COCONUT-SVSM begins its message; `missing`: the required SEV_STATUS features that are off. */
export function svsmLine(missing: bigint): string {
  return missing === 0n ? "Unsupported features enabled:" : "Required features not available:";
}
