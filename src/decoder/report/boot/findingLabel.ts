import { featureNames } from "../../features";
import { decodeGhcbMsr, namedExitCode } from "../../ghcb";
import type { Ending, FactOf, Finding } from "../../log/finding";
import { isLowerBound } from "../../log/tokenRegister";
import { hexShort } from "../../text/u64";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";

/** What a finding is, in as few words as a list of many has room for. */
export function findingLabel({ fact }: Pick<Finding, "fact">): Phrase {
  switch (fact.kind) {
    case "sev-status":
      return say`${strong("SEV_STATUS")} ${bound(fact)}${code(hexShort(fact.value))} ${featureNames(fact.value).join(" ")}`;
    case "sev-features":
      return say`${strong("SEV_FEATURES")} ${bound(fact)}${code(hexShort(fact.value))}, ${fact.role}`;
    case "termination":
      return say`${strong("Termination")}${endingWords(fact)}`;
    case "ghcb":
      return fact.ending === null
        ? say`${strong("GHCB")}${exitWords(fact.exitCode?.value ?? null)}`
        : say`${strong("Termination")} by a GHCB${endingWords(fact.ending)}`;
    case "vmgexit":
      return say`${strong(fact.answer === true ? "Answer to an exit" : "Exit")}${exitWords(fact.exitCode)}`;
    case "ghcb-msr":
      return say`${strong("GHCB MSR")} ${code(hexShort(fact.value))} ${decodeGhcbMsr(fact.value).request}`;
    case "hypervisor-features":
      return say`${strong("Hypervisor features")} ${code(hexShort(fact.value))}, ${fact.role}`;
    case "guest-request-error":
      return say`${strong(fact.isStatus === true ? "Firmware status" : "Guest request")} ${code(hexShort(fact.value))}`;
    case "guest-kernel":
      return say`${strong("Kernel")} ${code(fact.release)}`;
    case "notice":
      return say`${strong("Known message")} ${code(fact.id)}`;
  }
}

function bound(fact: FactOf<"sev-status"> | FactOf<"sev-features">): string {
  if ("synthetic" in fact) return "synthetic: ";
  return isLowerBound(fact) ? "⊇ " : "";
}

function endingWords({ reason, unsupported }: Ending): Phrase {
  const why = reason === null ? say`` : say` ${code(reasonCodes(reason))} ${reasonNames(reason)}`;
  if (unsupported !== null)
    return say`${why}, lacking ${list(featureNames(unsupported))} (${code(hexShort(unsupported))})`;
  return reason === null ? say`, reason not told` : why;
}

function exitWords(exitCode: bigint | null): Phrase {
  if (exitCode === null) return say``;
  const { name } = namedExitCode(exitCode);
  return say` ${code(hexShort(exitCode))}${name === null ? "" : ` ${name}`}`;
}
