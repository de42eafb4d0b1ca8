import type { Decode, Register } from "../../register/decode";
import { decode } from "../../register/decode";
import { featureNames } from "../../features";
import type { DecodedField, TerminationReason } from "../../ghcb";
import { ghcbMsrTermination } from "../../ghcb";
import type { KernelBug } from "../../guest/catalog/bugs";
import { bugsBehind, releaseAfter } from "../../guest/catalog/bugs";
import type { CatalogRow } from "../../guest/catalog/row";
import type { Behaviour, DistributionRow } from "../../guest/distributions";
import type { Assessment, Subject } from "../../guest/assessment";
import { assessDecode, guestOf } from "../../guest/assessment";
import type { Verdict } from "../../guest/check";
import { refuserOf } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import { hex64 } from "../../text/u64";

/** The JSON of the command line's contract. 64-bit values are `0x` and 16 lower-case digits. */
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function hexOrNull(value: bigint | null | undefined): Json {
  return value == null ? null : hex64(value);
}

/** `{set, code, names}`: every name that a reason may have, since set 1 has two owners. */
export function reasonJson({ set, code, candidates }: TerminationReason): Json {
  return { set, code, names: candidates.map(({ name }) => name) };
}

/** One field of a value; `value` is the field's own, shifted down to bit 0. */
export function fieldJson({ name, bits, value, meaning }: DecodedField): Json {
  return { name, bits, value: hex64(value), meaning: meaning ?? null };
}

/** A set of bits of a register: its value, and each bit with its name. */
export function setJson(register: Register, bits: bigint): Json {
  const features = decode(register, bits).features?.features ?? [];
  return { value: hex64(bits), features: features.map(({ bit, name }) => ({ bit, name })) };
}

/** A guest: masks null where the kernel has no check, `assumed` where the answer is not the row's own. */
export function guestJson(guest: GuestProfile): Json {
  const { id, check: masks, assumption, row, verification, distribution, upstream } = guest;
  return {
    id,
    required: hexOrNull(masks?.required),
    implemented: hexOrNull(masks?.implemented),
    ...(assumption === null
      ? {}
      : { assumed: true, assumedFrom: assumption.from, assumedBecause: assumption.code }),
    ...(guest.likely ? { likely: true } : {}),
    row,
    verification,
    ...(distribution === null ? {} : { distribution: ownerJson(distribution) }),
    ...(upstream === null ? {} : { upstream }),
    ...(guest.below === undefined ? {} : { below: guest.below }),
    ...(guest.own === undefined ? {} : { definedIn: guest.own.definedIn }),
  };
}

function ownerJson({ id, distribution, release }: DistributionRow): Json {
  return { id, name: distribution, release };
}

/** A verdict; masks are in SEV_STATUS bit positions. */
export function verdictJson(verdict: Verdict): { readonly [key: string]: Json } {
  const { outcome, unsupported, lacks } = verdict;
  const common = { outcome, unsupported: hex64(unsupported), lacks };
  if (verdict.outcome !== "refuses") return common;
  const refusal = { ...common, how: verdict.how };
  switch (verdict.how) {
    case "ghcb-termination":
      return {
        ...refusal,
        exitInfo1: hex64(verdict.exitInfo1),
        exitInfo2: hex64(verdict.exitInfo2),
      };
    case "ghcb-msr-termination":
      return {
        ...refusal,
        ghcbMsr: hex64(verdict.ghcbMsr),
        ...(verdict.because === "ghcb-version"
          ? { because: verdict.because }
          : { because: "kernel-bug", bug: verdict.because.id }),
      };
    case "efi-unsupported":
      return { ...refusal, message: verdict.message };
    case "svsm-panic": {
      const missing = featureNames(verdict.missing);
      return { ...refusal, missing, ghcbMsr: hex64(verdict.ghcbMsr) };
    }
  }
}

/** The verdict of an assessment: whether the check runs, and who refuses where something below the kernel was named. */
export function assessmentJson(assessment: Assessment): Json {
  const { verdict, check, isCertain, guest, bugs } = assessment;
  if (verdict === null) return null;
  return {
    ...verdictJson(verdict),
    check,
    ...(bugs.length === 0 ? {} : { bugs: bugs.map(({ id }) => id) }),
    ...(isCertain ? {} : { certain: false }),
    ...(verdict.outcome === "refuses" && guest.below !== undefined
      ? { refusedBy: refuserOf(verdict) }
      : {}),
  };
}

