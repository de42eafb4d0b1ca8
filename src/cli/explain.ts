import { textOf } from "../decoder/report/render/text";
import { topicJson, topicReport } from "../decoder/report/value/topicReport";
import { nearest } from "../decoder/text/nearest";
import { quoted } from "../decoder/text/quoted";
import { TOPICS, TOPIC_IDS, isTopicId } from "../decoder/topics/topics";
import { oneOperand, readArguments } from "./arguments";
import type { Command } from "./command";
import { DONE, Unusable } from "./command";
import { JSON_OPTION, SOURCES_OPTION } from "./help";
import { columns } from "../decoder/report/render/text";

const OPTIONS = [SOURCES_OPTION, JSON_OPTION] as const;

/** `sev-status explain`: answers to the questions that people have most often. */
export const EXPLAIN: Command = {
  name: "explain",
  usage: ["[TOPIC] [--sources] [--json]"],
  summary: "answer a question: which log to look into, is SEV-SNP on, what a firmware error is",
  options: OPTIONS,
  about: [
    ["TOPIC is one of", ...topicLines(), "Without TOPIC these are printed."].join("\n"),
    `Commands in an answer are there to be pasted; NAME stands for the name of your VM.`,
  ],
  examples: ["explain silent", "explain snp", "explain firmware-error"],
  run(args, terminal) {
    const given = readArguments("sev-status explain", OPTIONS, args);
    const topic = oneOperand("explain", given.operands);
    if (topic === null) {
      if (given.has("json"))
        terminal.printJson(TOPIC_IDS.map((id) => ({ topic: id, question: TOPICS[id].question })));
      else terminal.tell(topicLines().join("\n"));
      return DONE;
    }
    if (!isTopicId(topic)) {
      const near = nearest(topic, TOPIC_IDS);
      const hint = VALUE.test(topic)
        ? ` To decode a value: sev-status decode ${topic} --as guest-request-error.`
        : near === null
          ? ""
          : ` Did you mean ${near}?`;
      throw new Unusable(`${quoted(topic)} is no topic: expected ${TOPIC_IDS.join(", ")}.${hint}`);
    }
    if (given.has("json")) terminal.printJson(topicJson(topic));
    else {
      const report = topicReport(topic);
      const shown = given.has("sources") ? report : { ...report, sources: [] };
      terminal.tell(textOf(shown, terminal.paint));
    }
    return DONE;
  },
};

/** A number, in which somebody may have seen an error. */
const VALUE = /^(?:0x[\da-f]{1,16}|\d{1,16})$/iu;

function topicLines(): string[] {
  return columns(TOPIC_IDS.map((id) => [`  ${id}`, TOPICS[id].question]));
}
