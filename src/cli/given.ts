import type { Register } from "../decoder/register/decode";
import { isRegister } from "../decoder/register/decode";
import { bitByName } from "../decoder/features";
import type { BootPath } from "../decoder/guest/catalog/row";
import { BOOT_PATHS } from "../decoder/guest/catalog/row";
import type { GuestLookup } from "../decoder/guest/lookup";
import type { GuestProfile } from "../decoder/guest/profile";
import type { Asked } from "../decoder/report/value/decodeReport";
import { list, plain } from "../decoder/report/phrase";
import {
  featureProblemSentence,
  guestProblemSentence,
  registerProblemSentence,
  u64ProblemSentence,
} from "../decoder/report/problem";
import { quoted } from "../decoder/text/quoted";
import { assumptionOf } from "../decoder/report/guest/verdict";
import { maskOf, parseU64 } from "../decoder/text/u64";
import type { Terminal } from "./command";
import { Unusable } from "./command";
import { lookupWith } from "./guestsFile";
import { guestFromFolder } from "./sourceFolder";

/** Parses a 64-bit value. */
export function valueOf(text: string): bigint {
  const result = parseU64(text);
  if (!result.ok) throw new Unusable(u64ProblemSentence(result.problem));
  return result.value;
}

/**
 * A SEV_STATUS value, or the names of its features, separated by commas. A text that can be a
 * value is one: no name of a feature consists of hex digits only.
 */
export function statusOf(text: string): Asked {
  const result = parseU64(text);
  if (result.ok) return { status: result.value, origin: "value" };
  // A malformed number gets the error for numbers, not "unknown name".
  if (result.problem.code !== "not-a-value" || /^[-+]?\d/u.test(result.problem.text)) {
    throw new Unusable(u64ProblemSentence(result.problem));
  }
  return { status: featuresNamed(text), origin: "names" };
}

/** The SEV_STATUS bits of features, named and separated by commas. */
export function featuresNamed(text: string): bigint {
  return maskOf(text.split(",").map(bitNamed));
}

function bitNamed(name: string): number {
  const bit = bitByName(name);
  if (bit === null) throw new Unusable(featureProblemSentence(name.trim()));
  return bit;
}

/** The register that a name stands for; SEV_STATUS without a name. */
export function registerOf(text: string | null): Register {
  if (text === null) return "sev-status";
  if (isRegister(text)) return text;
  throw new Unusable(registerProblemSentence(text));
}

/**
 * The guest that `--guest` names, of the file of `--guests` too, or that `--guest-source` holds; null where neither is
 * given, and an error where both are.
 */
export function guestGiven(
  { text }: { readonly text: (name: "guest" | "guests" | "guest-source") => string | null },
  terminal: Pick<Terminal, "warn" | "complain">,
): GuestProfile | null {
  const folder = text("guest-source");
  const name = text("guest");
  if (folder !== null && name !== null) {
    throw new Unusable("--guest-source stands instead of --guest: give one or the other.");
  }
  if (folder !== null) return guestFromFolder(folder, terminal);
  return guestNamed(name, terminal, lookupWith(text("guests"), terminal));
}

/** The guest that a text names, or null without a text. Warns about assumptions. */
function guestNamed(
  text: string | null,
  terminal: Pick<Terminal, "warn">,
  lookup: GuestLookup,
): GuestProfile | null {
  return text === null ? null : guestOf(text, terminal, lookup);
}

/** The guest that a text names. Warns about assumptions. */
export function guestOf(
  text: string,
  { warn }: Pick<Terminal, "warn">,
  lookup: GuestLookup,
): GuestProfile {
  const guest = lookup(text);
  if (guest === null) throw new Unusable(guestProblemSentence(text));
  for (const note of assumptionOf(guest)) warn(plain(note));
  return guest;
}

/** The boot path that a name stands for. */
export function bootPathOf(text: string): BootPath {
  const path = BOOT_PATHS.find((one) => one === text);
  if (path !== undefined) return path;
  throw new Unusable(`${quoted(text)} is no boot path: expected ${list(BOOT_PATHS, "or")}.`);
}

const GHCB_VERSIONS = [1, 2] as const;

/** Parses a GHCB protocol version. */
export function ghcbVersionOf(text: string): number {
  const version = GHCB_VERSIONS.find((one) => String(one) === text);
  if (version !== undefined) return version;
  throw new Unusable(
    `${quoted(text)} is no GHCB protocol version: expected ${GHCB_VERSIONS.join(" or ")}.`,
  );
}
