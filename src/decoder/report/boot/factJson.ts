import { decodeFeatures, featureNames } from "../../features";
import type { TerminationReason } from "../../ghcb";
import {
  decodeExitReturn,
  decodeGhcbMsr,
  decodeGuestRequestError,
  decodeHvFeatures,
  namedExitCode,
} from "../../ghcb";
import { guestProfile } from "../../guest/profile";
import type { Ending, Fact, FactOf, SnapshotField } from "../../log/finding";
import { isLowerBound } from "../../log/tokenRegister";
import { hex64 } from "../../text/u64";
import { reasonJson } from "../render/json";
import type { Json } from "../render/json";
import { NOTICES } from "../../log/notices";
import { likelyNote } from "../value/ghcbReport";

type JsonObject = { readonly [key: string]: Json };

/** What a finding of the command line's JSON says of its fact; the contract has the keys. */
export function factJson(fact: Fact): JsonObject {
  switch (fact.kind) {
    case "sev-status":
      return {
        value: hex64(fact.value),
        features: featureNames(fact.value),
        ...flags(fact),
        ...(fact.synthetic === true ? { note: SYNTHETIC } : {}),
      };
    case "sev-features":
      return {
        value: hex64(fact.value),
        features: decodeFeatures("sev-features", fact.value).features.map(({ name }) => name),
        role: fact.role,
        ...flags(fact),
      };
    case "termination":
      return endingJson(fact);
    case "ghcb":
      return {
        exitCode: fieldJson(fact.exitCode),
        exitInfo1: fieldJson(fact.exitInfo1),
        exitInfo2: fieldJson(fact.exitInfo2),
        ...(fact.ending === null ? {} : endingJson(fact.ending)),
      };
    case "vmgexit":
      return vmgexitJson(fact);
    case "ghcb-msr":
      return { value: hex64(fact.value), request: decodeGhcbMsr(fact.value).request };
    case "hypervisor-features": {
      const { known, unknown } = decodeHvFeatures(fact.value);
      return {
        value: hex64(fact.value),
        features: known.map(({ name }) => name),
        unknown: hex64(unknown),
        role: fact.role,
      };
    }
    case "guest-request-error": {
      const { firmware, vmm } = decodeGuestRequestError(fact.value);
      return {
        firmware: firmware.value,
        vmm: vmm.value,
        firmwareName: firmware.name,
        vmmName: vmm.name,
      };
    }
    case "guest-kernel":
      return { release: fact.release, guest: guestProfile(fact.banner)?.id ?? null };
    case "notice":
      return { id: fact.id, note: NOTICES[fact.id].meaning };
  }
}

function flags(fact: FactOf<"sev-status"> | FactOf<"sev-features">): JsonObject {
  return {
    ...(isLowerBound(fact) ? { atLeast: true } : {}),
    ...("synthetic" in fact ? { synthetic: true } : {}),
  };
}

function endingJson(ending: Ending): JsonObject {
  const { via, reason, unsupported, isLikely } = ending;
  const note = endingNote(ending);
  return {
    via,
    ...(isLikely === true ? { likely: true } : {}),
    reason: reason === null ? null : reasonJson(reason),
    unsupported: unsupported === null ? null : hex64(unsupported),
    features: unsupported === null ? [] : featureNames(unsupported),
    ...(note === null ? {} : { note }),
  };
}

/** What the end of a guest leaves open; null where it says it all. */
export function endingNote(ending: Ending): string | null {
  const { via, reason, unsupported, unreadable, isLikely } = ending;
  if (isLikely === true) return likelyNote(reason);
  if (unsupported !== null) return null;
  if (via === "efi-stub") return "This kernel prints no mask of the features that it lacks.";
  if (unreadable === true)
    return "SW_EXITINFO1 has bits above the reason's set and code, so what it means, and SW_EXITINFO2 with it, is not known.";
  if (reason === null) {
    return via === "nae"
      ? "Reason and mask are not in this line: KVM 6.10 and later prints them, vendors' older KVM only in the tracepoint kvm_vmgexit_enter."
      : "The reason is not in this line.";
  }
  if (!isFeatureRefusal(reason)) return null;
  return via === "msr"
    ? "The mask of the features is not in this line: by the GHCB MSR there is none, and some kernels do not print it."
    : "The mask of the features is not told here.";
}

function isFeatureRefusal({ candidates }: TerminationReason): boolean {
  return candidates.some(({ carriesFeatures }) => carriesFeatures);
}

function fieldJson(field: SnapshotField | null): Json {
  return field === null ? null : { value: hex64(field.value), valid: field.valid };
}

function vmgexitJson(fact: FactOf<"vmgexit">): JsonObject {
  const { exitCode, exitInfo1, exitInfo2, answer } = fact;
  const optional = (value: bigint | null) => (value === null ? null : hex64(value));
  const response = answer === true ? decodeExitReturn(fact).response : null;
  const row = exitCode === null ? null : namedExitCode(exitCode).row;
  return {
    exitCode: optional(exitCode),
    exitInfo1: optional(exitInfo1),
    exitInfo2: optional(exitInfo2),
    meaning: row === null ? null : `${row.name}: ${row.meaning}`,
    ...(answer === true
      ? {
          answer: true,
          note: `The hypervisor's answer${response === null ? "" : `: ${response.meaning}`}`,
        }
      : {}),
  };
}

const SYNTHETIC =
  "Made up by Linux' Hyper-V code: the register itself holds more, and SEV-SNP may well be on.";
