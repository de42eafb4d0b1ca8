import { featureNames } from "../../features";
import { BELOW } from "../../guest/below";
import type { Refusal, Verdict } from "../../guest/check";
import type { GuestProfile } from "../../guest/profile";
import type { Phrase } from "../phrase";
import { namesInBrief, say, strong } from "../phrase";

/** What a verdict's sentence has to name. */
interface Slots {
  readonly kernel: string;
  /** A `°` where the report explains what the verdict rests on, else empty. */
  readonly mark: string;
  /** The missing features. */
  readonly names: string;
}

type Sentence = (slots: Slots) => Phrase;

/** One verdict: as it is known, and where nobody has read that kernel. */
interface Sentences {
  readonly sure: Sentence;
  readonly likely: Sentence;
}

const BOOTS: Sentences = {
  sure: ({ kernel, mark }) =>
    say`${strong(`${kernel} boots${mark}`)} – supports every enabled feature`,
  likely: ({ kernel, mark }) =>
    say`${strong(`${kernel} likely boots${mark}`)} – supports every enabled feature`,
};

const BOOTS_WITH_THESE: Sentences = {
  sure: ({ kernel, mark }) =>
    say`${strong(`${kernel} boots${mark}`)} with these – others may be on`,
  likely: ({ kernel, mark }) =>
    say`${strong(`${kernel} likely boots${mark}`)} with these – others may be on`,
};

const REFUSES: Sentences = {
  sure: ({ kernel, mark, names }) =>
    say`${strong(`${kernel} refuses to boot${mark}`)} – missing ${names}`,
  likely: ({ kernel, mark, names }) =>
    say`${strong(`${kernel} likely refuses to boot${mark}`)} – missing ${names}`,
};

const REFUSES_GHCB_VERSION: Sentences = {
  sure: ({ kernel, mark }) =>
    say`${strong(`${kernel} refuses to boot${mark}`)} – SEV-SNP needs GHCB version 2`,
  likely: ({ kernel, mark }) =>
    say`${strong(`${kernel} likely refuses to boot${mark}`)} – SEV-SNP needs GHCB version 2`,
};

const NO_CHECK: Sentences = {
  sure: ({ kernel, mark, names }) =>
    say`${strong(`${kernel}: undefined${mark}`)} – no check, missing ${names}`,
  likely: ({ kernel, mark, names }) =>
    say`${strong(`${kernel}: likely undefined${mark}`)} – no check, missing ${names}`,
};

const NO_CHECK_ON_PATH: Sentences = {
  sure: ({ kernel, mark, names }) =>
    say`${strong(`${kernel}: undefined${mark}`)} – uncompressed, so no check; missing ${names}`,
  likely: ({ kernel, mark, names }) =>
    say`${strong(`${kernel}: likely undefined${mark}`)} – uncompressed, so no check; missing ${names}`,
};

const always = (sentence: Sentence): Sentences => ({ sure: sentence, likely: sentence });

const SNP_OFF = always(
  ({ kernel }) => say`${strong("SEV-SNP is off")} – ${kernel} checks no feature`,
);

const LOADED_AROUND = always(
  ({ kernel, mark }) =>
    say`${strong(`${kernel}${mark} does not reach the check`)} – its loader goes around it`,
);

const HIDDEN = always(
  ({ kernel }) =>
    say`${strong(`${kernel} does not reach the check`)} – the paravisor hides this value`,
);

/** The verdict in one sentence, without a full stop. */
export function answerOf(verdict: Verdict, guest: GuestProfile, isCertain = true): Phrase {
  if (verdict.outcome === "refuses" && verdict.how === "svsm-panic")
    return svsmAnswer(verdict, guest);
  const isMarked = verdict.outcome !== "not-snp" && verdict.outcome !== "not-reached";
  const mark = isMarked || guest.isNotReached === true ? caveat(guest) : "";
  const slots = { kernel: guest.label, mark, names: namesInBrief(verdict.lacks) };
  const { sure, likely } = sentencesFor(verdict, guest, isCertain);
  return guest.likely ? likely(slots) : sure(slots);
}

function sentencesFor(verdict: Verdict, guest: GuestProfile, isCertain: boolean): Sentences {
  switch (verdict.outcome) {
    case "not-snp":
      return SNP_OFF;
    case "not-reached":
      return guest.isNotReached === true ? LOADED_AROUND : HIDDEN;
    case "boots":
      return isCertain ? BOOTS : BOOTS_WITH_THESE;
    case "undefined":
      return verdict.unchecked === "on-boot-path" ? NO_CHECK_ON_PATH : NO_CHECK;
    case "refuses":
      return verdict.unsupported === 0n ? REFUSES_GHCB_VERSION : REFUSES;
  }
}

/** The verdict where the SVSM refuses, whatever the kernel. */
function svsmAnswer(
  { missing, lacks }: Refusal & { readonly how: "svsm-panic" },
  { below }: GuestProfile,
): Phrase {
  const who = strong(`${below === undefined ? "The SVSM" : BELOW[below].name} refuses to boot`);
  const required = namesInBrief(featureNames(missing));
  const unknown = namesInBrief(lacks);
  if (unknown === "") return say`${who} – requires ${required}`;
  if (required === "") return say`${who} – does not support ${unknown}`;
  return say`${who} – requires ${required}, does not support ${unknown}`;
}

/** A degree sign where the report explains what the verdict rests on. */
function caveat({ assumption, likely, otherwise, verification }: GuestProfile): string {
  if (likely) return "";
  const isSure = verification !== "inferred" && verification !== "unverified";
  return assumption === null && otherwise === null && isSure ? "" : "°";
}
