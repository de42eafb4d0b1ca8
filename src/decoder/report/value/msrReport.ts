import { SOURCES } from "../../features";
import { GHCB_MSR, SEV_STATUS_MSR } from "../../features/addresses";
import { code, say, strong } from "../phrase";
import type { Report } from "../report";
import { bareReport } from "../report";

/** What a model-specific register is, under the address or the name by which a text speaks of it. */
export function msrReport(address: bigint, spelled: string): Report {
  const title = say`${code(spelled)}`;
  switch (address) {
    case SEV_STATUS_MSR:
      return {
        ...bareReport(
          title,
          say`the address of ${strong("SEV_STATUS")} (MSR C001_0131): which SEV features the guest runs with. The hypervisor cannot intercept its reading.`,
        ),
        notes: [
          say`The command ${code("rdmsr")} prints it as bare hex digits; ${code("bc")} and shell arithmetic read those as decimal unless told otherwise.`,
        ],
        sources: [LINUX_MSR, "AMDESE/AMDSEV issue 147: the register cannot be intercepted"],
      };
    case GHCB_MSR:
      return {
        ...bareReport(
          title,
          say`the address of the ${strong("GHCB MSR")} (C001_0130): the GHCB's page, or a request of the MSR protocol.`,
        ),
        sources: [LINUX_MSR],
      };
    default:
      return bareReport(title, say`a model-specific register.`);
  }
}

const LINUX_MSR = `${SOURCES.linux.title}: ${SOURCES.linux.reference}`;
