import { quoted } from "../../text/quoted";
import { visible } from "../../text/visible";
import type { NamedGuest } from "../lookup";
import { nameKey } from "../lookup";
import { guestProfile } from "../profile";
import { MOST_GUESTS } from "./entry";
import type { OwnEntry } from "./entry";
import { inWords, isFields, readFields } from "./fields";
import { jsonFault } from "./jsonText";
import { ownProfile } from "./ownGuest";
import { append } from "../../text/lists";

/** A file with more bytes is not read. */
export const LARGEST_FILE = 1_048_576;

/** The guests that a user has defined, and what is wrong with the entries that define none. */
export interface OwnGuests {
  readonly guests: readonly NamedGuest[];
  /** A sentence each, which names the entry and its key, and says what was expected. */
  readonly problems: readonly string[];
}

/**
 * Reads guests of a user's own: a list of entries, as the schema `schemas/guests.schema.json` has it. An entry with
 * a problem is left out, the others count all the same. `definedIn` says where, as in "sevStatus.guests".
 */
export function ownGuests(json: unknown, definedIn: string): OwnGuests {
  if (!Array.isArray(json)) {
    return refused(`Expected a list of guests in square brackets, and got ${inWords(json)}.`);
  }
  if (json.length > MOST_GUESTS) {
    return refused(`${json.length} guests are too many: expected at most ${MOST_GUESTS}.`);
  }
  const taken = json.map(nameIn);
  const guests: NamedGuest[] = [];
  const problems: string[] = [];
  for (const [index, value] of json.entries()) {
    const result = ownGuest(value, index, taken, definedIn);
    if (Array.isArray(result)) append(problems, result);
    else guests.push(result);
  }
  return { guests, problems };
}

const BYTE_ORDER_MARK = "\uFEFF";

/** Reads the text of a file of guests of a user's own; see {@link ownGuests}. */
export function ownGuestsFile(text: string, definedIn: string): OwnGuests {
  const json = text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
  const fault = jsonFault(json);
  if (fault === null) return ownGuests(JSON.parse(json), definedIn);
  const place = `Line ${fault.line}, column ${fault.column}`;
  return refused(`${place} is no JSON: expected a list of guests.`);
}

function refused(problem: string): OwnGuests {
  return { guests: [], problems: [problem] };
}

/** The key of an entry's name; null where it has none. */
function nameIn(value: unknown): string | null {
  const name = isFields(value) ? value["name"] : null;
  return typeof name === "string" ? nameKey(name) : null;
}

/** The guest of one entry, or all that is wrong with it. */
function ownGuest(
  value: unknown,
  index: number,
  taken: readonly (string | null)[],
  definedIn: string,
): NamedGuest | string[] {
  const number = `Entry ${index + 1}`;
  if (!isFields(value)) {
    return [`${number}: expected an object with a "name", and got ${inWords(value)}.`];
  }
  const name = value["name"];
  const where = typeof name === "string" ? `${number} (${quoted(name)})` : number;
  const { entry, problems } = readFields(value, where);
  if (entry === null) return [...problems];
  const wrong = nameProblem(entry, index, taken) ?? baseProblem(entry, taken);
  if (wrong !== null) return [`${where}, ${wrong}`];
  const made = ownProfile(entry, definedIn);
  if ("problem" in made) {
    return [`${where}${made.key === null ? "" : `, ${quoted(made.key)}`}: ${made.problem}`];
  }
  return { name: entry.name, description: descriptionOf(entry), profile: made };
}

function nameProblem(
  { name }: OwnEntry,
  index: number,
  taken: readonly (string | null)[],
): string | null {
  const first = taken.indexOf(nameKey(name));
  if (first < index) {
    return `"name": ${quoted(name)} is the name of entry ${first + 1} too: expected another.`;
  }
  const known = guestProfile(name);
  if (known === null) return null;
  return `"name": ${quoted(name)} names ${known.label} already: expected another name.`;
}

function baseProblem({ base }: OwnEntry, taken: readonly (string | null)[]): string | null {
  if (base === null || !taken.includes(nameKey(base))) return null;
  return `"base": ${quoted(base)} is a guest of your own: expected a release or a distribution.`;
}

function descriptionOf({ base, note }: OwnEntry): string {
  const from = base === null ? "with masks of its own" : `made from ${base}`;
  return note === null ? from : `${from}: ${visible(note)}`;
}
