import type { LineText } from "./lineText";

/** The names of syslog's and the journal's prefixes: of a machine and of one of its programs. */
const NAMED = /(?<=^|\s)(?<host>[\w.-]{1,128}) (?<program>[\w./-]{1,64}(?:\[\d{1,10}\])?):(?= )/gu;
/** The end of the line with which libvirt begins a domain's log (libvirt src/qemu/qemu_domain.c). */
const LIBVIRT = /: starting up libvirt version: .{1,2000}, hostname: (?<host>[\w.-]{1,128})\s*$/u;
/** The fields of a journal entry as JSON, with the blanks that its writers put between a key and a value. */
const JSON_HOST = /"_HOSTNAME" ?: ?"(?<host>[\w.-]{1,128})"/u;
const JSON_PROGRAM = /"SYSLOG_IDENTIFIER" ?: ?"(?<program>[^"]{1,128})"/u;
/** What stands where a machine has no name yet, and an address in place of a name. */
const NO_NAME = /^(?:localhost(?:\..*)?|[\d.]+)$/iu;
/** No prefix is longer. */
const LONGEST = 600;

/** Who printed a line of the host's: its kernel, or a program such as a VMM. */
export type HostPrinter = "kernel" | "program";

/**
 * The name of the machine whose kernel or program printed a line, as the line gives it: in the prefix of syslog or the
 * journal, in a journal entry as JSON, or in libvirt's first line of a domain's log. Empty where the line names none, and
 * where a program passes on what a kernel printed: then the prefix may name another machine.
 */
export function hostNameIn(line: LineText, printer: HostPrinter): string {
  const name = libvirtsName(line) ?? prefixName(line, printer) ?? jsonName(line, printer) ?? "";
  return NO_NAME.test(name) ? "" : name;
}

function libvirtsName({ text }: LineText): string | undefined {
  return LIBVIRT.exec(text)?.groups?.["host"];
}

/** Where a log passes through several machines, the last prefix is of the one that printed the message. */
function prefixName({ text, bodyStart }: LineText, printer: HostPrinter): string | undefined {
  if (bodyStart === 0) return undefined;
  const prefix = text.slice(Math.max(0, bodyStart - LONGEST), bodyStart);
  const { host, program } = [...prefix.matchAll(NAMED)].at(-1)?.groups ?? {};
  return isOf(printer, program) ? host : undefined;
}

function jsonName({ text }: LineText, printer: HostPrinter): string | undefined {
  const host = JSON_HOST.exec(text)?.groups?.["host"];
  const program = JSON_PROGRAM.exec(text)?.groups?.["program"];
  return program === undefined || isOf(printer, program) ? host : undefined;
}

function isOf(printer: HostPrinter, program: string | undefined): boolean {
  return (program === "kernel") === (printer === "kernel");
}

/** Names of machines beyond these say no more: two that differ are enough to doubt. */
const MOST_NAMES = 2;

/**
 * The machines that the lines of a log name, by their fullest names. A short name is that of any machine whose full name
 * begins with it. Keeps two of them.
 */
export class HostNames {
  readonly #names: string[] = [];

  /** A name, as a line gives it. */
  add(name: string): void {
    const at = this.#names.findIndex((one) => areSame(one, name));
    const same = this.#names[at];
    if (same !== undefined) {
      if (name.length > same.length) this.#names[at] = name;
    } else if (this.#names.length < MOST_NAMES) this.#names.push(name);
  }

  /** One name of each machine. */
  get all(): readonly string[] {
    return this.#names;
  }
}

function areSame(a: string, b: string): boolean {
  const [short, long] = [`${a.toLowerCase()}.`, `${b.toLowerCase()}.`];
  return short.startsWith(long) || long.startsWith(short);
}
