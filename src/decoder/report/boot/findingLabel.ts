import { featureNames } from "../../features";
import { decodeGhcbMsr, namedExitCode } from "../../ghcb";
import type { Ending, Finding } from "../../log/finding";
import { hexShort } from "../../text/u64";
import { reasonCodes, reasonNames } from "../value/ghcbReport";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";

/** What a finding is, in as few words as a list of many has room for. */
export function findingLabel(finding: Finding): Phrase {
  switch (finding.kind) {
    case "sev-status":
      return say`${strong("SEV_STATUS")} ${bound(finding)}${code(hexShort(finding.value))} ${featureNames(finding.value).join(" ")}`;
    case "sev-features":
      return say`${strong("SEV_FEATURES")} ${bound(finding)}${code(hexShort(finding.value))}, ${finding.role}`;
    case "termination":
      return say`${strong("Termination")}${endingWords(finding)}`;
    case "ghcb":
      return finding.ending === null
        ? say`${strong("GHCB")}${exitWords(finding.exitCode?.value ?? null)}`
        : say`${strong("Termination")} by a GHCB${endingWords(finding.ending)}`;
    case "vmgexit":
      return say`${strong(finding.answer === true ? "Answer to an exit" : "Exit")}${exitWords(finding.exitCode)}`;
    case "ghcb-msr":
      return say`${strong("GHCB MSR")} ${code(hexShort(finding.value))} ${decodeGhcbMsr(finding.value).request}`;
    case "hypervisor-features":
      return say`${strong("Hypervisor features")} ${code(hexShort(finding.value))}, ${finding.role}`;
    case "guest-request-error":
      return say`${strong("Guest request")} ${code(hexShort(finding.value))}`;
    case "guest-kernel":
      return say`${strong("Kernel")} ${code(finding.release)}`;
    case "notice":
      return say`${strong("Known message")} ${code(finding.id)}`;
  }
}

function bound(value: { readonly atLeast?: true; readonly synthetic?: true }): string {
  if (value.synthetic === true) return "made up: ";
  return value.atLeast === true ? "at least " : "";
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
