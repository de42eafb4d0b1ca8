import type { BlockMatch } from "../../finding";
import { group, hex } from "../kit/groups";
import type { LineText } from "../../line/lineText";
import { statusAt } from "./rdmsr";
import type { Block, BlockFormat, Taken } from "../format";

/** The file of a processor's registers, and what prints the bytes read from it. */
const COMMAND =
  /\/dev\/cpu\/\d{1,5}\/msr\b.{0,200}\|\s{0,4}(?:xxd(?: -g ?[12]| -p| -ps)?|hexdump -C|hd|od(?: -A ?[dnox])? -t ?(?<od>x[18])(?: -A ?[dnox])?) *$/u;
/** Where it is read from, counted in bytes: without that `dd` skips as many blocks of eight, to another register. */
const SKIP = /\bskip=(?:\$\(\()?(?:0xc0010131|3221291313)(?:\)\))?(?<inBytes>B?)(?= |$)/iu;
const SKIPS_BYTES = /\biflag=(?:\w{1,16},){0,8}skip_bytes\b/u;

/** The first 8 bytes, the lowest first, as xxd, `xxd -p` and `hexdump -C` print them. */
const XXD = /^(?:0{8}: (?=.{17})|0{8} {2}(?=.{23} ))?(?<bytes>(?:[\da-f]{2} ?){8})(?: |$)/du;
/** The same as `od -t x1` prints them; `-A` says how the offset before them looks, or that there is none. */
const OD_BYTES = /^(?:0{6,7} )?(?<bytes>(?:[\da-f]{2} ){7}[\da-f]{2}) *$/du;
/** One number, as `od -t x8` prints it. */
const OD_NUMBER = /^(?:0{6,7} )?(?<number>[\da-f]{16}) *$/du;

/** How the command at the end of a line prints the register; null where it is no such command. */
function layoutOf(line: string): RegExp | null {
  const skip = SKIP.exec(line);
  const isCountedInBytes = skip?.groups?.["inBytes"] === "B" || SKIPS_BYTES.test(line);
  const command = skip !== null && isCountedInBytes ? COMMAND.exec(line) : null;
  if (command === null) return null;
  switch (command.groups?.["od"]) {
    case "x8":
      return OD_NUMBER;
    case "x1":
      return OD_BYTES;
    default:
      return XXD;
  }
}

class Dump implements Block {
  readonly #layout: RegExp;

  constructor(layout: RegExp) {
    this.#layout = layout;
  }

  take(text: LineText, number: number): Taken {
    const match = this.#layout.exec(text.body);
    if (match === null) return { state: "foreign", found: [] };
    const digits = group(match, "number") ?? lowestFirst(match);
    if (digits === null) return { state: "foreign", found: [] };
    const { start, end } = digits;
    return {
      state: "done",
      found: statusAt(text, number, { value: hex(digits.text), start, end }),
    };
  }

  close(): readonly BlockMatch[] {
    return [];
  }
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
  anchors: ["/dev/cpu/"],
  begin: ({ printed }) => {
    const layout = layoutOf(printed);
    return layout === null ? null : new Dump(layout);
  },
  isMember: ({ body }) => XXD.test(body) || OD_BYTES.test(body) || OD_NUMBER.test(body),
  patience: 4,
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
  ],
};
