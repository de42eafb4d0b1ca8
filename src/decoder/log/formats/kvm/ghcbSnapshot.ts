import type { BlockMatch } from "../../finding";
import { callerBefore } from "../kit/caller";
import type { FieldMessage, Message } from "./ghcbDump";
import { FIELDS, MESSAGE, Snapshot, messageOf } from "./ghcbDump";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Taken } from "../format";

/** More dumps at once than anybody could tell apart; what a hostile line can hold is no reason to compare them all. */
const MOST_AT_ONCE = 8;

/** The dumps that one caller has begun, or all callers of a log that marks none. */
class Dumps {
  readonly #isMarked: boolean;
  #open: Snapshot[] = [];
  /** How many fields of the open dumps are still to come. */
  #missing = 0;
  #isLost = false;

  constructor(caller: string | null) {
    this.#isMarked = caller !== null;
  }

  get isOpen(): boolean {
    return this.#isLost || this.#open.length > 0;
  }

  /** What the message makes certain. */
  take(message: Message): BlockMatch[] {
    if (this.#isLost) return [];
    switch (message.kind) {
      case "header":
        return this.#begin(new Snapshot(message.place, 0), 0);
      case "rest":
        // Without a mark it may as well be the end of a dump that was complete before.
        return this.#isMarked ? this.end() : [];
      case "field":
        return this.#field(message);
    }
  }

  /** The dumps as far as they have come: nothing that comes is theirs. */
  end(): BlockMatch[] {
    const told = this.#open.flatMap((dump) => dump.told());
    this.#open = [];
    this.#missing = 0;
    return told;
  }

  #begin(dump: Snapshot, printed: number): BlockMatch[] {
    // One thread prints one dump after another.
    const told = this.#isMarked ? this.end() : [];
    this.#open.push(dump);
    this.#missing += FIELDS.length - printed;
    if (this.#open.length <= MOST_AT_ONCE) return told;
    this.#isLost = true;
    return [...told, ...this.end()];
  }

  #field(field: FieldMessage): BlockMatch[] {
    const told: BlockMatch[] = [];
    let owners = this.#open.filter((dump) => dump.mayPrint(field.index));
    if (owners.length === 0) {
      // The header of its dump was lost.
      const dump = new Snapshot(field.place, field.index);
      for (const match of this.#begin(dump, field.index)) told.push(match);
      owners = [dump];
    }
    const [owner, ...others] = owners;
    if (others.length === 0) owner?.add(field);
    else for (const dump of owners) dump.doubt(field.index);
    this.#missing -= 1;
    if (this.#missing === 0) return [...told, ...this.end()];
    if (owner?.isWhole !== true) return told;
    this.#open = this.#open.filter((dump) => dump !== owner);
    return [...told, ...owner.told()];
  }
}

/** All dumps that are being read at the same time. */
class Snapshots implements Block {
  readonly #callers = new Map<string | null, Dumps>();
  /** What the first line told. */
  readonly #before: readonly BlockMatch[];

  constructor(text: LineText, number: number) {
    this.#before = this.#read(text, number).found;
  }

  take(text: LineText, number: number): Taken {
    // The first line was all of it.
    if (this.#callers.size === 0) return { state: "over", found: this.#before };
    const { isOwn, found } = this.#read(text, number);
    if (this.#callers.size === 0) return { state: "done", found: [...this.#before, ...found] };
    return { state: isOwn ? "more" : "foreign", found };
  }

  close(): readonly BlockMatch[] {
    const found = [...this.#callers.values()].flatMap((dumps) => dumps.end());
    this.#callers.clear();
    return [...this.#before, ...found];
  }

  #read(text: LineText, number: number): { isOwn: boolean; found: BlockMatch[] } {
    let isOwn = false;
    let caller: string | null = null;
    const found: BlockMatch[] = [];
    for (const match of text.text.matchAll(MESSAGE)) {
      const message = messageOf(match, text, number);
      // Of several messages on one line only the first one need say who prints them.
      caller = callerBefore(text.text, match.index) ?? caller;
      if (message.kind === "rest" && !this.#callers.has(caller)) continue;
      isOwn ||= message.kind !== "rest";
      const dumps = this.#callers.get(caller) ?? new Dumps(caller);
      for (const told of dumps.take(message)) found.push(told);
      if (dumps.isOpen) this.#callers.set(caller, dumps);
      else this.#callers.delete(caller);
    }
    return { isOwn, found };
  }
}

/** A header or a field. */
const OWN =
  /\b(?:GHCB \(GPA=[\da-f]{16}\)(?: snapshot)?:|sw_exit_(?:code|info_1|info_2) {1,10}[\da-f]{16} is_valid: [01])/u;

/**
 * ```
 * kvm_amd: GHCB (GPA=000000007fedb000) snapshot:
 * kvm_amd: sw_exit_code        000000008000fffe is_valid: 1
 * kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1
 * kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1
 * ```
 * What KVM prints with kvm_amd.dump_invalid_vmcb=1. Bare hex; other processors' lines may stand between, of other
 * dumps too. A kernel that marks its callers keeps those apart; else a field is that dump's which alone can have
 * printed it next, and nobody's where two can.
 */
export const ghcbSnapshot: BlockFormat = {
  name: "GHCB snapshot",
  software: "kvm",
  anchors: ["GHCB (GPA=", "sw_exit_"],
  begin: (text, number) => (OWN.test(text.text) ? new Snapshots(text, number) : null),
  isMember: ({ text }) => OWN.test(text),
  patience: 8,
  longest: 512,
  holds: true,
};
