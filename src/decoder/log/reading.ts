import type { Register } from "../register/decode";
import type { ExitFields } from "../ghcb";
import type { HypervisorFeaturesRole, NoticeId, Part, Software, Span, Fact } from "./finding";
import type { LineText } from "./line/lineText";

/** What a text on a line stands for, once the line has said so. */
export type Reading =
  | {
      readonly kind: "register";
      readonly register: Register;
      readonly value: bigint;
      /** The text names bits and cannot show all: the register holds at least these. */
      readonly atLeast?: true;
      /** The bits that the text would name if they were set. */
      readonly shows?: bigint;
      /** Unsupported features by the EFI stub's own console line: no field of a GHCB. */
      readonly stub?: true;
      /** Made up by Linux' Hyper-V code, not read from the register (a lone vTom). */
      readonly synthetic?: true;
      /** Bits that are tested, set, allowed or supported: not what a running guest has. */
      readonly mask?: true;
    }
  | {
      /** One of the three exit fields, with what the line (or its block) says of the others. */
      readonly kind: "exit";
      readonly fields: ExitFields;
      readonly field: keyof ExitFields;
    }
  | {
      /** One of the exit fields as the hypervisor answers them; `exitCode` is still the guest's request. */
      readonly kind: "answer";
      readonly fields: ExitFields;
      readonly field: "exitInfo1" | "exitInfo2";
    }
  | {
      readonly kind: "termination";
      readonly set: number;
      readonly code: number;
      readonly channel: "nae" | "msr";
    }
  /** `info` of the AMD development trees' message, which repeats SW_EXITINFO1: the mask is lost. */
  | { readonly kind: "repeated-info"; readonly value: bigint }
  /** A field of a GHCB dump that is not marked valid: whatever it holds, the guest did not send it. */
  | { readonly kind: "invalid-field"; readonly field: keyof ExitFields; readonly value: bigint }
  | { readonly kind: "guest-request-error"; readonly value: bigint }
  | {
      readonly kind: "hypervisor-features";
      readonly value: bigint;
      readonly role: HypervisorFeaturesRole;
    }
  /** A message without a value, and what it means. */
  | { readonly kind: "notice"; readonly id: NoticeId }
  /** A guest's end of which the text says neither reason nor mask. */
  | { readonly kind: "untold-termination"; readonly channel: "nae" | "msr" | null }
  /** The address of a model-specific register. */
  | { readonly kind: "msr-address"; readonly address: bigint };

/** A text on one line and what it stands for. `start` and `end` are UTF-16 offsets into the line, end exclusive. */
export interface Recognised extends Span {
  readonly reading: Reading;
}

/** The lines of a document or a log, by number; undefined beyond its ends. */
export type Lines = (line: number) => string | undefined;

/**
 * What a format has found on a line, its token and the texts in it that a hover explains. `what` is null where
 * the line only mentions a value (a bit that source code tests): it can be explained, but nobody has it.
 */
export interface Said extends Span {
  readonly fact: Fact | null;
  readonly parts: readonly Recognised[];
}

/** The same in a document: on which line, at which offsets of that line as it stands there. */
export interface Placed extends Span {
  readonly line: number;
  /** The token as it stands in the file. */
  readonly text: string;
  readonly fact: Fact | null;
  readonly parts: readonly Part[];
}

interface Format {
  /** What is printed. */
  readonly name: string;
  /** Who prints it. */
  readonly software: Software;
  /** The first release that does; null where that is not known or says nothing. */
  readonly since: string | null;
  /** Words of which every line in this format has at least one; lines with none are never looked at. */
  readonly anchors: readonly string[];
  /** Text of this format, as real software prints it. */
  readonly examples: readonly string[];
  /** The nearest text that is not of this format, and in which nothing must be found. */
  readonly nearMisses: readonly string[];
}

/** One way in which one program prints one value, on one line. */
export interface LineFormat extends Format {
  /** What the line, cleaned of escapes, says; empty where it is not of this format. Linear in the line's length. */
  readonly recognise: (line: string) => Said[];
}

/**
 * What an open block makes of the next line.
 * - `more`: the line is part of it. - `done`: the line is its last one.
 * - `foreign`: the line is not part of it, but other lines may stand between a block's own.
 * - `over`: the line cannot stand in the block; its own lines have ended before.
 */
export interface Taken {
  readonly state: "more" | "done" | "foreign" | "over";
  readonly found: readonly Placed[];
}

/** A block that has begun. */
export interface Block {
  readonly take: (line: LineText, number: number) => Taken;
  /** What it has to say when its lines have ended without a last one. */
  readonly close: () => readonly Placed[];
}

/** One way in which one program prints one value on several lines. */
export interface BlockFormat extends Format {
  /** The block that a line begins; null for none. */
  readonly begin: (line: LineText, number: number) => Block | null;
  /** Whether a line can stand in such a block: what random access asks before it looks around. */
  readonly isMember: (line: LineText) => boolean;
  /** How many foreign lines may stand between two of its own. */
  readonly patience: number;
  /** How many lines a block can have, foreign ones included. */
  readonly longest: number;
  /** Its finding stands at its first line, so what later lines say has to wait for it. */
  readonly holds: boolean;
}
