import type {
  DecodedField,
  DecodedGhcbMsr,
  GuestRequestError,
  HvFeatures,
  Doubt,
  TerminationChannel,
  TerminationReason,
} from "../../ghcb";
import { GHCB_GPA, SOURCES, carriesFeatureMask, reasonCauses } from "../../ghcb";
import { GHCB_VERSION_ADVICE } from "../../guest/advice/hostSwitches";
import { bugsBehind } from "../../guest/catalog/bugs";
import type { GuestProfile } from "../../guest/profile";
import { hexShort } from "../../text/u64";
import { bugInFull } from "../guest/bugs";
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

/** Where to look on a host without KVM. */
export const ON_MSHV =
  "The host runs Microsoft's hypervisor, not KVM, so no kernel log of the host tells more: compare SEV_FEATURES of the IGVM file with the guest kernel.";

/** How far set and code are to be believed that QEMU took out of what KVM handed it (11.0 to 11.1). */
export function likelyNote(reason: TerminationReason | null): string {
  const taken =
    "QEMU takes set and code out of what KVM hands it, and after a termination by the GHCB that is the GHCB's address.";
  return reason === null
    ? `${taken} No source names this pair, so they are most likely digits of that address: the guest most likely used the GHCB event, as Linux does where it refuses features. Reason and mask are in the host kernel's kvm_amd line.`
    : `${taken} This pair is a known reason, so it is likely a true one, by the GHCB MSR; the host kernel's kvm_amd line decides.`;
}

/** What narrows down why a guest asked for its end. */
export interface EndedHow {
  /** The default, null, is: not known. */
  readonly channel?: TerminationChannel | null;
  /** The kernel that asked; the default, null, is: not known. */
  readonly guest?: GuestProfile | null;
  /** Whether the host may run KVM; the default is true. */
  readonly mayBeKvm?: boolean;
}

/**
 * Why a guest asked for its end.
 */
export function terminationReport(
  title: Phrase,
  reason: TerminationReason,
  { channel = null, guest = null, mayBeKvm = true }: EndedHow = {},
): Report {
  const { set, code: number, candidates, extra } = reason;
  const names = reasonNames(reason);
  if (extra !== 0n) {
    // Bits outside reason set and code: nothing that Linux sends.
    return {
      ...bareReport(
        title,
        say`no termination reason as Linux sends it: bits outside reason set and code are set (${code(hexShort(extra))}).`,
        "unknown",
      ),
      notes: names === "" ? [] : [say`Set ${set}, code ${number} by itself would be ${names}.`],
    };
  }
  const answer =
    names === ""
      ? say`the guest asked to be terminated, with reason ${code(reasonCodes(reason))} that no source names.`
      : say`the guest asked to be terminated: ${strong(names)} (reason set ${set}, code ${number}).`;
  const channels = channel === null ? (["nae", "msr"] as const) : [channel];
  const causes = new Set(channels.flatMap((one) => reasonCauses(set, number, one)));
  const bugs =
    channel === "nae" ? [] : bugsBehind(reason, guest === null ? null : (guest.bugs ?? []));
  return {
    ...bareReport(title, answer, "bad"),
    fields: candidates.map(({ software, macro, meaning }) => ({
      name: software,
      value: macro,
      meaning,
    })),
    consequences: [
      ...(guest === null
        ? []
        : bugs.map(({ symptom }) => say`A known bug of ${guest.label} fits: ${symptom}`)),
      ...candidates.map(({ next, software, name }) =>
        candidates.length > 1
          ? say`Look at, for ${strong(name)} (${software}): ${next}`
          : say`Look at: ${next}`,
      ),
    ],
    notes: [
      ...[...causes].map(
        ({ software, cause, doubt }) => say`Possible cause, ${software}: ${cause}${marked(doubt)}.`,
      ),
      ...bugs.map(bugInFull),
      ...(channel === "msr" && mayBeKvm && carriesFeatureMask(reason)
        ? [say`${GHCB_VERSION_ADVICE}`]
        : []),
      ...candidates.flatMap(({ name, since }) =>
        since === undefined ? [] : [say`${name}: sent by Linux since ${since}.`],
      ),
    ],
    sources: [...new Set(candidates.map(({ source }) => source))],
  };
}

