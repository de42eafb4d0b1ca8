import type { Read } from "../format";
import { BESIDE, mayBegin, textBefore } from "../kit/begins";
import { endOf, spanOf, valueGroup } from "../kit/groups";
import { matchOf, untoldMatch } from "../kit/matches";
import { isMention } from "../kit/mention";

const BEGINS_BEHIND_COLON = /:\s*$/u;
/** What ends the message: the line, the string that carries it, the stub's next message. */
const ENDS = /^\s*(?:$|["'](?=[\s,;)}\]]|$)|EFI stub: )/u;

/** Without a value the words are anybody's: they have to be a message by themselves. */
function isWhole(match: RegExpExecArray): boolean {
  const { input, index: start } = match;
  const end = endOf(match);
  const before = textBefore(input, start);
  const prefix = match.groups?.["prefix"] ?? "";
  // Only the stub says that it is the stub; a quotation is a mention.
  const begins =
    prefix.startsWith("EFI stub") ||
    mayBegin(before) ||
    (prefix !== "" && BEGINS_BEHIND_COLON.test(before));
  return begins && ENDS.test(input.slice(end, end + BESIDE)) && !isMention(input, { start, end });
}

/** Reads the groups `prefix` and `value` of a refusal by the EFI stub. */
export const readStubRefusal: Read = (match, line) => {
  const found = valueGroup(match, "value");
  if (found !== null) {
    const { value: unsupported } = found;
    const fact = { kind: "termination", via: "efi-stub", reason: null, unsupported } as const;
    return matchOf(found, line, fact, "unsupported");
  }
  if (!isWhole(match)) return null;
  const { start, end } = spanOf(match);
  const { length } = match.groups?.["prefix"] ?? "";
  return untoldMatch({ start: start + length, end }, line, "efi-stub");
};
