import { readFileSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { splitBelow } from "../decoder/guest/below";
import type { GuestProfile } from "../decoder/guest/profile";
import { withBelow } from "../decoder/guest/profile";
import { LARGEST_FILE, sourceTreeGuest } from "../decoder/guest/sourceTree";
import { plain } from "../decoder/report/phrase";
import { quoted } from "../decoder/text/quoted";
import { assumptionOf } from "../decoder/report/guest/verdict";
import type { Terminal } from "./command";
import { Unusable } from "./command";
import { readProblem } from "../logFile/logFile";

const SECURE_AVIC = "+secure-avic";

/**
 * The guest that the kernel source in a folder makes (`DIR`, and after it what may follow any guest: `+secure-avic`,
 * `+svsm` and the like); warns of what is assumed of it. Reads a few files below the folder, follows no link out of it,
 * and runs nothing.
 */
export function guestFromFolder(text: string, { warn }: Pick<Terminal, "warn">): GuestProfile {
  const { guest, below } = isFolder(text) ? { guest: text, below: null } : splitBelow(text);
  const secureAvic = guest.endsWith(SECURE_AVIC) && !isFolder(guest);
  const folder = secureAvic ? guest.slice(0, -SECURE_AVIC.length) : guest;
  const result = sourceTreeGuest(readerOf(folder), { id: null, secureAvic });
  if (!result.ok) {
    throw new Unusable(`${quoted(folder)} cannot be read as a kernel's source: ${result.problem}`);
  }
  const profile = below === null ? result.profile : withBelow(result.profile, below);
  for (const note of [...assumptionOf(profile).map(plain), ...profile.notes]) warn(note);
  return profile;
}

/** The name of a folder may itself end in `+svsm` and the like. */
function isFolder(text: string): boolean {
  return statSync(text, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function readerOf(folder: string): (file: string) => string | null {
  const top = topOf(folder);
  const texts = new Map<string, string | null>();
  return (file) => {
    const known = texts.get(file);
    if (known !== undefined) return known;
    const text = textBelow(top, file, folder);
    texts.set(file, text);
    return text;
  };
}

function topOf(folder: string): string {
  try {
    const top = realpathSync(folder);
    if (statSync(top).isDirectory()) return top;
  } catch (error) {
    const problem = code(error) === "ENOENT" ? "there is no such folder" : readProblem(error);
    throw new Unusable(`${quoted(folder)} cannot be read as a kernel's source: ${problem}.`);
  }
  throw new Unusable(`${quoted(folder)} is no folder: expected the top of a kernel's source.`);
}

/** The text of a file below `top`; null where there is none. */
function textBelow(top: string, file: string, folder: string): string | null {
  const fail = (reason: string) =>
    new Unusable(`${quoted(file)} of ${quoted(folder)} cannot be read: ${reason}.`);
  try {
    const real = realpathSync(path.join(top, file));
    if (!real.startsWith(top.endsWith(path.sep) ? top : `${top}${path.sep}`)) {
      throw fail("it is a link out of the folder");
    }
    const stat = statSync(real);
    if (!stat.isFile()) throw fail("it is no file");
    if (stat.size > LARGEST_FILE) throw fail(`it is larger than ${LARGEST_FILE} bytes`);
    return readFileSync(real, "utf8");
  } catch (error) {
    if (error instanceof Unusable) throw error;
    if (code(error) === "ENOENT" || code(error) === "ENOTDIR") return null;
    throw fail(readProblem(error));
  }
}

function code(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}
