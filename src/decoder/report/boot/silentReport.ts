import type { SilentBoots, SilentStage } from "../../boot/silent";
import type { Phrase } from "../phrase";
import { say } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";
import { SILENT } from "../../topics/silent";
import { topicRows } from "../value/topicRows";
import { titleOf } from "./bootFields";

const BEGAN: Readonly<Record<SilentStage, string>> = {
  stage2: "the SVSM's first stage began",
  svsm: "the SVSM or paravisor began",
  firmware: "the firmware began",
  platform: "the firmware began, with SEV on",
};

const HOST_TELLS: Phrase = say`A kernel that refuses features does so before it prints anything. If neither the host kernel nor the VMM reports a termination, and the EFI stub no refusal, it was none.`;

/** What a boot without any finding can mean; `file` is null for standard input. */
export function silentReport(silent: SilentBoots, file: string | null): Report {
  const report = bareReport(titleOf(silent, file), silentAnswer(silent), "unknown");
  return { ...report, consequences: topicRows(SILENT), notes: [HOST_TELLS] };
}

/** What silent boots show, in one sentence. */
export function silentAnswer({ stage }: SilentBoots): Phrase {
  return say`${BEGAN[stage]}; no banner and no termination follow`;
}
