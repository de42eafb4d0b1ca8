import { FIRMWARE_STATUS, GUEST_REQUEST_VMM_ERRORS, usualCause } from "../../ghcb";
import type { ErrorCode } from "../../ghcb";
import { TOPICS } from "../../topics/topics";
import type { Topic } from "../../topics/topic";
import type { TopicId } from "../../topics/topics";
import { hexShort } from "../../text/u64";
import type { Json } from "../render/json";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";
import { topicRows } from "./topicRows";

/** The answer to a question: each place to look, and what it shows there. */
export function topicReport(id: TopicId): Report {
  const topic: Topic = TOPICS[id];
  const { question, answer, rows, notes, table } = topic;
  return {
    ...bareReport(say`${strong(question)}`, say`${answer}`),
    fields: table === "firmware" ? firmwareFields() : [],
    consequences: topicRows(topic),
    notes: [...notes.map((note) => say`${note}`), ...(table === "firmware" ? causeWords() : [])],
    sources: [...new Set(rows.map(({ source }) => source))],
  };
}

function firmwareFields(): FieldLine[] {
  return [
    ...FIRMWARE_STATUS.map((row) => codeLine(row, "")),
    ...GUEST_REQUEST_VMM_ERRORS.map((row) => codeLine(row, "hypervisor, bits 63:32: ")),
  ];
}

function codeLine({ value, name, meaning }: ErrorCode, whose: string): FieldLine {
  return { name: hexShort(value), value: name, meaning: `${whose}${meaning}` };
}

function causeWords(): Phrase[] {
  return FIRMWARE_STATUS.flatMap((row) => {
    const cause = usualCause(row);
    return cause === null ? [] : [say`Often behind ${code(row.name)}: ${cause}`];
  });
}

/** The object that `explain --json` prints. */
export function topicJson(id: TopicId): Json {
  const { question, answer, rows, notes, table }: Topic = TOPICS[id];
  return {
    topic: id,
    question,
    answer,
    rows: rows.map(({ where, command = null, shows = null, means, source }) => ({
      where,
      command,
      shows,
      means,
      source,
    })),
    notes,
    ...(table === "firmware"
      ? {
          codes: FIRMWARE_STATUS.map((row) => ({
            value: Number(row.value),
            name: row.name,
            meaning: row.meaning,
            cause: usualCause(row),
          })),
        }
      : {}),
  };
}
