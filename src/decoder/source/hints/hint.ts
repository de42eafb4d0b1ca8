import type { FeatureRegister } from "../../features";
import type { Span } from "../../text/span";

/** What a line of source code has wrong. */
export type Wrong =
  | {
      /** A constant with the name of one bit, and the value of another one. */
      readonly kind: "constant";
      readonly name: string;
      /** The register that the name is of; both bits count in it. */
      readonly register: FeatureRegister;
      readonly named: number;
      readonly valued: number;
    }
  /** SNPActive handed to KVM_SEV_INIT2, which sets it by itself. */
  | { readonly kind: "vmsa-features" }
  /** The hex digits that `rdmsr` prints of SEV_STATUS, read as a decimal number. */
  | { readonly kind: "rdmsr-digits" };

/** Where it stands: a line from 0, and UTF-16 offsets in it. */
export type SourceHint = Wrong & Span & { readonly line: number };

/** What a line has wrong, before its number is known. */
export type LineHint = Wrong & Span;