/** The object that `decode` and `check` print. */
export function decodeJson(decoded: Decode, subject: Subject): { readonly [key: string]: Json } {
  const { register, value, features } = decoded;
  const guest = guestOf(subject);
  const assessment = assessDecode(decoded, subject);
  return {
    register,
    value: hex64(value),
    features: features?.features.map(({ bit, name }) => ({ bit, name })) ?? [],
    unknown: hex64(features?.unknown ?? 0n),
    ...meaningJson(decoded, guest),
    guest: guest === null ? null : guestJson(guest),
    verdict: assessment === null ? null : assessmentJson(assessment),
  };
}

/** A row of the known bugs of guest kernels. */
export function bugJson(bug: KernelBug): Json {
  const { id, releases, path, effect, termination, symptom, cause } = bug;
  return {
    id,
    releases: releases.map(({ from, to, source, verification }) => ({
      from,
      to,
      fixedIn: releaseAfter({ to }),
      source,
      verification,
    })),
    boot: path,
    effect,
    ghcbMsr: hex64(ghcbMsrTermination(termination.set, termination.code)),
    symptom,
    cause,
    broughtBy: bug.broughtBy,
    fixedBy: bug.fixedBy,
    source: bug.source,
  };
}

function meaningJson(
  decoded: Decode,
  guest: GuestProfile | null,
): { readonly [key: string]: Json } {
  switch (decoded.register) {
    case "ghcb-msr": {
      const { reason, request, fields } = decoded.msr;
      const known = guest === null ? null : (guest.bugs ?? []);
      const bugs = reason === null ? [] : bugsBehind(reason, known);
      return {
        reason: reason === null ? null : reasonJson(reason),
        ...(bugs.length === 0 ? {} : { bugs: bugs.map(({ id }) => id) }),
        request,
        fields: fields.map(fieldJson),
      };
    }
    case "exit-info-1":
      // Bits above set and code mean that this is no termination reason at all.
      return { reason: decoded.reason.extra === 0n ? reasonJson(decoded.reason) : null };
    case "guest-request-error": {
      const { firmware, vmm } = decoded.error;
      return {
        firmware: { value: firmware.value, name: firmware.name },
        vmm: { value: vmm.value, name: vmm.name },
      };
    }
    default:
      return {};
  }
}

/** A row of `guests --json` that is a distribution's: masks null where there is no check, or where nobody has read it. */
export function distributionRowJson(row: DistributionRow): Json {
  const { id, distribution, release, from, answer, source, verification, note, otherwise } = row;
  return {
    id,
    distribution,
    release,
    from,
    to: null,
    check: isNotReached(answer) ? "not-reached" : answer.check,
    ...(answer.check === "unknown" || answer.check === "by-upstream-point"
      ? masksJson(null)
      : behaviourJson(answer)),
    ...(answer.check === "by-upstream-point" ? { secureAvic: answer.secureAvic } : {}),
    ...(answer.check === "unknown"
      ? { likely: { ...behaviourJson(answer.likely), as: answer.as } }
      : {}),
    ...(otherwise === undefined
      ? {}
      : { otherwise: { when: otherwise.when, ...behaviourJson(otherwise.answer) } }),
    source,
    verification,
    ...(note === undefined ? {} : { note }),
  };
}

function isNotReached(answer: DistributionRow["answer"]): boolean {
  return answer.check === "none" && answer.isNotReached === true;
}

function behaviourJson(behaviour: Behaviour): { readonly [key: string]: Json } {
  return behaviour.check === "none"
    ? { ...masksJson(null), snpGuest: behaviour.snpGuest }
    : masksJson(behaviour.masks);
}

/** A row of `guests --json`. */
export function catalogRowJson(row: CatalogRow): Json {
  const { id, from, to, masks, source, verification, note } = row;
  return {
    id,
    from,
    to,
    ...masksJson(masks),
    source,
    verification,
    ...(note === undefined ? {} : { note }),
  };
}

/** The masks of a kernel, and the boot paths that check them; null for a kernel without a check. */
function masksJson(masks: CatalogRow["masks"]): { readonly [key: string]: Json } {
  const secureAvic = masks?.implementedWithSecureAvic ?? null;
  return {
    required: hexOrNull(masks?.required),
    implemented: hexOrNull(masks?.implemented),
    ...(secureAvic === null ? {} : { implementedWithSecureAvic: hex64(secureAvic) }),
    checks: masks?.paths ?? [],
  };
}
