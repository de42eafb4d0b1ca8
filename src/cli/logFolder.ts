import type { Stats } from "node:fs";
import { readdirSync, realpathSync, statSync } from "node:fs";
import path from "node:path";
import { readProblem } from "../logFile/logFile";
import { append } from "../decoder/text/lists";
import { quoted } from "../decoder/text/quoted";

/** A log that was asked for: by its own name, or as a file of a folder that was named. */
export interface NamedLog {
  readonly name: string;
  readonly isOfFolder: boolean;
}

/**
 * The logs that operands name: a file is itself, and a folder stands for every file in it and below it, in the order of
 * their names, numbers in names as numbers. Inside a folder, links to files outside it are followed, links to folders are
 * not, and no file is there twice; what is neither a file nor a folder is left out. `complain` gets a sentence for each folder that cannot be read or has no file.
 */
export function logsNamed(
  operands: readonly string[],
  complain: (sentence: string) => void,
): NamedLog[] {
  return operands.flatMap((operand): NamedLog[] => {
    if (operand === "-" || !isFolder(operand)) return [{ name: operand, isOfFolder: false }];
    const files = filesBelow(operand, complain);
    if (files !== null && files.length === 0) complain(`${quoted(operand)} has no file to read.`);
    return (files ?? []).map((name) => ({ name, isOfFolder: true }));
  });
}

function isFolder(name: string): boolean {
  return statOf(name)?.isDirectory() === true;
}

function isFile(name: string): boolean {
  return statOf(name)?.isFile() === true;
}

/** Null where there is none: what is wrong with a file, its reading says. */
function statOf(name: string): Stats | null {
  try {
    return statSync(name);
  } catch {
    return null;
  }
}

const ORDER = new Intl.Collator("en", { numeric: true });

/** Null where the folder itself cannot be read. */
function filesBelow(folder: string, complain: (sentence: string) => void): string[] | null {
  const files: string[] = [];
  const links: string[] = [];
  const folders = [folder];
  for (let next = folders.pop(); next !== undefined; next = folders.pop()) {
    const entries = entriesOf(next, complain);
    if (entries === null) {
      if (next === folder) return null;
      continue;
    }
    const below: string[] = [];
    for (const entry of entries) {
      const name = path.join(next, entry.name);
      if (entry.isDirectory()) below.push(name);
      else if (entry.isFile()) files.push(name);
      else if (entry.isSymbolicLink() && isFile(name)) links.push(name);
    }
    append(folders, below);
  }
  append(files, newFiles(links, files));
  return files.sort((a, b) => ORDER.compare(a, b));
}

/** The links that name none of the files, one for each file that they name: a log that is read twice has two boots. */
function newFiles(links: readonly string[], files: readonly string[]): string[] {
  if (links.length === 0) return [];
  const taken = new Set(files.map(targetOf));
  return links.filter((link) => {
    const target = targetOf(link);
    const isNew = !taken.has(target);
    taken.add(target);
    return isNew;
  });
}

/** The name of the file that a name leads to; the name itself where nothing is there any more. */
function targetOf(name: string): string {
  try {
    return realpathSync(name);
  } catch {
    return name;
  }
}

function entriesOf(folder: string, complain: (sentence: string) => void) {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    complain(`${quoted(folder)} cannot be read: ${readProblem(error)}.`);
    return null;
  }
}
