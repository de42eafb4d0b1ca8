import type { Topic, TopicRow } from "../../topics/topic";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";

/** The places where a topic says to look, in one sentence each. */
export function topicRows({ rows }: Topic): Phrase[] {
  return rows.map(rowWords);
}

function rowWords({ where, command, shows, means }: TopicRow): Phrase {
  const how = command === undefined ? say`` : say` (${code(command)})`;
  const what = shows === undefined ? say`` : say` ${code(shows)} —`;
  return say`${strong(where)}${how}:${what} ${means}`;
}
