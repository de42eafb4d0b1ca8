import type { TerminationChannel, TerminationReason } from "../../ghcb";
import { carriesFeatureMask } from "../../ghcb";
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
  const glance = bareGlance(title, answer, tone);
  return { ...glance, lines: fitting(glance, fields.map(fieldPhrase)) };
}

/** The lines that a glance has room for. */
function fitting({ title, verdict }: Glance, lines: readonly Phrase[]): Phrase[] {
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
  /** Where the mask stands, if the text has it elsewhere. */
  readonly mask?: Phrase | null;
}

/** A termination without a mask of features, in a few words; `report` is what explains it. */
export function terminationGlance(
  report: Report,
  reason: TerminationReason,
  { channel, mask = null }: EndedBy,
): Glance {
  const { title, tone } = report;
  if (reason.extra !== 0n) return leafGlance(report);
  const names = reasonNames(reason);
  const codes = reasonCodes(reason);
  if (carriesFeatureMask(reason)) {
    const glance = bareGlance(
      title,
      say`${strong("Guest refused to boot")} – ${code(codes)} ${names}`,
      tone,
    );
    return { ...glance, lines: mask === null ? withoutMask(channel) : [mask] };
  }
  const said = names === "" ? "unknown reason" : names;
  const glance = bareGlance(
    title,
    say`${strong("Guest terminated")} – ${code(codes)} ${said}`,
    tone,
  );
  const [only, more] = reason.candidates;
  const next = only === undefined || more !== undefined ? [] : [say`Look at: ${only.next}`];
  return { ...glance, lines: fitting(glance, next) };
}

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
      return [say`No mask here. Check SEV_STATUS of this guest and the host's kvm_amd line`];
  }
}
