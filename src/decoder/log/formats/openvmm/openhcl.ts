import type { ExitFields } from "../../../ghcb";
import { EXIT_CODES } from "../../../ghcb";
import type { BlockMatch, Fact, Place, Token } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, Read, Taken } from "../format";
import { exitFact, msrFact } from "../kit/exit";
import type { ValueGroup } from "../kit/groups";
import { decimal, group, hex, hexGroup, valueGroup } from "../kit/groups";
import { factOnMshv, matchOf } from "../kit/matches";

const CODES: ReadonlyMap<string, bigint> = new Map(
  EXIT_CODES.map(({ name, value }) => [name, value]),
);

/** Reads the groups `code`, `info1` and `info2` of a guest's exit to the paravisor. */
export const readExit: Read = (match, line) => {
  const code = group(match, "code");
  if (code === null) return null;
  const exitCode = /^[A-Z]/u.test(code.text) ? (CODES.get(code.text) ?? null) : hex(code.text);
  if (exitCode === null) return null;
  const [exitInfo1, exitInfo2] = [hexGroup(match, "info1"), hexGroup(match, "info2")];
  const fact = { kind: "vmgexit", exitCode, exitInfo1, exitInfo2 } as const;
  return matchOf(code, line, fact, "processorExitCode");
};

const HEADER = /\bInvalid ghcb message\./u;
const HEADER_LENGTH = "Invalid ghcb message.".length;
const MSR = /\bghcb_msr (?<value>GhcbMsr \{ info: \d{1,4}, pfn: \d{1,16}\b[^{}]{0,200}\})/du;
/** The fields of the message, and what makes a value of the text. */
const FIELDS = [
  ["msr", MSR, msrValue],
  ["exitCode", /\bsw_exit_code (?<value>\d{1,20})(?![\w.])/du, decimal],
  ["exitInfo1", /\bsw_exit_info_?1 (?<value>\d{1,20})(?![\w.])/du, decimal],
  ["exitInfo2", /\bsw_exit_info_?2 (?<value>\d{1,20})(?![\w.])/du, decimal],
] as const;
const OTHER = /^\s*(?:usage|flags|ghcb_usage|protocol_version)\b/u;
/** Only these are exit codes that software defines; anything else on a line of its own may be another number. */
const SOFTWARE = 0x8000_0000n;

type FieldName = (typeof FIELDS)[number][0];

interface Field extends ValueGroup {
  readonly token: Token;
}

/** The fields of the message that stand on a line: all of them where its line ends were escaped. */
function fieldsOf(text: LineText, number: number): Map<FieldName, Field> {
  const found = new Map<FieldName, Field>();
  for (const [name, pattern, parse] of FIELDS) {
    const match = pattern.exec(text.text);
    const field = match === null ? null : valueGroup(match, "value", parse);
    if (field !== null) found.set(name, { ...field, token: text.token(field, number, name) });
  }
  return found;
}

/** The GHCB MSR whose low 12 bits and page number a Debug text has. */
function msrValue(text: string): bigint | null {
  const [info = 0n, pfn = 0n] = text.match(/\d+/gu)?.map(BigInt) ?? [];
  return info > 0xfffn || pfn >> 52n !== 0n ? null : (pfn << 12n) | info;
}

/** The message that is being read: where it begins, and the fields so far. */
class GhcbMessage implements Block {
  readonly #first: Place;
  readonly #fields: Map<FieldName, Field>;

  constructor(first: Place, fields: Map<FieldName, Field>) {
    this.#first = first;
    this.#fields = fields;
  }

  take(text: LineText, number: number): Taken {
    const fields = fieldsOf(text, number);
    if (HEADER.test(text.text) || [...fields.keys()].some((name) => this.#fields.has(name)))
      return { state: "over", found: this.close() };
    if (fields.size === 0) return { state: OTHER.test(text.text) ? "more" : "foreign", found: [] };
    for (const [name, field] of fields) this.#fields.set(name, field);
    if (!fields.has("exitInfo2")) return { state: "more", found: [] };
    return { state: "done", found: this.close() };
  }

  close(): readonly BlockMatch[] {
    const fact = this.#fact();
    if (fact === null) return [];
    const tokens = Array.from(this.#fields.values(), ({ token }) => token);
    return [{ ...this.#first, fact, tokens }];
  }

  /**
   * A request of the MSR protocol is what was asked. Only a page's address (nothing in the low 12 bits) makes the
   * GHCB's own fields the request.
   */
  #fact(): Fact | null {
    const valueOf = (name: FieldName) => this.#fields.get(name)?.value ?? null;
    const msr = valueOf("msr");
    const exit: ExitFields = {
      exitCode: valueOf("exitCode"),
      exitInfo1: valueOf("exitInfo1"),
      exitInfo2: valueOf("exitInfo2"),
    };
    const isAsked = msr === null || (msr & 0xfffn) === 0n;
    if (exit.exitCode !== null && isAsked)
      return factOnMshv({ ...exitFact(exit), ...(msr === null ? {} : { msr }) });
    return msr === null ? null : factOnMshv(msrFact(msr, exit));
  }
}

/**
 * The panic over a message that the paravisor does not handle, its fields on lines of their own and decimal:
 * `Invalid ghcb message.`, ` ghcb_msr GhcbMsr { info: 256, pfn: 32, .. }`, ` sw_exit_code 2147549182`. One finding.
 */
export const ghcbMessage: BlockFormat = {
  name: "GHCB message that the paravisor does not handle",
  software: "openvmm",
  anchors: ["Invalid ghcb message.", "ghcb_msr GhcbMsr { info: ", "sw_exit_code 2147"],
  begin: (text, number) => {
    const fields = fieldsOf(text, number);
    const header = HEADER.exec(text.text);
    if (header !== null) {
      const start = Math.max(header.index, text.bodyStart);
      const end = start + HEADER_LENGTH;
      return new GhcbMessage(text.place({ start, end }, number), fields);
    }
    const [first] = fields.values();
    const code = fields.get("exitCode")?.value ?? 0n;
    const isSoftware = code >= SOFTWARE && code <= SOFTWARE + 0xffffn;
    return first !== undefined && (fields.has("msr") || isSoftware)
      ? new GhcbMessage(text.place(first, number), fields)
      : null;
  },
  isMember: (text) => HEADER.test(text.text) || OTHER.test(text.text) || fieldsOf(text, 0).size > 0,
  patience: 3,
  longest: 16,
  holds: true,
};
