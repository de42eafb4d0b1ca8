import { bitByName, featureName } from "../../features";
import { nearest } from "../../text/nearest";
import { quoted } from "../../text/quoted";
import { BELOW_IDS, isBelowId } from "../below";
import type { BelowId } from "../below";
import { FEATURE_NAMES, KEYS, LONGEST_TEXT, MASK, MOST_FEATURES, NAME, featureBit } from "./entry";
import type { OwnEntry } from "./entry";

/** What was read of an entry: the entry, or null with every problem that it has. */
export interface EntryReading {
  readonly entry: OwnEntry | null;
  readonly problems: readonly string[];
}

/** Whether a value is an object with keys, as JSON has them. */
export function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A JSON value in a few words, for a sentence that expected another. */
export function inWords(value: unknown): string {
  if (typeof value === "string") return `the text ${quoted(value)}`;
  if (Array.isArray(value)) return "a list";
  if (isFields(value)) return "an object";
  return value === undefined ? "nothing" : quotedRaw(value);
}

function quotedRaw(value: unknown): string {
  return typeof value === "string" ? quoted(value) : String(value);
}

/** Reads the fields of one entry, each by itself: what they mean together is not looked at. `where` begins each sentence. */
export function readFields(fields: Readonly<Record<string, unknown>>, where: string): EntryReading {
  const problems = Object.keys(fields).flatMap((key) => unknownKey(key, where));
  const fail = (key: string, sentence: string) => {
    problems.push(`${where}, ${quoted(key)}: ${sentence}`);
    return null;
  };
  const name = readName(fields["name"], where, problems);
  const entry = {
    base: readText(fields, "base", fail),
    required: readMask(fields, "required", fail),
    implemented: readMask(fields, "implemented", fail),
    add: readFeatures(fields, "add", fail),
    remove: readFeatures(fields, "remove", fail),
    efiStub: readFlag(fields, "efiStub", fail),
    below: readBelow(fields["below"], fail),
    note: readText(fields, "note", fail),
    source: readText(fields, "source", fail),
  };
  return { entry: name === null || problems.length > 0 ? null : { name, ...entry }, problems };
}

type Fields = Readonly<Record<string, unknown>>;
type Fail = (key: string, sentence: string) => null;

function unknownKey(key: string, where: string): string[] {
  if (KEYS.some((one) => one === key)) return [];
  const near = nearest(key, KEYS);
  const hint = near === null ? `expected ${KEYS.join(", ")}.` : `did you mean ${quoted(near)}?`;
  return [`${where}: ${quoted(key)} is no key of a guest: ${hint}`];
}

function readName(value: unknown, where: string, problems: string[]): string | null {
  if (typeof value === "string" && NAME.test(value)) return value;
  problems.push(
    value === undefined
      ? `${where}: "name" is missing: expected what the guest is called.`
      : `${where}, "name": ${describeBad(value)} is no name: expected 1 to 64 letters, digits, blanks and ._~()/-, with no blank at an end.`,
  );
  return null;
}

function describeBad(value: unknown): string {
  return typeof value === "string" ? quoted(value) : inWords(value);
}

function readText(fields: Fields, key: "base" | "note" | "source", fail: Fail): string | null {
  const value = fields[key];
  if (value === undefined) return null;
  if (typeof value !== "string" || value.trim() === "") {
    const got = value === "" ? "an empty one" : inWords(value);
    return fail(key, `expected a text, and got ${got}.`);
  }
  if (/\p{Cc}/u.test(value)) return fail(key, "expected one line without control characters.");
  if (value.length <= LONGEST_TEXT) return value;
  return fail(key, `${value.length} characters are too many: expected at most ${LONGEST_TEXT}.`);
}

function readMask(fields: Fields, key: "required" | "implemented", fail: Fail): bigint | null {
  const value = fields[key];
  if (value === undefined) return null;
  if (typeof value === "string" && MASK.test(value)) return BigInt(value.replaceAll("_", ""));
  return fail(
    key,
    `${describeBad(value)} is no mask: expected a text of 0x and 1 to 16 hex digits, in SEV_STATUS bit positions.`,
  );
}

function readFlag(fields: Fields, key: "efiStub", fail: Fail): boolean | null {
  const value = fields[key];
  if (value === undefined || typeof value === "boolean") return value ?? null;
  return fail(key, `expected true or false, and got ${inWords(value)}.`);
}

function readBelow(value: unknown, fail: Fail): BelowId | null {
  if (value === undefined) return null;
  if (typeof value === "string" && isBelowId(value)) return value;
  return fail(
    "below",
    `expected ${BELOW_IDS.map(quoted).join(" or ")}, and got ${inWords(value)}.`,
  );
}

function readFeatures(fields: Fields, key: "add" | "remove", fail: Fail): string[] {
  const value = fields[key];
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    fail(key, `expected a list of features, as ["SecureTSC"], and got ${inWords(value)}.`);
    return [];
  }
  if (value.length > MOST_FEATURES) {
    fail(key, `${value.length} features are too many: expected at most ${MOST_FEATURES}.`);
    return [];
  }
  return value.flatMap((one: unknown) => {
    if (typeof one === "string" && featureBit(one) !== null) return [one];
    fail(key, featureProblem(one));
    return [];
  });
}

const FEATURE_EXPECTED = 'expected a name as Linux prints it, or "bit 3" to "bit 63"';

function featureProblem(value: unknown): string {
  if (typeof value !== "string") return `${FEATURE_EXPECTED}, and got ${inWords(value)}.`;
  const bit = bitByName(value);
  if (bit !== null && bit <= 2) {
    return `${quoted(value)} is no part of the check: ${FEATURE_EXPECTED}.`;
  }
  const near = bit === null ? nearestFeature(value) : featureName(bit);
  return near === null
    ? `${quoted(value)} is no feature: ${FEATURE_EXPECTED}.`
    : `${quoted(value)} is no feature: did you mean ${quoted(near)}?`;
}

function nearestFeature(name: string): string | null {
  const near = nearest(
    name,
    FEATURE_NAMES.map((one) => one.toLowerCase()),
  );
  return FEATURE_NAMES.find((one) => one.toLowerCase() === near) ?? null;
}
