import type { ExitFields, TerminationReason } from "../ghcb";
import type { Span } from "../text/span";
import type { NoticeId } from "./notices";
import type { Software } from "./software";

export type { NoticeId } from "./notices";
export type { Software } from "./software";

/** Whose SEV_FEATURES a value is. */
export type FeaturesRole = "guest" | "requested" | "supported" | "allowed" | "missing";

export type HypervisorFeaturesRole = "supported" | "required" | "missing";

/** How a guest asked to be terminated; null where the text does not tell. */
export type Via = "nae" | "msr" | "efi-stub" | null;

/** The termination of a guest. `unsupported` is in SEV_STATUS bit positions. */
export interface Ending {
  readonly via: Via;
  readonly reason: TerminationReason | null;
  readonly unsupported: bigint | null;
  /** SW_EXITINFO1 has bits set that the GHCB specification leaves no room for. */
  readonly unreadable?: true;
  /**
   * The VMM took set and code out of whatever KVM handed it, and does not show that. It may be the address of a GHCB,
   * and they are digits of it then: `via` and `reason` are what is likely.
   */
  readonly isLikely?: true;
  /** The host's hypervisor, where the text shows that it is not KVM: then no KVM has a log. */
  readonly hypervisor?: "mshv";
}

/** A field of a GHCB dump. One that is not valid was not set for this exit. */
export interface SnapshotField {
  readonly value: bigint;
  readonly valid: boolean;
}

/** What a text states. The kinds are those of the command line's JSON. */
export type Fact =
  | {
      readonly kind: "sev-status";
      readonly value: bigint;
      /** A lower bound: the text names bits, and not every bit has a name. */
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
  | ({
      readonly kind: "termination";
      /** The GHCB fields that stated it. */
      readonly exit?: ExitFields;
      /** The GHCB MSR value that stated it. */
      readonly msr?: bigint;
    } & Ending)
  | {
      readonly kind: "ghcb";
      readonly exitCode: SnapshotField | null;
      readonly exitInfo1: SnapshotField | null;
      readonly exitInfo2: SnapshotField | null;
      /** Null for any other exit than a termination. */
      readonly ending: Ending | null;
    }
  | ({
      readonly kind: "vmgexit";
      /** The fields hold the hypervisor's answer, not the guest's request. */
      readonly answer?: true;
      /** The GHCB MSR value that the text shows beside the fields. */
      readonly msr?: bigint;
    } & ExitFields)
  | {
      readonly kind: "ghcb-msr";
      readonly value: bigint;
      /** The GHCB fields that the text shows beside it; they are not the request. */
      readonly exit?: ExitFields;
    }
  | {
      readonly kind: "hypervisor-features";
      readonly value: bigint;
      readonly role: HypervisorFeaturesRole;
    }
  | {
      readonly kind: "guest-request-error";
      readonly value: bigint;
      /** The firmware's status alone; it may be that of another command, as of a launch. */
      readonly isStatus?: true;
      /** It is why a VMM did not start its guest. */
      readonly isLaunch?: true;
      /** It is why the host's driver could not start the firmware. */
      readonly isHostStart?: true;
    }
  | {
      readonly kind: "guest-kernel";
      readonly release: string;
      /** The whole banner from `Linux version` on. Distributions name the upstream release in it. */
      readonly banner: string;
    }
  | { readonly kind: "notice"; readonly id: NoticeId };

/** A fact of one kind. */
export type FactOf<Kind extends Fact["kind"]> = Extract<Fact, { readonly kind: Kind }>;

/**
 * Which part of its fact a token shows.
 * - `value`: the fact's value. `tested`: bits that source code tests or sets, which nobody has.
 * - `exitCode`, `exitInfo1`, `exitInfo2`: a GHCB field, to be read with the other two.
 * - `processorExitCode`: an exit code beside EXITINFO fields of the processor, which are not the GHCB's.
 * - `repeated-info`: SW_EXITINFO1 in the place of SW_EXITINFO2. `msr`: the GHCB MSR.
 * - `reason`: why a guest terminated. `unsupported`: the features that an EFI stub refused.
 * - `message`: a message without a value.
 */
export type Field =
  | "value"
  | "tested"
  | keyof ExitFields
  | "processorExitCode"
  | "repeated-info"
  | "msr"
  | "reason"
  | "unsupported"
  | "message";

/** A text that a hover explains. `line` counts from 0. */
export interface Token extends Span {
  readonly line: number;
  readonly field: Field;
}

/**
 * What one place of a log states. `start` and `end` are those of the text that carries the value, or of the whole
 * message. Tokens of a block may stand on later lines.
 */
export interface Match extends Span {
  readonly fact: Fact;
  readonly tokens: readonly Token[];
  /** Source code or prose mentions the value: it can be explained, but is no finding. */
  readonly isMentioned?: true;
}

/** A text and where it stands in the file. `line` counts from 0. */
export interface Place extends Span {
  readonly line: number;
  /** The text as it stands in the file, escape sequences included: not to be shown as it is. */
  readonly text: string;
}

/** A match with its place. That of a block stands on its first line, its tokens on any of its lines. */
export interface BlockMatch extends Match, Place {}

/** A match with its place, and who printed it. */
export interface PlacedMatch extends BlockMatch {
  readonly software: Software;
  /** The name of the format that matched. */
  readonly format: string;
}

/** A placed match with the boot that it belongs to. Boots count from 1. */
export interface Finding extends PlacedMatch {
  readonly boot: number;
}
