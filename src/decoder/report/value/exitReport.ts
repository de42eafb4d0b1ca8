import { decode } from "../../register/decode";
import { featureNames } from "../../features";
import type {
  DecodedExit,
  DecodedOperand,
  ExitFields,
  NamedExitCode,
  Termination,
} from "../../ghcb";
import type { GuestProfile } from "../../guest/profile";
import { hex64, hexShort } from "../../text/u64";
import { reportOn } from "./decodeReport";
import { ON_MSHV, fieldLine, reasonCodes, reasonNames, terminationReport } from "./ghcbReport";
import type { Json } from "../render/json";
import { fieldJson, guestJson, reasonJson } from "../render/json";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";

/** A field of the GHCB that tells what a guest asks; null for the request as a whole. */
export type AskedField = keyof ExitFields | null;

/** What the exit fields are called where the field's people read them. */
export const EXIT_FIELD_LABELS = {
  exitCode: "SW_EXITCODE",
  exitInfo1: "SW_EXITINFO1",
  exitInfo2: "SW_EXITINFO2",
} as const;

/** The exit fields that are known, or the one that was asked for, with their values. */
export function exitTitle(
  values: { readonly [field in keyof ExitFields]: { readonly value: bigint } | null },
  asked: AskedField,
): Phrase {
  const shown = (["exitCode", "exitInfo1", "exitInfo2"] as const).flatMap((field) => {
    const known = asked === null || asked === field ? values[field] : null;
    return known === null
      ? []
      : [say`${strong(EXIT_FIELD_LABELS[field])} ${code(hexShort(known.value))}`];
  });
  return shown.flatMap((part, index) => (index === 0 ? part : say`, ${part}`));
}

/**
 * Everything there is to say about the exit fields of a request. With `asked` the answer is about
 * that one field, seen beside the others; without, about the request. `mayBeKvm`: the host may run KVM.
 */
export function exitReport(
  exit: DecodedExit,
  guest: GuestProfile | null,
  asked: AskedField = null,
  mayBeKvm = true,
): Report {
  if (exit.termination !== null)
    return terminationOf(exit, exit.termination, guest, asked, mayBeKvm);
  const { row = null } = exit.exitCode ?? {};
  return {
    ...bareReport(
      exitTitle(exit, asked),
      answerOf(exit, asked),
      row === null && exit.exitCode !== null ? "unknown" : "neutral",
    ),
    fields: fieldLines(exit),
    notes: [
      ...(row?.note === undefined ? [] : [say`${row.note}`]),
      ...(row?.doubt === undefined
        ? []
        : [say`This row of the exit codes is ${row.doubt.mark}. ${row.doubt.why}`]),
    ],
    sources: row === null ? [] : [row.source],
  };
}

