import { SEV_SNP, featureNames } from "../../features";
import { assess } from "../../guest/assessment";
import type { GuestDifference, ValueDifference } from "../../guest/compare";
import { compareGuests } from "../../guest/compare";
import type { GuestProfile } from "../../guest/profile";
import { hex64, hexShort } from "../../text/u64";
import type { Json } from "../render/json";
import { assessmentJson, guestJson, setJson } from "../render/json";
import type { Phrase } from "../phrase";
import { code, list, say, strong } from "../phrase";
import type { FieldLine, Report } from "../report";
import { bareReport } from "../report";
import { TONE_SIGNS } from "../glance";
import { knownFrom } from "./kernelTable";
import { aboutGuest, answerOf, toneOf } from "./verdict";

/** Two guest kernels, and the SEV_STATUS to assess both with. */
export interface ComparedGuests {
  readonly a: GuestProfile;
  readonly b: GuestProfile;
  /** Null where none was given. */
  readonly status: bigint | null;
}

/** How two guest kernels differ, and which of them boots. */
export function compareGuestsReport({ a, b, status }: ComparedGuests): Report {
  const difference = compareGuests(a, b);
  const guests = [a, b];
  return {
    ...bareReport(
      say`${strong(a.label)} and ${strong(b.label)}`,
      guestsAnswer({ a, b }, difference),
    ),
    fields: [
      ...guests.map((guest) => maskField("required", guest)),
      ...guests.map((guest) => maskField("implemented", guest)),
      ...guests.map(pathField),
    ],
    consequences: status === null ? [] : guests.map((guest) => consequence(status, guest)),
    notes: [...guests.flatMap(aboutGuest), ...guests.flatMap(marks)],
  };
}

function consequence(status: bigint, guest: GuestProfile): Phrase {
  const { verdict } = assess(status, guest);
  return say`With ${code(hexShort(status))}: ${TONE_SIGNS[toneOf(verdict, guest)]} ${answerOf(verdict, guest)}`;
}

function guestsAnswer(
  { a, b }: Pick<ComparedGuests, "a" | "b">,
  { onlyAAccepts, onlyBAccepts, samePaths }: GuestDifference,
): Phrase {
  const isLikely = a.likely || b.likely;
  const onlyIn = ({ label }: GuestProfile, features: bigint) =>
    features === 0n
      ? []
      : isLikely
        ? [say`likely only ${label} supports ${acceptedNames(features)}`]
        : [say`only ${label} supports ${acceptedNames(features)}`];
  const parts = [
    ...onlyIn(a, onlyAAccepts),
    ...onlyIn(b, onlyBAccepts),
    ...(samePaths ? [] : [say`they check in different places`]),
  ];
  if (parts.length > 0)
    return parts.flatMap((part, index) => (index === 0 ? part : say`; ${part}`));
  return isLikely
    ? say`both likely support the same features and check in the same places`
    : say`both support the same features and check in the same places`;
}

/** More names than these tell nothing: one of the kernels has no check. */
const MOST_NAMES = 8;

function acceptedNames(features: bigint): string {
  const names = featureNames(features);
  if ((features & SEV_SNP) !== 0n) return "SEV-SNP";
  return names.length <= MOST_NAMES
    ? list(names)
    : list([...names.slice(0, MOST_NAMES), `${names.length - MOST_NAMES} more`]);
}

function maskField(
  mask: "required" | "implemented",
  { label, check, snpGuest }: GuestProfile,
): FieldLine {
  const name = `${mask}, ${label}`;
  if (check === null) {
    return { name, value: "-", meaning: snpGuest ? "no check" : "no SEV-SNP guest code" };
  }
  const meaning = mask === "implemented" ? featureNames(check.implemented).join(" ") : "";
  return { name, value: hex64(check[mask]), meaning };
}

function pathField({ label, check }: GuestProfile): FieldLine {
  return {
    name: `checked by, ${label}`,
    value: check === null ? "-" : check.paths.join(", "),
    meaning: check?.stubHidesMask === true ? "the EFI stub's message has no mask" : "",
  };
}

function marks({ label, verification }: GuestProfile): Phrase[] {
  return verification === "verified"
    ? []
    : [say`${label}: known from ${knownFrom({ verification })}.`];
}

/** How two guest kernels differ, for programs; all masks are in SEV_STATUS bit positions. */
export function compareGuestsJson({ a, b, status }: ComparedGuests): Json {
  const { required, implemented, onlyAAccepts, onlyBAccepts, samePaths } = compareGuests(a, b);
  return {
    a: guestJson(a),
    b: guestJson(b),
    required: differenceJson(required),
    implemented: differenceJson(implemented),
    onlyAAccepts: setJson("sev-status", onlyAAccepts),
    onlyBAccepts: setJson("sev-status", onlyBAccepts),
    checks: { a: a.check?.paths ?? [], b: b.check?.paths ?? [], same: samePaths },
    value: status === null ? null : hex64(status),
    verdicts:
      status === null
        ? null
        : { a: assessmentJson(assess(status, a)), b: assessmentJson(assess(status, b)) },
  };
}

function differenceJson(difference: ValueDifference | null): Json {
  if (difference === null) return null;
  return { onlyA: hex64(difference.onlyA), onlyB: hex64(difference.onlyB) };
}
