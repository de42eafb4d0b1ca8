import type { BlockMatch } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Taken } from "../format";
import { sourceOf } from "../kit/caller";
import { hex, valueGroup } from "../kit/groups";
import { statusAt } from "./rdmsr";
import { isFirstToPrint } from "./rdmsrCommand";

const DEVICES = "/dev/cpu/";
/** The device of a processor's registers, and the program that prints its bytes; no other command between. */
const COMMAND =
  /\/dev\/cpu\/\d{1,5}\/msr\b[^;&|]{0,200}(?:2>&1[^;&|]{0,50})?\|\s{0,4}(?:xxd(?: -g ?[12]| -p| -ps)?|hexdump -C|hd|od(?: -A ?[dnox])? -t ?(?<od>x[18])(?: -A ?[dnox])?) *$/u;
/** The offset in the device, in bytes. Without that, `dd` skips blocks of eight bytes: another register. */
const SKIP = /\bskip=(?:\$\(\()?(?:0xc0010131|3221291313)(?:\)\))?(?<inBytes>B?)(?= |$)/iu;
const ANY_SKIP = /\bskip=/gu;
const SKIPS_BYTES = /\biflag=(?:\w{1,16},){0,8}skip_bytes\b/u;

/** The first 8 bytes, lowest first, as xxd, `xxd -p` and `hexdump -C` print them. */
const XXD =
  /^(?:0{8}: (?=.{17})|0{8} {2}(?=.{23} ))?(?<bytes>(?:[\da-f]{2} ?){7}[\da-f]{2})(?: |$)/du;
/** The same as `od -t x1` prints them. `-A` sets the radix of the offset, or leaves the offset out. */
const OD_BYTES = /^(?:0{6,7} )?(?<bytes>(?:[\da-f]{2} ){7}[\da-f]{2}) *$/du;
/** One number, as `od -t x8` prints it. */
const OD_NUMBER = /^(?:0{6,7} )?(?<number>[\da-f]{16}) *$/du;

/** dd's report of one copied block, in any language. `0+0` means that it read nothing. */
const COPIED = /^(?:\p{L}{0,8}1\+0 |8 \p{L}{3}|8\p{Lo})/u;
/** The password prompt of sudo or doas. */
const PASSWORD = /^(?:\[sudo[^[\]]{0,40}\] .{1,100}|(?:doas \(\S{1,100}\) )?password): ?$/iu;

/** How the command at the end of a line prints the register; null for any other command. */
function layoutOf(line: string): RegExp | null {
  const skip = SKIP.exec(line);
  const isInBytes = skip?.groups?.["inBytes"] === "B" || SKIPS_BYTES.test(line);
  const command = skip !== null && isInBytes ? COMMAND.exec(line) : null;
  if (command === null || !isFirstToPrint(line.slice(0, command.index))) return null;
  // Of several, dd uses the last one.
  if ((line.match(ANY_SKIP) ?? []).length > 1) return null;
  const { od } = command.groups ?? {};
  if (od === undefined) return XXD;
  return od === "x8" ? OD_NUMBER : OD_BYTES;
}

/**
 * The output of a command. A prompt, an error or another command ends the block: a value after it may be of another
 * register.
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
    // Another program may print in between, as the kernel does on a serial console.
    const source = unquotedSource(text);
    if (source !== "" && source !== this.#source) return { state: "foreign", found: [] };
    const match = this.#layout.exec(text.body);
    const value =
      match === null
        ? null
        : (valueGroup(match, "number") ?? valueGroup(match, "bytes", lowestFirst));
    if (value !== null) return { state: "done", found: statusAt(text, number, value) };
    return { state: mayPrecede(text) ? "foreign" : "over", found: [] };
  }

  readonly close = (): readonly BlockMatch[] => [];
}

/** The source without the `>` of quoted mail, which may also be a shell's prompt. */
function unquotedSource(text: LineText): string {
  return sourceOf(text).replaceAll(">", "");
}

/** Whether a line may stand between a command and its output. */
function mayPrecede({ isBlank, body }: LineText): boolean {
  return isBlank || COPIED.test(body) || PASSWORD.test(body);
}

/** The value of bytes in hex, lowest first. */
function lowestFirst(bytes: string): bigint {
  return hex((bytes.match(/[\da-f]{2}/gu) ?? []).reverse().join(""));
}

/**
 * `dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 … | xxd` and `00000000: 8700 0000 0000 0000` — little endian; or
 * `… | od -t x8` and `0000000 0000000000000087` — one number.
 */
export const msrDevice: BlockFormat = {
  name: "/dev/cpu/N/msr in bytes",
  software: "msr-tools",
  anchors: [DEVICES],
  begin: (text) => {
    const layout = layoutOf(text.printed);
    return layout === null ? null : new Dump(layout, text);
  },
  isMember: ({ body }) => XXD.test(body) || OD_BYTES.test(body) || OD_NUMBER.test(body),
  // A password prompt, a terminal's mode, three lines of dd, a message on the console.
  patience: 6,
  longest: 8,
  holds: false,
};
