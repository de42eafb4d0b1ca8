import type { GuestLookup } from "../decoder/guest/lookup";
import type { GuestProfile } from "../decoder/guest/profile";
import { quoted } from "../decoder/text/quoted";
import type { Terminal } from "./command";
import { Unusable } from "./command";
import { guestOf } from "./given";
import { readProblem } from "../logFile/logFile";
import { logInput } from "./logInput";

/** A guest of a list, and its one-based line. */
export interface ListedGuest {
  readonly line: number;
  readonly guest: GuestProfile;
}

/** The guests that a file names, and how many of its lines name no known kernel. */
export interface GuestList {
  readonly guests: readonly ListedGuest[];
  readonly unusable: number;
}

/**
 * Reads a list of guests: a release or banner a line; blank lines and those that begin with `#` say nothing.
 * `-` is standard input. A line that names no kernel is complained of, and the others are read all the same;
 * a file that cannot be read, or names nothing, is {@link Unusable}.
 */
export async function guestList(
  operand: string,
  lookup: GuestLookup,
  terminal: Terminal,
): Promise<GuestList> {
  const { name } = logInput(operand);
  const file = name === null ? "standard input" : quoted(name);
  const guests: ListedGuest[] = [];
  let unusable = 0;
  for (const [index, text] of (await linesOf(operand)).entries()) {
    const line = index + 1;
    if (text === "" || text.startsWith("#")) continue;
    try {
      guests.push({ line, guest: guestOf(text, warningsOf(terminal, file, line), lookup) });
    } catch (error) {
      if (!(error instanceof Unusable)) throw error;
      unusable++;
      terminal.complain(`${file}, line ${line}: ${error.message}`);
    }
  }
  if (guests.length === 0 && unusable === 0) {
    throw new Unusable(`${file} names no guest: expected a release or banner a line.`);
  }
  return { guests, unusable };
}

function warningsOf({ warn }: Terminal, file: string, line: number): Pick<Terminal, "warn"> {
  return {
    warn: (sentence) => {
      warn(`${file}, line ${line}: ${sentence}`);
    },
  };
}

async function linesOf(operand: string): Promise<string[]> {
  const { name, chunks } = logInput(operand);
  const file = name === null ? "Standard input" : quoted(name);
  const decoder = new TextDecoder();
  const parts: string[] = [];
  let size = 0;
  try {
    for await (const chunk of chunks()) {
      size += chunk.length;
      if (size > MOST_BYTES) break;
      parts.push(decoder.decode(chunk, { stream: true }));
    }
  } catch (error) {
    throw new Unusable(`${file} cannot be read: ${readProblem(error)}.`);
  }
  if (size > MOST_BYTES) {
    throw new Unusable(`${file} is too large for a list: expected at most ${MOST_BYTES} bytes.`);
  }
  return [...parts, decoder.decode()]
    .join("")
    .split(/\r\n|\n|\r/u)
    .map((text) => text.trim());
}

/** Bytes. No list of kernels is this long: a larger file is the wrong file. */
const MOST_BYTES = 8 * 1024 * 1024;
