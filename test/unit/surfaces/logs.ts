import { existsSync, readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import type { Choice } from "../../../src/decoder/boot/assessed";
import { guestProfile } from "../../../src/decoder/guest/profile";
import { CASES } from "../decoder/boot/cases";

/** The folder of this repository: a bundle of a test lies somewhere below it. */
export const ROOT = ((folder: string) => {
  while (!existsSync(path.join(folder, "package.json"))) folder = path.dirname(folder);
  return folder;
})(__dirname);
/** Real logs that are not part of this repository: beside it, or where SEV_STATUS_SHARED says. */
const SHARED = path.join(process.env["SEV_STATUS_SHARED"] ?? path.join(ROOT, "../shared"), "logs");

/** A log, and the kernel that `--guest` names; null for the log's own. */
export interface TestLog {
  readonly name: string;
  readonly text: string;
  readonly guest: string | null;
}

function logsIn(folder: string, ending: string): TestLog[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => ({
      name: file.slice(0, -ending.length),
      text: readFileSync(path.join(folder, file), "utf8"),
      guest: null,
    }));
}

/** Logs of the tests: many kinds of lines in few. */
const MADE_LOGS = logsIn(path.join(ROOT, "test", "logs"), ".log").map((log) => ({
  ...log,
  name: `made-${log.name}`,
}));

/** The samples that the documentation shows, and logs that were made for tests. */
export const SAMPLES: readonly TestLog[] = [
  ...logsIn(path.join(ROOT, "samples"), ".log"),
  ...MADE_LOGS,
];

export const CASE_LOGS: readonly TestLog[] = CASES.map(({ name, lines, guest }) => ({
  name,
  text: lines.map((line) => `${line}\n`).join(""),
  guest,
}));

/** Null where they are not on this machine. */
export const SHARED_LOGS: readonly TestLog[] | null = existsSync(SHARED)
  ? logsIn(SHARED, ".txt")
  : null;

/** The choice that `--guest` makes. */
export function choiceOf(guest: string | null): Choice | null {
  const profile = guest === null ? null : guestProfile(guest);
  if (guest !== null && profile === null) throw new Error(`${guest} is no kernel`);
  return profile === null ? null : { profile, by: "command-line" };
}
