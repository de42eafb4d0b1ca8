import type { BlockMatch, Match, Place, Token } from "../../finding";
import type { LineText } from "../../line/lineText";
import type { Block, BlockFormat, LineFormat, Taken } from "../format";
import { likelyEnding } from "../kit/exit";
import { decimal, valueGroup, type ValueGroup } from "../kit/groups";
import { tokenAt } from "../kit/matches";

const EVENT = "GUEST_PANICKED";

/** What the event says of the guest: in JSON, and as Go prints it in kata's log. */
const INFO =
  /"info" ?: ?\{[^{}]{1,200}\}|\bGUEST_PANICKED map\[[^[\]]{0,100}\binfo:map\[[^[\]]{1,100}\]/gu;
const IS_SEV = /"type" ?: ?"sev"|\btype:sev\b/u;
const SET = /(?:"set" ?: ?|\bset:)(?<value>\d{1,10})\b/du;
const CODE = /(?:"code" ?: ?|\bcode:)(?<value>\d{1,10})\b/du;

/** The event's name as a member of JSON, behind virsh's word, or with Go's map behind it. */
const IS_EVENT = /"event" ?: ?"GUEST_PANICKED"|\bevent GUEST_PANICKED\b|\bGUEST_PANICKED map\[/u;

/**
 * `"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 11, "code": 237}}` — what
 * QEMU sends on QMP, as libvirt, virsh and kata log it. Decimal, and not always set and code: see `likelyEnding`.
 * Since 11.0. Source: QEMU's QMP reference (GuestPanicInformationSev) and the binary of 11.1.3.
 */
export const panicEvent: LineFormat = {
  name: "panic event of an SEV guest",
  software: "qemu",
  anchors: [EVENT],
  readText: (text, line) =>
    IS_EVENT.test(text) ? [...text.matchAll(INFO)].flatMap(read(line)) : [],
};

function read(line: number): (match: RegExpExecArray) => Match[] {
  return (match) => {
    const [object] = match;
    const opening = Math.max(object.lastIndexOf("{"), object.lastIndexOf("["));
    const members = object.slice(opening + 1, -1);
    const from = match.index + opening + 1;
    if (!IS_SEV.test(members)) return [];
    const pair = [SET, CODE].map((pattern) => memberIn(members, pattern, from));
    const [set = null, code = null] = pair;
    const fact = set === null || code === null ? null : likelyEnding(set.value, code.value);
    if (set === null || code === null || fact === null) return [];
    const start = Math.min(set.start, code.start);
    const end = Math.max(set.end, code.end);
    const field = fact.kind === "termination" && fact.reason !== null ? "reason" : "message";
    return [{ start, end, fact, tokens: [{ start, end, line, field }] }];
  };
}

/** A member of an object that stands at an offset of the line: its whole text, and its value. */
function memberIn(members: string, pattern: RegExp, from: number): ValueGroup | null {
  const match = pattern.exec(members);
  const found = match === null ? null : valueGroup(match, "value", decimal);
  if (match === null || found === null) return null;
  const start = from + match.index;
  return { ...found, start, end: start + match[0].length };
}

const NAME = /"event": "GUEST_PANICKED",?\s*$/u;
const MEMBER = /^"(?<key>[a-z]{3,12})": (?:\{|"(?<text>[\w-]{1,20})",?|(?<value>\d{1,16}),?)\s*$/du;
const CLOSING = /^\},?\s*$/u;

/** The event whose members stand on lines of their own. */
class OpenEvent implements Block {
  readonly #first: Place;
  readonly #values = new Map<string, { readonly value: bigint; readonly token: Token }>();
  #isSev = false;

  constructor(first: Place) {
    this.#first = first;
  }

  take(text: LineText, number: number): Taken {
    if (CLOSING.test(text.body)) return { state: "more", found: [] };
    const match = MEMBER.exec(text.body);
    if (match === null) return { state: "foreign", found: [] };
    const { key = "", text: word } = match.groups ?? {};
    if (key === "type") {
      if (word !== "sev") return { state: "over", found: [] };
      this.#isSev = true;
    }
    const value = valueGroup(match, "value", decimal);
    if (value !== null && (key === "set" || key === "code")) {
      const start = text.bodyStart;
      const span = { start, end: start + value.end };
      const token = tokenAt(text.place(span, number), "reason");
      this.#values.set(key, { value: value.value, token });
    }
    const found = this.#told();
    return { state: found.length === 0 ? "more" : "done", found };
  }

  readonly close = (): readonly BlockMatch[] => [];

  #told(): readonly BlockMatch[] {
    const set = this.#values.get("set");
    const code = this.#values.get("code");
    if (!this.#isSev || set === undefined || code === undefined) return [];
    const fact = likelyEnding(set.value, code.value);
    if (fact === null) return [];
    const field = fact.kind === "termination" && fact.reason !== null ? "reason" : "message";
    const tokens = [set.token, code.token].map((token): Token => ({ ...token, field }));
    return [{ ...this.#first, fact, tokens }];
  }
}

/** The same, pretty-printed (`-qmp-pretty`). One finding, at the line of the event's name. */
export const prettyPanicEvent: BlockFormat = {
  name: "panic event of an SEV guest, a member a line",
  software: "qemu",
  anchors: [EVENT],
  begin: (text, number) => {
    const match = NAME.exec(text.text);
    if (match === null) return null;
    const span = {
      start: match.index,
      end: match.index + match[0].trimEnd().replace(/,$/u, "").length,
    };
    return new OpenEvent(text.place(span, number));
  },
  isMember: (text) => NAME.test(text.text) || MEMBER.test(text.body) || CLOSING.test(text.body),
  patience: 2,
  longest: 16,
  holds: true,
};
