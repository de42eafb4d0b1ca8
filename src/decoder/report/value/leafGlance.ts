import type { TerminationChannel, TerminationReason } from "../../ghcb";
import { carriesFeatureMask } from "../../ghcb";
import { bugsBehind } from "../../guest/catalog/bugs";
import type { GuestProfile } from "../../guest/profile";
import { visible } from "../../text/visible";
import type { Glance } from "../glance";
import { bareGlance, wordCount } from "../glance";
import type { Phrase } from "../phrase";
import { code, plain, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { reasonCodes, reasonNames } from "./ghcbReport";

/** The words of a glance; the links of a hover come on top. */
const MOST_WORDS = 38;
const MOST_LINES = 4;

/** The answer of a report that has no features, with as many of its fields as fit. */
export function leafGlance(report: Report): Glance {
  const { title, answer, tone, fields } = report;
  const glance = bareGlance(title, capitalised(answer), tone);
  return { ...glance, lines: fitting(glance, fields.map(fieldPhrase)) };
}

/** An answer as it stands by itself, not after its title. */
function capitalised([first, ...rest]: Phrase): Phrase {
  if (first?.kind !== "text") return first === undefined ? rest : [first, ...rest];
  const text = `${first.text.charAt(0).toUpperCase()}${first.text.slice(1)}`;
  return [{ ...first, text }, ...rest];
}

/** The lines that a glance has room for. */
export function fitting({ title, verdict }: Glance, lines: readonly Phrase[]): Phrase[] {
  let left = MOST_WORDS - wordCount(`${plain(title)} ${plain(verdict)}`);
  const shown: Phrase[] = [];
  for (const line of lines.slice(0, MOST_LINES)) {
    left -= wordCount(plain(line));
    if (left < 0) break;
    shown.push(line);
  }
  return shown;
}

function fieldPhrase({ name, value, meaning }: FieldLine): Phrase {
  const named = say`${name} ${code(value)}`;
  return meaning === "" ? named : say`${named} ${visible(meaning)}`;
}

/** What is known of a termination besides its reason. */
interface EndedBy {
  readonly channel: TerminationChannel | null;
  /** The kernel that asked; the default, null, is: not known. */
  readonly guest?: GuestProfile | null;
  /** The reason is likely, no more. */
  readonly isLikely?: boolean;
}

/** A termination without a mask of features, in a few words; `report` is what explains it. */
export function terminationGlance(
  report: Report,
  reason: TerminationReason,
  { channel, guest = null, isLikely = false }: EndedBy,
): Glance {
  const { title, tone } = report;
  if (reason.extra !== 0n) return leafGlance(report);
  const codes = code(reasonCodes(reason));
  const names = reasonNames(reason);
  const [only, more] = reason.candidates;
  const isRefusal = carriesFeatureMask(reason);
  const what = strong(isRefusal ? "Guest refused to boot" : "Guest terminated");
  const said = names === "" ? "unknown reason" : names;
  const glance = bareGlance(
    title,
    say`${what} – ${isLikely ? "likely " : ""}${codes} ${said}`,
    tone,
  );
  const bugs = channel === "nae" ? [] : bugsBehind(reason, guest?.bugs ?? []);
  const bugLines = bugs.length === 0 ? [] : [say`A known bug of ${guest?.label ?? ""} fits°`];
  const lines = isRefusal
    ? [...bugLines, ...withoutMask(channel)]
    : only === undefined || more !== undefined || bugs.length > 0
      ? bugLines
      : [say`Look at: ${only.next}`];
  return { ...glance, lines: fitting(glance, lines) };
}

/** Where to look for what a refusal without a mask does not tell. */
function withoutMask(channel: TerminationChannel | null): Phrase[] {
  switch (channel) {
    case "msr":
      return [
        say`No mask: the MSR protocol carries none`,
        say`Check SEV_STATUS of this guest, GHCB version ≥ 2, hypervisor features bit 0`,
      ];
    case "nae":
      return [say`The mask is in ${code("SW_EXITINFO2")}`];
    case null:
      return [say`No mask here: see SEV_STATUS of this guest and the host's kvm_amd line`];
  }
}
