import type { Mark } from "./provenance";

/** What a guest says by one reason code, as one software defines it. */
export interface ReasonName {
  /** A few words, fit for a list: "SNP features unsupported". */
  readonly name: string;
  /** What the defining software's source calls the code, or null. */
  readonly macro: string | null;
  /** What other software's source calls the same code. */
  readonly aliases: readonly string[];
  readonly software: "GHCB specification" | "Linux" | "OVMF reset vector";
  /** What had happened in the guest. */
  readonly meaning: string;
  /** Where to look next, or null where the code alone says nothing about that. */
  readonly next: string | null;
  /** The first release of `software` that can send it, or null. */
  readonly since: string | null;
  /** Trust in `since`, the rest of the row being read in source; null where nothing is doubtful. */
  readonly mark: Mark | null;
  readonly source: string;
  /** Set where SW_EXITINFO2 of the termination event holds SEV_STATUS bits that the guest lacks. */
  readonly carriesFeatures: boolean;
}

/** One row of the table of reasons. */
export interface ReasonRow extends ReasonName {
  readonly set: number;
  readonly code: number;
  /** Set where the software ends by the MSR protocol alone: SW_EXITINFO1 never holds this reason. */
  readonly msrOnly?: true;
}
