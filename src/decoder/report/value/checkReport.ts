import { decode } from "../../register/decode";
import type { Assessed } from "../../guest/assessment";
import type { Asking, Origin } from "./decodeReport";
import { reportOn } from "./decodeReport";
import { say } from "../phrase";
import type { Report } from "../report";
import { endOf } from "../guest/verdict";

/** A SEV_STATUS value that a guest is to be checked with, and where it is from. */
export interface Asked {
  readonly status: bigint;
  readonly origin: Origin;
}

/** Whether a guest boots: the answer is for the boot path asked for, what follows names both. */
export function checkReport(assessment: Assessed, asking: Asking): Report {
  const { status, verdict, guest } = assessment;
  const report = reportOn(decode("sev-status", status.value), assessment, asking);
  return verdict.outcome === "refuses"
    ? { ...report, answer: say`${report.answer} ${endOf(verdict, guest)}` }
    : report;
}
