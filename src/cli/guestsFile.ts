import { readFileSync, statSync } from "node:fs";
import type { GuestLookup, NamedGuest } from "../decoder/guest/lookup";
import { guestLookup } from "../decoder/guest/lookup";
import { LARGEST_FILE, ownGuestsFile } from "../decoder/guest/own/ownGuests";
import { quoted } from "../decoder/text/quoted";
import type { Terminal } from "./command";
import { Unusable } from "./command";
import { readProblem } from "../logFile/logFile";

/** Looks up guests in the file of `--guests` (null: no file), then in the catalog. */
export function lookupWith(file: string | null, terminal: Pick<Terminal, "complain">): GuestLookup {
  return guestLookup(file === null ? [] : guestsOf(file, terminal));
}

/** The guests that a file defines. Prints every problem of the file; throws {@link Unusable} if there is one. */
export function guestsOf(
  file: string,
  { complain }: Pick<Terminal, "complain">,
): readonly NamedGuest[] {
  const { guests, problems } = ownGuestsFile(textOf(file), quoted(file));
  const last = problems.at(-1);
  if (last === undefined) return guests;
  for (const problem of problems.slice(0, -1)) complain(`${quoted(file)}: ${problem}`);
  throw new Unusable(`${quoted(file)}: ${last}`);
}

function textOf(file: string): string {
  const bytes = bytesOf(file);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unusable(`${quoted(file)} is no text: expected JSON in UTF-8.`);
  }
}

function bytesOf(file: string): Uint8Array {
  try {
    const { size } = statSync(file);
    if (size <= LARGEST_FILE) return readFileSync(file);
  } catch (error) {
    throw new Unusable(`${quoted(file)} cannot be read: ${readProblem(error)}.`);
  }
  throw new Unusable(`${quoted(file)} is too large: expected at most ${LARGEST_FILE} bytes.`);
}
