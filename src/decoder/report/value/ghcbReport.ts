import type {
  DecodedField,
  DecodedGhcbMsr,
  GuestRequestError,
  HvFeatures,
  TerminationChannel,
  TerminationReason,
} from "../../ghcb";
import { GHCB_GPA, UNKNOWN_REQUEST, carriesFeatureMask, reasonCauses } from "../../ghcb";
import { GHCB_VERSION_ADVICE } from "../../guest/advice/hostSwitches";
import { hexShort } from "../../text/u64";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";

/** A reason's codes as the kernel's log writes them: `0x0:0x2`. */
export function reasonCodes({ set, code: reason }: TerminationReason): string {
  return `0x${set.toString(16)}:0x${reason.toString(16)}`;
}

/** The names a reason may have, each with its owner where there are several. */
export function reasonNames({ candidates }: TerminationReason): string {
  const owned = candidates.length > 1;
  return list(
    candidates.map(({ name, software }) => (owned ? `${name} (${software})` : name)),
    "or",
  );
}

/** Why a guest asked for its end. `channel` narrows what may lie behind it; null where it is not known. */
export function terminationReport(
  title: Phrase,
  reason: TerminationReason,
  channel: TerminationChannel | null = null,
): Report {
  if (reason.extra !== 0n) return noReasonReport(title, reason);
  const names = reasonNames(reason);
  const answer =
    names === ""
      ? say`the guest asked to be terminated, with reason ${code(reasonCodes(reason))} that no source names.`
      : say`the guest asked to be terminated: ${strong(names)} (reason set ${reason.set}, code ${reason.code}).`;
  const causes = (channel === null ? (["nae", "msr"] as const) : [channel]).flatMap((one) =>
    reasonCauses(reason.set, reason.code, one),
  );
  const causeNotes = [...new Set(causes)].map(
    ({ software, cause, mark }) =>
      say`Possible cause, ${software}: ${cause}${mark === null ? "" : ` (${mark})`}.`,
  );
  return {
    ...bareReport(title, answer, "bad"),
    fields: reason.candidates.map(({ software, macro, name, meaning }) => ({
      name: software,
      value: macro ?? name,
      meaning,
    })),
    consequences: reason.candidates.flatMap(({ next, software, name }) => {
      if (next === null) return [];
      return reason.candidates.length > 1
        ? [say`Look next for ${strong(name)} (${software}): ${next}`]
        : [say`Look next: ${next}`];
    }),
    notes: [
      ...causeNotes,
      ...(channel === "msr" && carriesFeatureMask(reason) ? [say`${GHCB_VERSION_ADVICE}`] : []),
      ...reason.candidates.flatMap(({ name, mark, since }) =>
        mark === null || since === null ? [] : [say`${name}: since ${since} (${mark}).`],
      ),
    ],
    sources: [...new Set(reason.candidates.map(({ source }) => source))],
  };
}

/** A value with bits set outside reason set and code: nothing that Linux sends. */
function noReasonReport(title: Phrase, reason: TerminationReason): Report {
  const names = reasonNames(reason);
  return {
    ...bareReport(
      title,
      say`no termination reason as Linux sends it: bits outside reason set and code are set (${code(hexShort(reason.extra))}).`,
      "unknown",
    ),
    notes:
      names === ""
        ? []
        : [say`Set ${reason.set}, code ${reason.code} by itself would be ${names}.`],
  };
}

/** A GHCB MSR value: a request, an answer, a termination or the address of the GHCB. */
export function ghcbMsrReport(msr: DecodedGhcbMsr, value: bigint): Report {
  const title = say`${strong("GHCB MSR")} ${code(hexShort(value))}`;
  if (msr.reason !== null) return terminationReport(title, msr.reason, "msr");
  const report = bareReport(title, msrAnswer(msr));
  const features = msr.hvFeatures === null ? [] : hvFeatureFields(msr.hvFeatures);
  return {
    ...report,
    fields: [...msr.fields.map(fieldLine), ...features],
    sources: sourcesOf(msr),
  };
}

function msrAnswer({ request, code: low, gpa, message }: DecodedGhcbMsr): Phrase {
  if (request === GHCB_GPA && gpa !== null) {
    return say`the guest physical address of the GHCB page, no request of the MSR protocol.`;
  }
  return request === UNKNOWN_REQUEST
    ? say`a request that no source names (low 12 bits ${code(hexShort(low))}).`
    : say`${strong(request)}${message === null ? "" : `: ${message.meaning}`}`;
}

function sourcesOf({ message }: DecodedGhcbMsr): string[] {
  return message === null ? [] : [message.source];
}

/** A field of a register, with its bits beside its name. */
export function fieldLine({ name, bits, value, meaning, mark }: DecodedField): FieldLine {
  const words = [meaning ?? "", mark === undefined ? "" : `(${mark})`].filter(
    (word) => word !== "",
  );
  return { name: `${name} ${bits}`, value: hexShort(value), meaning: words.join(" ") };
}

/** The hypervisor features that are set, and those without a name. */
export function hvFeatureFields({ known, unknown }: HvFeatures): FieldLine[] {
  const lines = known.map(({ bit, name }) => ({
    name: `bit ${bit}`,
    value: name,
    meaning: "a feature of the hypervisor",
  }));
  return unknown === 0n
    ? lines
    : [...lines, { name: "bits without a name", value: hexShort(unknown), meaning: "" }];
}

/** The two error codes of a guest request, with their names. */
export function guestRequestFields({ firmware, vmm }: GuestRequestError): FieldLine[] {
  const unnamed = (isZero: boolean, zero: string) => (isZero ? zero : "no name known");
  return [
    {
      name: "firmware status [31:0]",
      value: hexShort(BigInt(firmware.value)),
      meaning: firmware.name ?? unnamed(firmware.value === 0, "success"),
    },
    {
      name: "hypervisor error [63:32]",
      value: hexShort(BigInt(vmm.value)),
      meaning: [
        vmm.name ?? unnamed(vmm.value === 0, "none"),
        vmm.meaning,
        vmm.mark === null ? null : `(${vmm.mark})`,
      ]
        .filter((word) => word !== null)
        .join(": "),
    },
  ];
}
