import { decode } from "../../register/decode";
import type {
  DecodedExit,
  DecodedOperand,
  ExitFields,
  NamedExitCode,
  Termination,
} from "../../ghcb";
import type { GuestProfile } from "../../guest/profile";
import { hexShort } from "../../text/u64";
import { reportOn } from "./decodeReport";
import { fieldLine, reasonCodes, reasonNames, terminationReport } from "./ghcbReport";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";

type ExitField = keyof ExitFields;

/** What the exit fields are called where the field's people read them. */
export const EXIT_FIELD_LABELS: Readonly<Record<ExitField, string>> = {
  exitCode: "SW_EXITCODE",
  exitInfo1: "SW_EXITINFO1",
  exitInfo2: "SW_EXITINFO2",
};
const ORDER = ["exitCode", "exitInfo1", "exitInfo2"] as const satisfies readonly ExitField[];

/**
 * Everything there is to say about the exit fields of a request. With `asked` the answer is about
 * that one field, seen beside the others; without, about the request.
 */
export function exitReport(
  exit: DecodedExit,
  guest: GuestProfile | null,
  asked: ExitField | null = null,
): Report {
  const title = titleOf(exit, asked);
  if (exit.termination !== null) {
    return terminationOf(exit, exit.termination, { title, guest, asked });
  }
  const { row = null } = exit.exitCode ?? {};
  const note = row?.note === undefined ? [] : [say`${row.note}`];
  const mark = row?.mark == null ? [] : [say`This row of the exit codes is ${row.mark}.`];
  return {
    ...bareReport(
      title,
      answerOf(exit, asked),
      row === null && exit.exitCode !== null ? "unknown" : "neutral",
    ),
    fields: fieldLines(exit),
    notes: [...note, ...mark],
    sources: row === null ? [] : [row.source],
  };
}

function titleOf(exit: DecodedExit, asked: ExitField | null): Phrase {
  const shown = ORDER.filter((field) => asked === null || field === asked);
  const parts = shown.flatMap((field) => {
    const value = exit[field]?.value;
    return value === undefined
      ? []
      : [say`${strong(EXIT_FIELD_LABELS[field])} ${code(hexShort(value))}`];
  });
  return parts.flatMap((part, index) => (index === 0 ? part : say`, ${part}`));
}

function answerOf(exit: DecodedExit, asked: ExitField | null): Phrase {
  const { exitCode } = exit;
  if (exitCode === null) {
    return say`what it means depends on ${code("SW_EXITCODE")}, which is not known here.`;
  }
  const operand = asked === null || asked === "exitCode" ? null : exit[asked];
  const { row } = exitCode;
  if (row === null) {
    return operand === null
      ? say`no source names this exit code.`
      : say`what it means is not known: no source names exit code ${code(hexShort(exitCode.value))}.`;
  }
  if (operand !== null) {
    return say`${strong(operandMeaning(operand))}, for exit code ${row.name} (${code(hexShort(row.value))}).`;
  }
  return row.kind === "vc"
    ? say`${strong(row.name)}, a #VC error code of the processor, which no guest is to report under this number: ${row.meaning}`
    : say`${strong(row.name)}: ${row.meaning}`;
}

interface Asked {
  readonly title: Phrase;
  readonly guest: GuestProfile | null;
  readonly asked: ExitField | null;
}

/** The termination event. Its SW_EXITINFO2 is a mask only where the reason says so. */
function terminationOf(
  exit: DecodedExit,
  { reason, unsupported }: Termination,
  { title, guest, asked }: Asked,
): Report {
  const fields = fieldLines(exit);
  if (reason === null) return { ...unknownReason(title, asked), fields };
  const ended = terminationReport(title, reason, "nae");
  if (unsupported !== null && unsupported !== 0n) {
    const refusal = reportOn(decode("unsupported-features", unsupported), guest);
    const named = { name: "reason", value: reasonCodes(reason), meaning: reasonNames(reason) };
    return {
      ...refusal,
      title,
      fields: [...fields, named],
      sources: [...ended.sources, ...refusal.sources],
    };
  }
  const operand = asked === "exitInfo2" ? exit.exitInfo2 : null;
  const noMask = unsupported === 0n ? NO_FEATURE_NAMED : NO_MASK;
  return {
    ...ended,
    answer: operand === null ? ended.answer : noMask,
    fields: [...fields, ...ended.fields],
    notes: unsupported === 0n ? [NO_FEATURE_NAMED, ...ended.notes] : ended.notes,
  };
}

const NO_FEATURE_NAMED = say`${code("SW_EXITINFO2")} is 0, which Linux never sends with this reason: no feature is named.`;
const NO_MASK = say`free to the sender: no mask of features, since only the reason 0x0:0x2 carries one.`;

function unknownReason(title: Phrase, asked: ExitField | null): Report {
  const answer =
    asked === "exitInfo2"
      ? say`a mask of features if the reason in ${code("SW_EXITINFO1")} is 0x0:0x2, else free to the sender; the reason is not known here.`
      : say`the guest asked to be terminated; why stands in ${code("SW_EXITINFO1")}, which is not known here.`;
  return {
    ...bareReport(title, answer, "bad"),
    consequences: [
      say`Most often an enabled feature is missing in the kernel. Compare the guest's SEV_STATUS or the VMM's features with the guest kernel.`,
      say`KVM before 6.10 does not know this event, lets the guest go on and never prints its fields (inferred): the tracepoint ${code("kvm_vmgexit_enter")} shows them.`,
    ],
  };
}

/** The exit fields that are known, those of SW_EXITINFO1 and 2 with their own fields below them. */
function fieldLines({ exitCode, exitInfo1, exitInfo2 }: DecodedExit): FieldLine[] {
  return [
    ...(exitCode === null ? [] : [exitCodeLine(exitCode)]),
    ...operandLines(EXIT_FIELD_LABELS.exitInfo1, exitInfo1),
    ...operandLines(EXIT_FIELD_LABELS.exitInfo2, exitInfo2),
  ];
}

function exitCodeLine({ value, name }: NamedExitCode): FieldLine {
  return {
    name: EXIT_FIELD_LABELS.exitCode,
    value: hexShort(value),
    meaning: name ?? "no name known",
  };
}

function operandLines(label: string, operand: DecodedOperand | null): FieldLine[] {
  if (operand === null) return [];
  return [
    { name: label, value: hexShort(operand.value), meaning: operandMeaning(operand) },
    ...operand.fields.map(fieldLine),
  ];
}

function operandMeaning({ meaning, mark, exitCode }: DecodedOperand): string {
  const inner = exitCode === undefined ? "" : `: ${exitCode.name ?? "no name known"}`;
  return `${meaning ?? "not known"}${inner}${mark === undefined ? "" : ` (${mark})`}`;
}
