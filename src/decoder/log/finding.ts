import type { TerminationReason } from "../ghcb";
import type { Recognised } from "./reading";

/** Who printed a line. `named` is nobody in particular: a value beside its register's name. */
export type Software =
  | "kvm"
  | "linux"
  | "edk2"
  | "svsm"
  | "qemu"
  | "openvmm"
  | "cloud-hypervisor"
  | "rust-vmm"
  | "virtee"
  | "msr-tools"
  | "sev-snp-measure"
  | "igvm"
  | "named";

/** Messages that carry no value of ours, and are worth knowing all the same; `report/notices.ts` says why. */
export const NOTICE_IDS = [
  "kvm.exit-system-event",
  "kvm.ghcb-usage",
  "kvm.dump-invalid-vmcb",
  "kvm.debug-swap-es-init",
  "kvm.ap-creation",
  "linux.sev-es-cpu-features",
  "linux.ghcb-page",
  "linux.no-rdrand",
  "linux.cc-blob-not-cpuid",
  "linux.cc-blob-not-status",
  "linux.vmpck-disabled",
  "linux.secure-avic-msr",
  "linux.tsc-factor",
  "edk2.rmpadjust",
  "edk2.ap-destroy",
  "edk2.mmio-opcode",
  "svsm.required-features",
  "svsm.unsupported-features",
  "svsm.ghcb-version",
  "svsm.unexpected-response",
  "qemu.snp-not-in-vmsa",
  "qemu.features-need-es",
  "qemu.tsc-frequency",
  "qemu.igvm-sev-features",
  "msr-tools.cannot-read",
  "virtee.cannot-read",
] as const;

export type NoticeId = (typeof NOTICE_IDS)[number];

/** Whose SEV_FEATURES a value is. */
export type FeaturesRole = "guest" | "requested" | "supported" | "allowed" | "missing";

export type HypervisorFeaturesRole = "supported" | "required" | "missing";

/** How a guest asked for its end; null where the text does not tell. */
export type Via = "nae" | "msr" | "efi-stub" | null;

/** The end of a guest. `unsupported` is in SEV_STATUS bit positions. */
export interface Ending {
  readonly via: Via;
  readonly reason: TerminationReason | null;
  readonly unsupported: bigint | null;
  /** A reason was told, and is none that the GHCB specification has room for. */
  readonly unreadable?: true;
}

/** A field of a GHCB snapshot; one that is not valid was not set for this exit. */
export interface SnapshotField {
  readonly value: bigint;
  readonly valid: boolean;
}

/** What a finding says; the kinds are those of the command line's contract. */
export type Fact =
  | {
      readonly kind: "sev-status";
      readonly value: bigint;
      /** The text names bits and cannot show all: the register holds at least these. */
      readonly atLeast?: true;
      /** The bits that the text would name if they were set. */
      readonly shows?: bigint;
      /** Made up by Linux' Hyper-V code, not read from the register (a lone vTom). */
      readonly synthetic?: true;
    }
  | {
      readonly kind: "sev-features";
      /** In SEV_FEATURES bit positions. */
      readonly value: bigint;
      readonly role: FeaturesRole;
      readonly atLeast?: true;
    }
  | ({ readonly kind: "termination" } & Ending)
  | {
      readonly kind: "ghcb";
      readonly exitCode: SnapshotField | null;
      readonly exitInfo1: SnapshotField | null;
      readonly exitInfo2: SnapshotField | null;
      /** Null where the exit is no termination. */
      readonly ending: Ending | null;
    }
  | {
      readonly kind: "vmgexit";
      readonly exitCode: bigint | null;
      readonly exitInfo1: bigint | null;
      readonly exitInfo2: bigint | null;
      /** The fields hold the hypervisor's answer, not the guest's request. */
      readonly answer?: true;
    }
  | { readonly kind: "ghcb-msr"; readonly value: bigint }
  | {
      readonly kind: "hypervisor-features";
      readonly value: bigint;
      readonly role: HypervisorFeaturesRole;
    }
  | { readonly kind: "guest-request-error"; readonly value: bigint }
  | {
      readonly kind: "guest-kernel";
      readonly release: string;
      /** The banner from `Linux version` on: a distribution's names its upstream release there. */
      readonly banner: string;
    }
  | { readonly kind: "notice"; readonly id: NoticeId };

/** UTF-16 offsets into a line, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text that a hover explains, on a line that counts from 0. */
export interface Part extends Recognised {
  readonly line: number;
}

/**
 * What one place of a log says. `start` and `end` are in the line as it stands in the file: the text that
 * carries the value, or the whole message. `line` counts from 0, `boot` from 1. Parts may stand on later
 * lines: a block is one finding, at its first line.
 */
export interface Finding extends Span {
  readonly line: number;
  /** The token as it stands in the file, escape sequences included: not to be shown raw. */
  readonly text: string;
  readonly boot: number;
  readonly software: Software;
  /** The name of the format that it was found by, one of its software's. */
  readonly format: string;
  readonly fact: Fact;
  readonly parts: readonly Part[];
}

/** A fact of one kind. */
export type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { readonly kind: Kind }>;
