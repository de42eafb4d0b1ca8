import type { Register } from "../decode";
import type { ExitFields } from "../ghcb";

/** What a text on a line stands for, once the line has said so. */
export type Reading =
  | {
      readonly kind: "register";
      readonly register: Register;
      readonly value: bigint;
      /** The text names bits and cannot show all: the register holds at least these. */
      readonly atLeast?: true;
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
  /** The address of a model-specific register. */
  | { readonly kind: "msr-address"; readonly address: bigint };

/** A text on one line and what it stands for. `start` and `end` are UTF-16 offsets into the line, end exclusive. */
export interface Recognised {
  readonly start: number;
  readonly end: number;
  readonly reading: Reading;
}

/** The lines of a document or a log, by number; undefined beyond its ends. */
export type Lines = (line: number) => string | undefined;

/** One way in which one program prints one value. */
export interface LineFormat {
  /** Who prints it, and what. */
  readonly name: string;
  /** Words of which every line in this format has at least one; lines with none are never looked at. */
  readonly anchors: readonly string[];
  /** What the line says; empty where it is not of this format. Linear in the line's length. */
  readonly recognise: (line: string, at: { lines: Lines; number: number }) => Recognised[];
  /** Lines of this format, as real software prints them. */
  readonly examples: readonly string[];
}
