import { jsonFault } from "./jsonText";
import type { OwnGuests } from "./ownGuests";
import { ownGuests } from "./ownGuests";

/** A file with more bytes is not read. */
export const LARGEST_FILE = 1_048_576;

const BYTE_ORDER_MARK = "\uFEFF";

/** Reads the text of a file of guests of a user's own; see {@link ownGuests}. */
export function ownGuestsFile(text: string, definedIn: string): OwnGuests {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const fault = jsonFault(json);
  if (fault !== null) {
    const place = `Line ${fault.line}, column ${fault.column}`;
    return { guests: [], problems: [`${place} is no JSON: expected a list of guests.`] };
  }
  return ownGuests(JSON.parse(json), definedIn);
}
