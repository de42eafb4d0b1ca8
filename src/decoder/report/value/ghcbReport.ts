import type {
  DecodedField,
  DecodedGhcbMsr,
  GuestRequestError,
  HvFeatures,
  Mark,
  TerminationChannel,
  TerminationReason,
} from "../../ghcb";
import { GHCB_GPA, carriesFeatureMask, reasonCauses } from "../../ghcb";
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

/** How far set and code are to be believed that QEMU took out of what KVM handed it (11.0 to 11.1). */
export function likelyNote(reason: TerminationReason | null): string {
  const taken =
    "QEMU takes set and code out of what KVM hands it, and after a termination by the GHCB that is the GHCB's address.";
  return reason === null
    ? `${taken} No source names this pair, so they are most likely digits of that address: the guest most likely used the GHCB event, as Linux does where it refuses features. Reason and mask are in the host kernel's kvm_amd line.`
    : `${taken} This pair is a known reason, so it is likely a true one, by the GHCB MSR; the host kernel's kvm_amd line decides.`;
}

/** Why a guest asked for its end. `channel` narrows what may lie behind it; null where it is not known. */
export function terminationReport(
  title: Phrase,
  reason: TerminationReason,
  channel: TerminationChannel | null = null,
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
  return {
    ...bareReport(title, answer, "bad"),
    fields: candidates.map(({ software, macro, meaning }) => ({
      name: software,
      value: macro,
      meaning,
    })),
    consequences: candidates.map(({ next, software, name }) =>
      candidates.length > 1
        ? say`Look next for ${strong(name)} (${software}): ${next}`
        : say`Look next: ${next}`,
    ),
    notes: [
      ...[...causes].map(
        ({ software, cause, mark }) => say`Possible cause, ${software}: ${cause}${marked(mark)}.`,
      ),
      ...(channel === "msr" && carriesFeatureMask(reason) ? [say`${GHCB_VERSION_ADVICE}`] : []),
      ...candidates.flatMap(({ name, since }) =>
        since === undefined ? [] : [say`${name}: sent by Linux since ${since}.`],
      ),
    ],
    sources: [...new Set(candidates.map(({ source }) => source))],
  };
}

/** A GHCB MSR value: a request, an answer, a termination or the address of the GHCB. */
export function ghcbMsrReport(msr: DecodedGhcbMsr, value: bigint): Report {
  const title = say`${strong("GHCB MSR")} ${code(hexShort(value))}`;
  const { reason, fields, hvFeatures, message } = msr;
  if (reason !== null) return terminationReport(title, reason, "msr");
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
export function fieldLine({ name, bits, value, meaning = "", mark }: DecodedField): FieldLine {
  return { name: `${name} ${bits}`, value: hexShort(value), meaning: `${meaning}${marked(mark)}` };
}

function marked(mark: Mark | undefined): string {
  return mark === undefined ? "" : ` (${mark})`;
}

/** The hypervisor features that are set, and those without a name. */
export function hvFeatureFields({ known, unknown }: HvFeatures): FieldLine[] {
  const lines = known.map(({ bit, name, meaning, mark }) => ({
    name: `bit ${bit}`,
    value: name,
    meaning: `${meaning}${marked(mark)}`,
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
      meaning: firmware.name ?? "no name known",
    },
    {
      name: "hypervisor error [63:32]",
      value: hexShort(BigInt(vmm.value)),
      meaning: `${vmmName}${told}${vmm.mark === null ? "" : `: (${vmm.mark})`}`,
    },
  ];
}
