import type { BlockMatch } from "../../finding";
import { group, hex } from "../kit/groups";
import type { LineText } from "../../line/lineText";
import { statusAt } from "./rdmsr";
import type { Block, BlockFormat, Taken } from "../format";
import { sourceOf } from "../kit/caller";
import { isFirstToPrint } from "./commandLine";

const DEVICES = "/dev/cpu/";
/** The file of a processor's registers, and what prints the bytes read from it, with no other command between. */
const COMMAND =
  /\/dev\/cpu\/\d{1,5}\/msr\b[^;&|]{0,200}(?:2>&1[^;&|]{0,50})?\|\s{0,4}(?:xxd(?: -g ?[12]| -p| -ps)?|hexdump -C|hd|od(?: -A ?[dnox])? -t ?(?<od>x[18])(?: -A ?[dnox])?) *$/u;
/** Where it is read from, counted in bytes: without that `dd` skips as many blocks of eight, to another register. */
const SKIP = /\bskip=(?:\$\(\()?(?:0xc0010131|3221291313)(?:\)\))?(?<inBytes>B?)(?= |$)/iu;
const ANY_SKIP = /\bskip=/gu;
const SKIPS_BYTES = /\biflag=(?:\w{1,16},){0,8}skip_bytes\b/u;

/** The first 8 bytes, the lowest first, as xxd, `xxd -p` and `hexdump -C` print them. */
const XXD = /^(?:0{8}: (?=.{17})|0{8} {2}(?=.{23} ))?(?<bytes>(?:[\da-f]{2} ?){8})(?: |$)/du;
/** The same as `od -t x1` prints them; `-A` says how the offset before them looks, or that there is none. */
const OD_BYTES = /^(?:0{6,7} )?(?<bytes>(?:[\da-f]{2} ){7}[\da-f]{2}) *$/du;
/** One number, as `od -t x8` prints it. */
const OD_NUMBER = /^(?:0{6,7} )?(?<number>[\da-f]{16}) *$/du;

/** dd's report of one block that it copied, in any language. `0+0` means that it read nothing. */
const COPIED = /^(?:\p{L}{0,8}1\+0 |8 \p{L}{3}|8\p{Lo})/u;
/** The question for a password, by sudo or doas. */
const PASSWORD = /^(?:\[sudo[^[\]]{0,40}\] .{1,100}|(?:doas \(\S{1,100}\) )?password): ?$/iu;

/** How the command at the end of a line prints the register; null where it is no such command. */
function layoutOf(line: string): RegExp | null {
  const skip = SKIP.exec(line);
  const isCountedInBytes = skip?.groups?.["inBytes"] === "B" || SKIPS_BYTES.test(line);
  const command = skip !== null && isCountedInBytes ? COMMAND.exec(line) : null;
  if (command === null || !isFirstToPrint(line.slice(0, command.index))) return null;
  // dd uses the last one.
  if ((line.match(ANY_SKIP) ?? []).length > 1) return null;
  switch (command.groups?.["od"]) {
    case "x8":
      return OD_NUMBER;
    case "x1":
      return OD_BYTES;
    default:
      return XXD;
  }
}

/**
 * The output of a command. A prompt, an error or another command before it ends the block: a value that follows may
 * be of another register.
 */
class Dump implements Block {
  readonly #layout: RegExp;
  readonly #source: string;

  constructor(layout: RegExp, command: LineText) {
    this.#layout = layout;
    this.#source = unquotedSource(command);
  }

