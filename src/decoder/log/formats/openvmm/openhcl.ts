import type { ExitFields } from "../../../ghcb";
import { EXIT_CODES } from "../../../ghcb";
import type { Span } from "../../../text/span";
import type { BlockMatch, Fact, Place } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, LineFormat, Read, Taken } from "../format";
import { exitFact, msrFact } from "../kit/exit";
import { decimal, group, hex, hexGroup } from "../kit/groups";
import { matchOf } from "../kit/matches";

const CODES: ReadonlyMap<string, bigint> = new Map(
  EXIT_CODES.map(({ name, value }) => [name, value]),
);

const readExit: Read = (match, line) => {
  const code = group(match, "code");
  if (code === null) return null;
  const exitCode = /^[A-Z]/u.test(code.text) ? (CODES.get(code.text) ?? null) : hex(code.text);
  if (exitCode === null) return null;
  const [exitInfo1, exitInfo2] = [hexGroup(match, "info1"), hexGroup(match, "info2")];
  const fact = { kind: "vmgexit", exitCode, exitInfo1, exitInfo2 } as const;
  return matchOf(code, line, fact, "processorExitCode");
};

/**
 * `SEV exit code 7f sev features SevFeatures { … } … exit_info1 7f exit_info2 0 …` — bare hex (`{:x?}`), the code
 * by name where OpenHCL has one. These are the processor's EXITINFO of a guest's exit to the paravisor: what
 * SW_EXITINFO means for the same code is not said of them. Source: openvmm virt_mshv_vtl, processor/snp.
 */
export const exitReport: LineFormat = {
  name: "exit that the paravisor does not handle",
  software: "openvmm",
  // Printed since 2025.
  anchors: ["SEV exit code "],
  pattern:
    /\bSEV exit code (?:SevExitCode\()?(?<code>(?:0x)?[\da-f]{1,16}|[A-Z][\dA-Z_]{1,40})\)? sev features SevFeatures\b(?:(?!SEV exit code ).){0,2000}? exit_info1 (?<info1>[\da-f]{1,16}) exit_info2 (?<info2>[\da-f]{1,16})\b/dgu,
  read: readExit,
};

const HEADER = /\bInvalid ghcb message\./u;
const MSR =
  /\bghcb_msr (?<text>GhcbMsr \{ info: (?<info>\d{1,4}), pfn: (?<pfn>\d{1,16})\b[^{}]{0,200}\})/du;
const CODE = /\bsw_exit_code (?<value>\d{1,20})(?![\w.])/du;
const INFO_1 = /\bsw_exit_info_?1 (?<value>\d{1,20})(?![\w.])/du;
const INFO_2 = /\bsw_exit_info_?2 (?<value>\d{1,20})(?![\w.])/du;
const OTHER = /^\s*(?:usage|flags|ghcb_usage|protocol_version)\b/u;
/** Only these are exit codes that software defines; anything else on a line of its own may be another number. */
const SOFTWARE = 0x8000_0000n;

interface Field extends Span {
  readonly value: bigint;
  readonly text: LineText;
  readonly number: number;
}

type FieldName = "msr" | "exitCode" | "exitInfo1" | "exitInfo2";

/** The fields of the message that stand on a line: all of them where its line ends were escaped. */
function fieldsOf(text: LineText, number: number): Map<FieldName, Field> {
  const found = new Map<FieldName, Field>();
  const put = (name: FieldName, span: Span | null, value: bigint | null) => {
    if (span !== null && value !== null)
      found.set(name, { start: span.start, end: span.end, value, text, number });
  };
  const msr = MSR.exec(text.text);
  if (msr !== null) put("msr", group(msr, "text"), msrValue(msr));
  for (const [name, pattern] of NUMBERS) {
    const match = pattern.exec(text.text);
    const span = match === null ? null : group(match, "value");
    put(name, span, decimal(span?.text));
  }
  return found;
}

const NUMBERS = [
  ["exitCode", CODE],
  ["exitInfo1", INFO_1],
  ["exitInfo2", INFO_2],
] as const;

function msrValue({ groups }: RegExpExecArray): bigint | null {
  const info = decimal(groups?.["info"]);
  const pfn = decimal(groups?.["pfn"]);
  return info === null || pfn === null || info > 0xfffn || pfn >> 52n !== 0n
    ? null
    : (pfn << 12n) | info;
}

/** The message that is being read: where it begins, and the fields so far. */
class GhcbMessage implements Block {
  readonly #first: Place;
  readonly #fields: Map<FieldName, Field>;

  constructor(text: LineText, number: number, fields: Map<FieldName, Field>) {
    const start = Math.max(text.text.search(HEADER), text.bodyStart);
    const [field] = fields.values();
    const header = { start, end: start + HEADER_LENGTH };
    this.#first = text.place(HEADER.test(text.text) ? header : (field ?? header), number);
    this.#fields = fields;
  }

  take(text: LineText, number: number): Taken {
    const fields = fieldsOf(text, number);
    if (HEADER.test(text.text) || [...fields.keys()].some((name) => this.#fields.has(name)))
      return { state: "over", found: this.close() };
    if (fields.size === 0) return { state: OTHER.test(text.text) ? "more" : "foreign", found: [] };
    for (const [name, field] of fields) this.#fields.set(name, field);
    return fields.has("exitInfo2")
      ? { state: "done", found: this.close() }
      : { state: "more", found: [] };
  }

  close(): readonly BlockMatch[] {
    const fact = this.#fact();
    if (fact === null) return [];
    const tokens = Array.from(this.#fields, ([name, { text, number, ...span }]) =>
      text.token(span, number, name),
    );
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
      return { ...exitFact(exit), ...(msr === null ? {} : { msr }) };
    return msr === null ? null : msrFact(msr, exit);
  }
}

const HEADER_LENGTH = "Invalid ghcb message.".length;

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
    const isAlone = !HEADER.test(text.text);
    if (isAlone && fields.size === 0) return null;
    const code = fields.get("exitCode")?.value ?? null;
    const isSoftware = code !== null && code >= SOFTWARE && code <= SOFTWARE + 0xffffn;
    if (isAlone && !fields.has("msr") && !isSoftware) return null;
    return new GhcbMessage(text, number, fields);
  },
  isMember: (text) => HEADER.test(text.text) || OTHER.test(text.text) || fieldsOf(text, 0).size > 0,
  patience: 3,
  longest: 16,
  holds: true,
};
