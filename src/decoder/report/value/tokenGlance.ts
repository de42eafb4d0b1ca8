import { SEV_SNP } from "../../features";
import type { TerminationChannel, TerminationReason } from "../../ghcb";
import { decodeExit, decodeGhcbMsr } from "../../ghcb";
import { assess, isAssessed } from "../../guest/assessment";
import type { GuestProfile } from "../../guest/profile";
import type { Fact, FactOf, Field } from "../../log/finding";
import { NOTICES } from "../../log/notices";
import type { RegisterValue } from "../../log/tokenRegister";
import { isMask, registerOf } from "../../log/tokenRegister";
import { decode } from "../../register/decode";
import { U64_MAX, hexShort } from "../../text/u64";
import type { Glance } from "../glance";
import { bareGlance } from "../glance";
import type { Phrase } from "../phrase";
import { code, say, strong } from "../phrase";
import { REGISTER_LABELS, unsupportedTitle } from "./decodeReport";
import { reasonCodes, reasonNames } from "./ghcbReport";
import { glanceOf } from "./glance";
import { fitting, leafGlance, terminationGlance } from "./leafGlance";
import { exitOf, knownIn, mayBeKvmBy, reportOnToken } from "./tokenReport";

/**
 * The answer to a token in one look, by the fact that it shows a field of; what it says agrees with `reportOnToken`.
 * `mayBeKvm`: the host may run KVM, as far as the rest of the log shows.
 */
export function glanceOnToken(
  fact: Fact,
  field: Field,
  guest: GuestProfile | null,
  mayBeKvm = true,
): Glance {
  const isKvm = mayBeKvm && mayBeKvmBy(fact);
  if (fact.kind === "notice") return noticeGlance(fact);
  const report = reportOnToken(fact, field, guest, mayBeKvm);
  if (fact.kind === "sev-status" || fact.kind === "sev-features")
    return registerGlance(fact, field, { register: fact.kind, value: fact.value }, guest, isKvm);
  const ended = endedIn(fact, field);
  if (ended === null) return leafGlance(report);
  const { reason, unsupported, channel, isLikely } = ended;
  if (unsupported !== null && unsupported !== 0n) {
    const glance = glanceOf(decode("unsupported-features", unsupported), guest, {
      mayBeKvm: isKvm,
    });
    const title = field === "unsupported" ? unsupportedTitle(unsupported) : report.title;
    const isOther = field === "exitInfo1" || field === "exitCode" || field === "reason";
    const lines =
      isOther && reason !== null ? [maskLine(reason, unsupported), ...glance.lines] : glance.lines;
    return { ...glance, title, lines };
  }
  // Another field than the reason is not what the guest gave.
  if (reason === null || unsupported === 0n || field === "exitInfo2") return leafGlance(report);
  return terminationGlance(report, reason, { channel, guest, isLikely });
}

/** Where the mask of a refusal stands, beside its reason. */
function maskLine(reason: TerminationReason, unsupported: bigint): Phrase {
  return say`${code(reasonCodes(reason))} ${reasonNames(reason)} · mask ${code(hexShort(unsupported))} beside it`;
}

/** How a guest ended, as a token shows it. */
interface Ended {
  readonly reason: TerminationReason | null;
  readonly unsupported: bigint | null;
  readonly channel: TerminationChannel | null;
  readonly isLikely: boolean;
}

function endedIn(fact: Fact, field: Field): Ended | null {
  const none = { reason: null, unsupported: null, channel: null, isLikely: false };
  if (field === "unsupported" && fact.kind === "termination")
    return { ...none, unsupported: fact.unsupported };
  if (field === "msr") {
    const found = registerOf(fact, field);
    const reason =
      fact.kind === "termination" && fact.reason !== null
        ? fact.reason
        : found === null
          ? null
          : decodeGhcbMsr(found.value).reason;
    return reason === null ? null : { ...none, reason, channel: "msr" };
  }
  if (!isOfExit(field)) return null;
  if (fact.kind === "vmgexit" && fact.answer === true) return null;
  const { termination } = decodeExit(exitOf(fact));
  if (termination !== null) return { ...none, ...termination, channel: "nae", isLikely: false };
  if (field !== "reason" || fact.kind !== "termination" || fact.reason === null) return null;
  const channel = fact.via === "efi-stub" ? null : fact.via;
  return { ...none, reason: fact.reason, channel, isLikely: fact.isLikely === true };
}

function isOfExit(field: Field): boolean {
  return (
    field === "exitCode" || field === "exitInfo1" || field === "exitInfo2" || field === "reason"
  );
}

/** A known message: how it ends the guest, else what it means. */
function noticeGlance({ id }: FactOf<"notice">): Glance {
  const { failure, meaning } = NOTICES[id];
  const title = say`${strong("Known message")}`;
  const sentences = meaning.split(/(?<=\.) (?=\p{Lu})/u).map((sentence) => say`${sentence}`);
  const [first = say``, ...rest] =
    failure === undefined ? sentences : [say`${failure}`, ...sentences];
  const glance = bareGlance(title, first, "unknown");
  return { ...glance, lines: fitting(glance, rest) };
}

/** SEV_STATUS or SEV_FEATURES of a log: of a running guest, a lower bound, a mask, or synthetic. */
function registerGlance(
  fact: FactOf<"sev-status"> | FactOf<"sev-features">,
  field: Field,
  { register, value }: RegisterValue,
  guest: GuestProfile | null,
  mayBeKvm: boolean,
): Glance {
  const decoded = decode(register, value);
  if (fact.kind === "sev-status" && fact.synthetic === true)
    return {
      ...glanceOf(decoded, null),
      verdict: say`${strong("Synthetic")} – Linux sees only vTom behind the paravisor`,
      lines: [say`It does not mean that SEV-SNP is off; no feature check applies`],
    };
  if (isMask(fact, field)) {
    const role = field === "tested" || fact.kind === "sev-status" ? "tested here" : fact.role;
    return {
      ...glanceOf(decoded, null),
      verdict: say`${strong(`Bits that are ${role}`)} – not a guest's value, so no verdict`,
      lines: [],
    };
  }
  const known = knownIn(fact, field);
  if (known === null || known.known === U64_MAX) return glanceOf(decoded, guest, { mayBeKvm });
  const assessment = guest === null ? null : assess(known, guest);
  const isSnpOff = (known.known & ~known.value & SEV_SNP) !== 0n;
  const subject = assessment !== null && isAssessed(assessment) ? assessment : null;
  return {
    ...glanceOf(decoded, subject, { known: known.known, mayBeKvm }),
    title: say`${strong(REGISTER_LABELS[register])} ${isSnpOff ? "" : "⊇ "}${code(hexShort(value))}`,
  };
}
