import { featureNames } from "../../features";
import type { SeenEnding } from "../../boot/ends";
import { isRefusal, refusedIn } from "../../boot/ends";
import type { Boot } from "../../boot/boots";
import type { AskedBoot } from "../../boot/asked";
import { isOwnAndRunning, ownEndings } from "../../boot/asked";
import { failureOf } from "./bootFailure";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import type { Phrase } from "../phrase";
import { list, plain, say } from "../phrase";
import type { Tone } from "../report";
import { answerOf, toneOf } from "../guest/verdict";

/** How a boot went, as good or bad news. */
export function toneOfBoot(asked: AskedBoot): Tone {
  const { boot, verdict, guest } = asked;
  if (boot.endings.length > 0 || failureOf(boot) !== null) return "bad";
  // What was predicted of the kernel that runs did not come true.
  if (isOwnAndRunning(asked) && verdict?.outcome === "refuses") return "unknown";
  return verdict === null || guest === null ? "neutral" : toneOf(verdict, guest);
}

/** How a boot went, in one sentence. */
export function answerOfBoot({ boot, verdict, guest }: AskedBoot): Phrase {
  const ended = endOf(boot);
  if (ended !== null) return ended;
  if (boot.isRunning)
    return say`running: the guest's kernel got past its check${refusedBeside(boot)}${failedBeside(boot)}.`;
  if (verdict !== null && guest !== null) return answerOf(verdict, guest);
  if (boot.kernel !== null)
    return say`its kernel started${refusedBeside(boot) || "; the log has no more on SEV"}.`;
  if (tellsOfHostOnly(boot)) return say`no guest's boot: what the host supports.`;
  return boot.hostKernel !== null && boot.firstLine === boot.lastLine
    ? say`no guest's boot: the host's kernel started.`
    : say`no end of the guest is in the log.`;
}

/** Refusals of others than the guest that runs. */
function refusedBeside({ endings }: Boot): string {
  const others = endings.filter(({ isOfAnother }) => isOfAnother);
  if (others.length === 0) return "";
  const names = list(featureNames(refusedIn(others)));
  const refused = others.length === 1 ? "another guest was refused" : "other guests were refused";
  return `; ${refused}${names === "" ? "" : `, for want of ${names}`}`;
}

/** What failed beside the guest that runs, or of it later: nothing says which. */
function failedBeside(boot: Boot): string {
  const failure = failureOf(boot);
  return failure === null ? "" : `; besides, ${plain(failure.words).replace(/\.$/u, "")}`;
}

function tellsOfHostOnly({ features, status }: Boot): boolean {
  return (
    status === null &&
    features.length > 0 &&
    features.every(({ role }) => role === "supported" || role === "allowed")
  );
}

/** How the guest ended, or what kept it from starting; null where the log tells of neither. */
function endOf(boot: Boot): Phrase | null {
  const endings = ownEndings(boot);
  const refused = endings.find(isRefusal);
  const unsupported = refusedIn(endings);
  if (endings.length > 1 && endings.some(({ isToldByHost }) => isToldByHost))
    return say`${endings.length} ends of guests${unsupported === 0n ? "" : `; features lacking: ${list(featureNames(unsupported))}`}.`;
  if (unsupported !== 0n)
    return say`refused: the guest kernel lacks ${list(featureNames(unsupported))}.`;
  if (refused !== undefined) return say`refused; the log does not name the features.`;
  // What asks for a termination without a reason of its own has often said before what is wrong.
  const failure = failureOf(boot);
  if (failure !== null && !(failure.isRefusal && boot.isRunning)) return failure.words;
  const [ending] = endings;
  return ending === undefined ? null : terminated(ending);
}

function terminated({ reason, unreadable }: SeenEnding): Phrase {
  if (reason === null)
    return unreadable === true
      ? say`the guest asked to be terminated, with a reason that is none of the GHCB specification's.`
      : say`the guest asked to be terminated; the log does not say why.`;
  const names = reasonNames(reason);
  return names === ""
    ? say`the guest asked to be terminated: reason ${reasonCodes(reason)}, which nothing that was read defines.`
    : say`the guest asked to be terminated: ${names}.`;
}
