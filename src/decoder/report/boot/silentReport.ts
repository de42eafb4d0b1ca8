import type { SilentBoots, SilentStage } from "../../boot/silent";
import type { Phrase } from "../phrase";
import { code, say } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { titleOf } from "./bootFields";

const BEGAN: Readonly<Record<SilentStage, string>> = {
  stage2: "the SVSM's first stage began",
  svsm: "the SVSM or paravisor began",
  firmware: "the firmware began",
  platform: "the firmware began, with SEV on",
};

const HOST_TELLS: Phrase = say`A kernel that refuses features does so before it prints anything. Then the host kernel's log has ${code("SEV-ES guest requested termination")} (vendors' kernels with a KVM before 6.10: ${code("exit code 0x8000fffe is not valid")}); without such a line it was no refusal.`;

/** What a boot without any finding can mean; `file` is null for standard input. */
export function silentReport(silent: SilentBoots, file: string | null): Report {
  const report = bareReport(titleOf(silent, file), silentAnswer(silent), "unknown");
  return { ...report, notes: [HOST_TELLS] };
}

/** What silent boots show, in one sentence. */
export function silentAnswer({ stage }: SilentBoots): Phrase {
  return say`silent: ${BEGAN[stage]}, and neither a kernel's banner nor an end of the guest follows.`;
}