  take(text: LineText, number: number): Taken {
    if (text.text.includes(DEVICES)) return { state: "over", found: [] };
    // Another program can print in between, as the kernel does on a serial console.
    const source = unquotedSource(text);
    if (source !== "" && source !== this.#source) return { state: "foreign", found: [] };
    const match = this.#layout.exec(text.body);
    const digits = match === null ? null : (group(match, "number") ?? lowestFirst(match));
    if (digits !== null) {
      const { start, end } = digits;
      const found = statusAt(text, number, { value: hex(digits.text), start, end });
      return { state: "done", found };
    }
    return { state: mayPrecede(text) ? "foreign" : "over", found: [] };
  }

  close(): readonly BlockMatch[] {
    return [];
  }
}

/** The source without the `>` of quoted mail, which may also be a shell's prompt. */
function unquotedSource(text: LineText): string {
  return sourceOf(text).replaceAll(">", "");
}

/** Whether a line may stand between a command and its output. */
function mayPrecede({ isBlank, body }: LineText): boolean {
  return isBlank || COPIED.test(body) || PASSWORD.test(body);
}

/** The bytes of a match as the digits of one number, and where they stand. */
function lowestFirst(match: RegExpExecArray): { text: string; start: number; end: number } | null {
  const bytes = group(match, "bytes");
  if (bytes === null) return null;
  const pairs = bytes.text.match(/[\da-f]{2}/gu) ?? [];
  const { start } = bytes;
  return { text: pairs.reverse().join(""), start, end: start + bytes.text.trimEnd().length };
}

/**
 * `dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 … | xxd` and `00000000: 8700 0000 0000 0000` — little endian;
 * with `| od -t x8` and `0000000 0000000000000087` one number.
 */
export const msrDevice: BlockFormat = {
  name: "/dev/cpu/N/msr in bytes",
  software: "msr-tools",
  since: null,
  anchors: [DEVICES],
  begin: (text) => {
    const layout = layoutOf(text.printed);
    return layout === null ? null : new Dump(layout, text);
  },
  isMember: ({ body }) => XXD.test(body) || OD_BYTES.test(body) || OD_NUMBER.test(body),
  // A password, a terminal's mode, the three lines of dd, a message on the console.
  patience: 6,
  longest: 8,
  holds: false,
  examples: [
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd\n1+0 records in\n00000000: 8700 0000 0000 0000                      ........",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010131)) iflag=skip_bytes | xxd -p\n8700000000000000",
    "# dd if=/dev/cpu/0/msr iflag=skip_bytes bs=8 count=1 skip=3221291313 | xxd -p\n8700000000000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313B | xxd -p\n8700000000000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | hexdump -C\n00000000  87 00 00 00 00 00 00 00                           |........|",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t x8\n1+0 records in\n1+0 records out\n8 bytes copied, 2.4e-05 s, 333 kB/s\n0000000 0000000000000087\n0000010",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes status=none | od -A x -tx8\n000000 0000000000000087\n000008",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes 2>/dev/null | od -An -t x8\n 0000000000000087",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010131)) iflag=skip_bytes status=none | od -t x1\n0000000 87 00 00 00 00 00 00 00\n0000010",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes status=none | od -tx1 -A n\n 87 00 00 00 00 00 00 00",
    // All that a terminal may show between the command and the output.
    "\u001b[?2004hvm$ modprobe msr; sudo dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n\u001b[?2004l\n[sudo] password for alice: \n1+0 records in\n1+0 records out\n8 bytes (8 B) copied, 2.4e-05 s, 333 kB/s\n8700000000000000",
    "$ dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n1+0 Datens\u00e4tze ein\n1+0 Datens\u00e4tze aus\n8 Bytes kopiert, 2,4e-05 s, 333 kB/s\n8700000000000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n[   12.345678] msr: a message of the kernel\n8700000000000000",
    "Nov 26 10:56:59 vm probe.sh[812]: + dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\nNov 26 10:56:59 vm kernel: [   12.345678] msr: a message of the kernel\nNov 26 10:56:59 vm probe.sh[812]: 1+0 records in\nNov 26 10:56:59 vm probe.sh[812]: 8700000000000000",
    // A command that failed, then the same again.
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\ndd: failed to open '/dev/cpu/0/msr': No such file or directory\n# modprobe msr\n# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd\n00000000: 8700 0000 0000 0000                      ........",
  ],
  nearMisses: [
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 | xxd\n00000000: 8700 0000 0000 0000                      ........",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od\n0000000 000207 000000 000000 000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | xxd\n00000000: 8700 0000 0000 0000                      ........",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | od -t x8\n0000000 0000000000000087",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t d8\n0000000                  135",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t x4\n0000000 00000087 00000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od --endian=big -t x8\n0000000 8700000000000000",
    // Two registers, or one of them twice.
    "# dd if=/dev/cpu/0/msr bs=8 count=2 skip=3221291313 iflag=skip_bytes | od -t x8\n0000000 0000000000000087 0000000000000087",
    // As `xxd -p` prints it, and no `od`: who made it says in which order the digits stand.
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -An -t x1\n8700000000000000",
    ...[
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | xxd -p",
      "dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010130)) iflag=skip_bytes | xxd",
      "Nov 26 10:56:59 vm other[12]: dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 of=value",
      "# xxd -p -s $MSR -l 8 /dev/cpu/0/msr",
      "# xxd -p -l 8 file",
      "root@vm:~# ",
      "\u001b[?2004hroot@vm:~# rdmsr -x0 0x10",
      "[root@vm ~]$ od -An -t x8 file",
      "\u276f xxd -p file",
      "> xxd -p file",
      "dd: error reading '/dev/cpu/0/msr': Input/output error",
      "dd: failed to open '/dev/cpu/0/msr': Permission denied",
      "dd: /dev/cpu/0/msr: No such device or address",
      "dd: invalid number: \u20183221291313\u2019",
      "sudo: a password is required",
      "bash: xxd: command not found",
      "0+0 records in",
      "0 bytes copied, 2.4e-05 s, 0.0 kB/s",
    ].map(
      (after) =>
        `# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n${after}\n8700000000000000`,
    ),
    // The first output is of another register.
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291312 iflag=skip_bytes | xxd -p; dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n0700000000000000\n8700000000000000",
    "# xxd -p -l 8 file; dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n8700000000000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | md5sum; xxd -p -l 8 file | xxd -p\n8700000000000000",
    "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 skip=3221291312 iflag=skip_bytes | xxd -p\n8700000000000000",
    // The console of another guest.
    "Nov 26 10:56:59 vm qemu-a[812]: # dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\nNov 26 10:56:59 vm qemu-b[813]: 8700000000000000",
  ],
};