function answerOf(exit: DecodedExit, asked: AskedField): Phrase {
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

/** The termination event. Its SW_EXITINFO2 is a mask only where the reason says so. */
function terminationOf(
  exit: DecodedExit,
  { reason, unsupported }: Termination,
  guest: GuestProfile | null,
  asked: AskedField,
  mayBeKvm: boolean,
): Report {
  const title = exitTitle(exit, asked);
  const fields = fieldLines(exit);
  if (reason === null) return { ...unknownReason(title, asked, mayBeKvm), fields };
  const ended = terminationReport(title, reason, { channel: "nae" });
  if (unsupported !== null && unsupported !== 0n) {
    const refusal = reportOn(decode("unsupported-features", unsupported), guest, { mayBeKvm });
    const named = { name: "reason", value: reasonCodes(reason), meaning: reasonNames(reason) };
    return {
      ...refusal,
      title,
      fields: [...fields, named],
      sources: [...ended.sources, ...refusal.sources],
    };
  }
  const noMask = unsupported === 0n ? NO_FEATURE_NAMED : NO_MASK;
  return {
    ...ended,
    answer: asked === "exitInfo2" && exit.exitInfo2 !== null ? noMask : ended.answer,
    fields: [...fields, ...ended.fields],
    notes: unsupported === 0n ? [NO_FEATURE_NAMED, ...ended.notes] : ended.notes,
  };
}

const NO_FEATURE_NAMED = say`${code("SW_EXITINFO2")} is 0, which Linux never sends with this reason: no feature is named.`;
const NO_MASK = say`free to the sender: no mask of features, since only the reason 0x0:0x2 carries one.`;

function unknownReason(title: Phrase, asked: AskedField, mayBeKvm: boolean): Report {
  const answer =
    asked === "exitInfo2"
      ? say`a mask of features if the reason in ${code("SW_EXITINFO1")} is 0x0:0x2, else free to the sender; the reason is not known here.`
      : say`the guest asked to be terminated; why stands in ${code("SW_EXITINFO1")}, which is not known here.`;
  return {
    ...bareReport(title, answer, "bad"),
    consequences: [
      say`Most often an enabled feature is missing in the kernel. Compare the guest's SEV_STATUS or the VMM's features with the guest kernel.`,
      mayBeKvm
        ? say`KVM before 6.10, which only vendors' kernels run SNP guests with, does not know this event, lets the guest go on and never prints its fields: the tracepoint ${code("kvm_vmgexit_enter")} shows them.`
        : say`${ON_MSHV}`,
    ],
  };
}

/** The exit fields that are known, those of SW_EXITINFO1 and 2 with their own fields below them. */
function fieldLines({ exitCode, exitInfo1, exitInfo2 }: DecodedExit): FieldLine[] {
  return [
    ...(exitCode === null ? [] : [exitLine("exitCode", exitCode.value, nameOf(exitCode))]),
    ...operandLines("exitInfo1", exitInfo1),
    ...operandLines("exitInfo2", exitInfo2),
  ];
}

/** An exit field with its value and what it means. */
export function exitLine(field: keyof ExitFields, value: bigint, meaning: string): FieldLine {
  return { name: EXIT_FIELD_LABELS[field], value: hexShort(value), meaning };
}

function operandLines(field: keyof ExitFields, operand: DecodedOperand | null): FieldLine[] {
  if (operand === null) return [];
  return [
    exitLine(field, operand.value, operandMeaning(operand)),
    ...operand.fields.map(fieldLine),
  ];
}

function operandMeaning({ meaning, doubt, exitCode }: DecodedOperand): string {
  const inner = exitCode === undefined ? "" : `: ${nameOf(exitCode)}`;
  return `${meaning ?? "not known"}${inner}${doubt === undefined ? "" : ` (${doubt.mark})`}`;
}

function nameOf({ name }: NamedExitCode): string {
  return name ?? "no name known";
}

/**
 * The object that `decode --exit-code` prints. `unsupported` and `features` are those of a feature
 * refusal; a request of a guest holds no feature set of its own, so `verdict` is always null.
 */
export function exitJson(exit: DecodedExit, guest: GuestProfile | null): Json {
  const { reason = null, unsupported = null } = exit.termination ?? {};
  return {
    ...exitFieldsJson(exit),
    reason: reason === null ? null : reasonJson(reason),
    unsupported: unsupported === null ? null : hex64(unsupported),
    features: featureNames(unsupported ?? 0n),
    guest: guest === null ? null : guestJson(guest),
    verdict: null,
  };
}

/** The exit fields of a request, or of an answer and the request it is for. */
export function exitFieldsJson({
  exitCode,
  exitInfo1,
  exitInfo2,
}: Pick<DecodedExit, keyof ExitFields>): { readonly [key: string]: Json } {
  return {
    exitCode: exitCode === null ? null : exitCodeJson(exitCode),
    exitInfo1: exitInfo1 === null ? null : operandJson(exitInfo1),
    exitInfo2: exitInfo2 === null ? null : operandJson(exitInfo2),
  };
}

function exitCodeJson({ value, name }: NamedExitCode): Json {
  return { value: hex64(value), name };
}

function operandJson({ value, meaning, fields, exitCode }: DecodedOperand): Json {
  return {
    value: hex64(value),
    meaning,
    fields: fields.map(fieldJson),
    ...(exitCode === undefined ? {} : { exitCode: exitCodeJson(exitCode) }),
  };
}