/** A GHCB MSR value: a request, an answer, a termination or the address of the GHCB. */
export function ghcbMsrReport(
  msr: DecodedGhcbMsr,
  value: bigint,
  guest: GuestProfile | null,
): Report {
  const title = say`${strong("GHCB MSR")} ${code(hexShort(value))}`;
  const { reason, fields, hvFeatures, message } = msr;
  if (reason !== null) return terminationReport(title, reason, { channel: "msr", guest });
  return {
    ...bareReport(title, msrAnswer(msr)),
    fields: [...fields.map(fieldLine), ...(hvFeatures === null ? [] : hvFeatureFields(hvFeatures))],
    sources: message === null ? [] : [message.source],
  };
}

function msrAnswer({ request, code: low, message }: DecodedGhcbMsr): Phrase {
  if (message !== null) return say`${strong(request)}: ${message.meaning}`;
  return request === GHCB_GPA
    ? say`the guest physical address of the GHCB page, no request of the MSR protocol.`
    : say`a request that no source names (low 12 bits ${code(hexShort(low))}).`;
}

/** A field of a register, with its bits beside its name. */
export function fieldLine({ name, bits, value, meaning = "", doubt }: DecodedField): FieldLine {
  return { name: `${name} ${bits}`, value: hexShort(value), meaning: `${meaning}${marked(doubt)}` };
}

function marked(doubt: Doubt | undefined): string {
  return doubt === undefined ? "" : ` (${doubt.mark})`;
}

/** The hypervisor features that are set, and those without a name. */
export function hvFeatureFields({ known, unknown }: HvFeatures): FieldLine[] {
  const lines = known.map(({ bit, name, meaning, doubt }) => ({
    name: `bit ${bit}`,
    value: name,
    meaning: `${meaning}${marked(doubt)}`,
  }));
  return unknown === 0n
    ? lines
    : [...lines, { name: "bits without a name", value: hexShort(unknown), meaning: "" }];
}

/** The two error codes of a guest request, with their names. */
export function guestRequestFields({ firmware, vmm }: GuestRequestError): FieldLine[] {
  const vmmName = vmm.name ?? (vmm.value === 0 ? "none" : "no name known");
  const told = vmm.meaning === null ? "" : `: ${vmm.meaning}`;
  return [
    {
      name: "firmware status [31:0]",
      value: hexShort(BigInt(firmware.value)),
      meaning:
        firmware.name === null
          ? (firmware.meaning ?? "no name known")
          : `${firmware.name}: ${firmware.meaning ?? ""}`,
    },
    {
      name: "hypervisor error [63:32]",
      value: hexShort(BigInt(vmm.value)),
      meaning: `${vmmName}${told}`,
    },
  ];
}

/** Everything there is to say about the error of a guest request, or about a firmware status alone. */
export function guestRequestReport(title: Phrase, error: GuestRequestError): Report {
  const { firmware, vmm } = error;
  const isDone = firmware.value === 0 && vmm.value === 0;
  const answer = isDone
    ? say`no error.`
    : firmware.value === 0
      ? say`an error of the hypervisor, ${strong(vmm.name ?? "without a name")}; no feature mask.`
      : firmware.name === null && firmware.meaning !== null
        ? say`no answer of the secure processor's firmware; no feature mask.`
        : say`a status of the secure processor's firmware, ${strong(firmware.name ?? "without a name")}; no feature mask.`;
  return {
    ...bareReport(title, answer, isDone ? "neutral" : "bad"),
    fields: guestRequestFields(error),
    notes: causeNotes(error),
    sources: firmware.name === null ? [] : [SOURCES.firmwareStatus],
  };
}

/** What most often lies behind a firmware status; empty where nothing is known. */
export function causeNotes({ firmware: { name, cause } }: GuestRequestError): Phrase[] {
  return name === null || cause === null ? [] : [say`Often behind ${code(name)}: ${cause}`];
}

/** {@link causeNotes}, and that a value without a name is no answer of the firmware. */
export function requestErrorNotes(error: GuestRequestError): Phrase[] {
  const { name, value, meaning } = error.firmware;
  return name === null && meaning !== null
    ? [say`Firmware ${code(hexShort(BigInt(value)))}: ${meaning}`]
    : causeNotes(error);
}
