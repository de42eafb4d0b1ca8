import { version } from "../../package.json";
import { quoted } from "../decoder/text/quoted";
import { asksForHelp, unknownOption } from "./arguments";
import { CHECK } from "./check";
import { paintFor } from "./colour";
import type { Command, Terminal } from "./command";
import { DONE, UNUSABLE, Unusable } from "./command";
import { COMPARE } from "./compare";
import { DECODE } from "./decode";
import { EXPLAIN } from "./explain";
import { GUESTS } from "./guests";
import { commandHelp, programHelp } from "./help";
import { nearest } from "../decoder/text/nearest";
import { Output, wrappedFor } from "./output";
import { SCAN } from "./scan";

const COMMANDS: readonly Command[] = [DECODE, CHECK, SCAN, GUESTS, COMPARE, EXPLAIN];
const NAMES = COMMANDS.map(({ name }) => name);
const INDENT = 2;

const output = new Output((text) => process.stdout.write(text));

/** Flushes standard output first, so that both streams keep their order at a terminal. */
function writeError(text: string): void {
  output.flush();
  process.stderr.write(text);
}

const terminal: Terminal = {
  print: (text) => {
    output.print(text);
  },
  tell: (text) => {
    output.print(wrappedFor(process.stdout, text));
  },
  printJson: (json) => {
    const indent = process.stdout.isTTY ? INDENT : undefined;
    output.print(JSON.stringify(json, null, indent));
  },
  flush: () => {
    output.flush();
  },
  warn: (sentence) => {
    writeError(`sev-status: warning: ${sentence}\n`);
  },
  complain: (sentence) => {
    writeError(`sev-status: ${sentence}\n`);
  },
  paint: paintFor(process.stdout, process.env),
};

/** Runs the command that the arguments name; returns the exit status. */
async function run([first, ...rest]: readonly string[]): Promise<number> {
  if (first === "help") return run([...rest.slice(0, 1), "--help"]);
  const command = COMMANDS.find(({ name }) => name === first);
  if (command !== undefined) {
    if (!asksForHelp(rest)) return command.run(rest, terminal);
    terminal.tell(commandHelp(command));
    return DONE;
  }
  if (first === "--version") {
    terminal.print(version);
    return DONE;
  }
  if (first !== undefined && asksForHelp([first])) {
    terminal.tell(programHelp(COMMANDS));
    return DONE;
  }
  throw noCommand(first);
}

function noCommand(word: string | undefined): Unusable {
  const expected = `expected ${NAMES.join(", ")} or --help`;
  if (word === undefined) return new Unusable(`No command is given: ${expected}.`);
  if (word.startsWith("-")) return unknownOption("sev-status", word, [{ name: "version" }]);
  const near = nearest(word, NAMES);
  const hint = near === null ? "" : ` Did you mean ${near}?`;
  return new Unusable(`${quoted(word)} is no command: ${expected}.${hint}`);
}

function fail(sentence: string): void {
  process.exitCode = UNUSABLE;
  writeError(`sev-status: ${sentence}\n`);
}

// A closed pipe (`| head`) is no error and does not change the exit status.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Stop at once: a live log never ends.
  if (error.code === "EPIPE") process.exit();
  fail(`Standard output cannot be written: ${error.code ?? "error"}.`);
});
// If standard error fails too, only the exit status can report the error.
process.stderr.on("error", () => undefined);

process.on("exit", () => {
  output.flush();
});

// Sets the exit status instead of calling exit(), so that all output is flushed first.
run(process.argv.slice(2)).then(
  (status) => {
    // Keeps the status of an output that has failed meanwhile.
    process.exitCode ??= status;
  },
  (error: unknown) => {
    if (error instanceof Unusable) fail(error.message);
    else fail(`Internal error: ${quoted(error instanceof Error ? error.message : String(error))}.`);
  },
);
