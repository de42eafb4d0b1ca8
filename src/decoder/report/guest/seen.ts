import type { Assessed } from "../../guest/assessment";
import { BELOW } from "../../guest/below";
import type { BootPath } from "../../guest/catalog/row";
import type { Refusal, Verdict } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { hexShort } from "../../text/u64";
import type { SeenInBrief } from "../glance";
import type { Phrase } from "../phrase";
import { code, plain, say } from "../phrase";

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
  const { guest } = assessment;
  switch (verdict.outcome) {
    case "refuses": {
      const lines = [...refusalLines(verdict), ...(path === "efi-stub" ? laterLine(verdict) : [])];
      return { title, steps: stepsTo(steps, checker, "stops"), lines };
    }
    case "undefined":
      return {
        title,
        steps: stepsTo(steps, "Kernel", "unsure"),
        lines: [uncheckedLine(verdict, guest)],
      };
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

function uncheckedLine(
  { unchecked }: Verdict & { readonly outcome: "undefined" },
  { snpGuest, distribution }: GuestProfile,
): SeenLine {
  const seen = (note: Phrase): SeenLine => ({ where: "Every log", line: null, note });
  if (unchecked === "on-boot-path")
    return seen(
      say`No check runs on this path: the kernel may work, hang or corrupt its state, and no line says which.`,
    );
  if (!snpGuest)
    return distribution === null
      ? seen(say`The kernel has no SEV-SNP guest code (added in 5.19): do not expect it to run.`)
      : seen(
          say`This kernel has no SEV-SNP guest code at all, or it is compiled out: do not expect it to run.`,
        );
  return distribution === null
    ? seen(
        say`The kernel predates the check (6.2, and 6.1.9 in 6.1.y): it may work, hang or corrupt its state, and no line says which.`,
      )
    : seen(
        say`This kernel has no check: it may work, hang or corrupt its state, and no line says which.`,
      );
}

/** When a kernel that an EFI stub starts finds the GHCB version too old. */
function laterLine(refusal: Refusal): SeenLine[] {
  return refusal.how === "ghcb-msr-termination" && refusal.unsupported === 0n
    ? [
        {
          where: "When",
          line: null,
          note: say`After ExitBootServices (seen in 6.1.170, else inferred).`,
        },
      ]
    : [];
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
          line: SVSM_HOST_LINE,
          note: say`GHCB MSR ${hexShort(refusal.ghcbMsr)}. It carries no mask.`,
        },
      ];
  }
}

const WAYS: readonly (readonly [BootPath, string])[] = [
  ["efi-stub", "OVMF, EFI stub"],
  ["decompressor", "IGVM or direct"],
  ["uncompressed", "vmlinux"],
];

/**
 * What each way to start a guest shows, one line each, ways with the same line together; empty for a guest that boots.
 * `path`: of this way alone.
 */
export function seenInBrief(assessment: Assessed, path: BootPath | null = null): SeenInBrief[] {
  const { verdict } = assessment;
  if (verdict.outcome !== "refuses" && verdict.outcome !== "undefined") return [];
  if (verdict.outcome === "refuses" && verdict.how === "svsm-panic")
    return [{ ways: EVERY_WAY, text: refusalInBrief(verdict) }];
  const byText = new Map<string, SeenInBrief>();
  for (const [one, name] of WAYS) {
    if (path !== null && one !== path) continue;
    const text = wayInBrief(assessment.on(one) ?? verdict, assessment.guest);
    const before = byText.get(plain(text));
    byText.set(plain(text), {
      ways: before === undefined ? name : `${before.ways}, ${name}`,
      text,
    });
  }
  const ways = [...byText.values()];
  return ways.length === 1 && path === null
    ? ways.map(({ text }) => ({ ways: EVERY_WAY, text }))
    : ways;
}

const EVERY_WAY = "Every boot";

function wayInBrief(verdict: Verdict, { snpGuest }: GuestProfile): Phrase {
  switch (verdict.outcome) {
    case "refuses":
      return refusalInBrief(verdict);
    case "undefined":
      if (verdict.unchecked === "by-kernel" && !snpGuest)
        return say`no SEV-SNP guest code: do not expect it to run°`;
      return say`no check: it may work, hang or corrupt its state; no line says which`;
    case "boots":
    case "not-snp":
    case "not-reached":
      return say`nothing`;
  }
}

function refusalInBrief(refusal: Refusal): Phrase {
  switch (refusal.how) {
    case "ghcb-termination":
      return say`host: ${code(hostLine(refusal.exitInfo1, refusal.exitInfo2))}°`;
    case "ghcb-msr-termination":
      return refusal.unsupported === 0n
        ? say`host: ${code(MSR_LINE)}`
        : say`host: ${code(MSR_LINE)} – the mask is lost°`;
    case "efi-unsupported":
      return refusal.showsMask
        ? say`console: ${code(refusal.message)} · host: nothing`
        : say`console: ${code(refusal.message)} – no mask · host: nothing`;
    case "svsm-panic":
      return say`SVSM: ${code(svsmLine(refusal.missing))} · host: ${code(SVSM_HOST_LINE)}`;
  }
}

/** What KVM writes when an SVSM has stopped. */
const SVSM_HOST_LINE = "SEV-ES guest requested termination: 0x0:0x0";

/** What KVM writes of a termination by the MSR protocol with reason set 0, code 2. */
export const MSR_LINE = "SEV-ES guest requested termination: 0x0:0x2";

/** What KVM writes of a termination by the GHCB, from 6.10 on; SW_EXITINFO1 and SW_EXITINFO2. */
function hostLine(exitInfo1: bigint, exitInfo2: bigint): string {
  return `kvm_amd: SEV-ES guest requested termination: reason ${hexShort(exitInfo1)} info ${hexShort(exitInfo2)}`;
}

/** How COCONUT-SVSM begins its message; `missing`: the required SEV_STATUS features that are off. */
function svsmLine(missing: bigint): string {
  return missing === 0n ? "Unsupported features enabled:" : "Required features not available:";
}
