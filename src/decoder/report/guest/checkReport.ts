import { decode } from "../../register/decode";
import type { BootConditions } from "../../guest/check";
import { check } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Detail } from "./advice";
import type { Origin } from "../value/decodeReport";
import { reportOn } from "../value/decodeReport";
import { say } from "../phrase";
import type { Report } from "../report";
import { consequencesOf, endOf } from "./verdict";

/** A SEV_STATUS value that a guest is to be checked with, and where it is from. */
export interface Asked {
  readonly status: bigint;
  readonly origin: Origin;
}

/** How a check is to be spoken of. */
export interface CheckAsking {
  readonly conditions: BootConditions;
  readonly detail: Detail;
}

/** Whether a guest boots: the answer is for the boot asked for, what follows names both boot paths. */
export function checkReport(
  { status, origin }: Asked,
  guest: GuestProfile,
  { conditions, detail }: CheckAsking,
): Report {
  const report = reportOn(decode("sev-status", status), guest, { origin, detail });
  const verdict = check(status, guest, conditions);
  if (verdict.outcome !== "refuses") return report;
  return {
    ...report,
    answer: say`${report.answer} ${endOf(verdict, guest)}`,
    consequences: consequencesOf(status, guest, conditions),
  };
}
