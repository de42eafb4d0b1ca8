import type { ExitGroup, ExitState } from "../../boot/exits";
import { namedExitCode } from "../../ghcb";
import { hexShort } from "../../text/u64";

const STATES: Readonly<Record<ExitState, string>> = {
  "unknown-to-kvm": "KVM does not know this exit code",
  "input-missing": "KVM misses fields that this exit needs",
  "guest-cannot-handle": "the guest cannot handle this #VC exception",
  traced: "",
};

/** What an exit is and how it went: `0x72 CPUID (KVM misses fields that this exit needs)`. */
export function exitWords({ exitCode, state }: ExitGroup): string {
  const how = STATES[state];
  const name = exitCode === null ? null : namedExitCode(exitCode).name;
  const what =
    exitCode === null
      ? "the exit code is not in the log"
      : [hexShort(exitCode), name ?? "no source names it"].join(" ");
  return how === "" ? what : `${what} (${how})`;
}
