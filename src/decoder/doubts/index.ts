import { FEATURES, featureNames } from "../features";
import { SOURCES as FEATURE_SOURCES } from "../features/sources";
import {
  FIRMWARE_STATUS,
  GUEST_REQUEST_VMM_ERRORS,
  HV_RESPONSES,
  MALFORMED_INPUT_ERRORS,
  PSC_ERRORS,
} from "../ghcb/errors";
import { EXIT_CODES } from "../ghcb/exitCodes";
import { HV_FEATURES } from "../ghcb/hvFeatures";
import { MSR_MESSAGES } from "../ghcb/msrRequests";
import { REASON_CAUSES } from "../ghcb/terminationCauses";
import { TERMINATION_REASONS } from "../ghcb/terminationReasons";
import { LIVING_BRANCHES } from "../guest/advice/branches";
import { HOST_SWITCHES } from "../guest/advice/hostSwitches";
import { BELOW } from "../guest/below";
import type { Behaviour } from "../guest/catalog/behaviour";
import { KERNEL_BUGS } from "../guest/catalog/bugs";
import { CATALOG } from "../guest/catalog/catalog";
import type { CatalogRow, FeatureMasks } from "../guest/catalog/row";
import type { DistributionRow } from "../guest/distributions";
import { DISTRIBUTIONS } from "../guest/distributions";
import { NOTICES } from "../log/notices";
import { OTHER_SYMBOLS } from "../source/otherSymbols";
import { hasBit, hexShort } from "../text/u64";
import { TOPICS } from "../topics/topics";
import { doubtsIn } from "./doubts";
import type { DoubtRow } from "./doubts";

export type { DoubtRow } from "./doubts";

const IBPB_ON_ENTRY = 23;

const STAGES = {
  check: "checks SEV_STATUS, and gives the kernel another value",
  hide: "with vTom it hides SEV_STATUS from the kernel",
  nothing: "leaves the check to the kernel",
} as const;

/** The tables of errors, which all have rows of one form. */
const ERRORS = [
  ...HV_RESPONSES,
  ...MALFORMED_INPUT_ERRORS,
  ...PSC_ERRORS,
  ...GUEST_REQUEST_VMM_ERRORS,
  ...FIRMWARE_STATUS,
];

/** Every statement of the project with a mark of doubt, table by table. */
export const DOUBTS: readonly DoubtRow[] = [
  ...doubtsIn(FEATURES, {
    table: "Bits of SEV_STATUS",
    settledBy:
      "AMD's text on the bit in the APM (volume 2), and a release of each program that names it so.",
    label: ({ bit, name }) => `bit ${bit}${name === null ? "" : `, ${name}`}`,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(Object.values(FEATURE_SOURCES), {
    table: "Sources of the bits",
    settledBy: "the source itself.",
    label: ({ title }) => title,
    says: ({ reference }) => reference,
  }),
  ...doubtsIn(EXIT_CODES, {
    table: "Exit codes of the GHCB",
    settledBy:
      "the GHCB specification (AMD publication 56421); for a name in Linux, the merge of its patches.",
    label: ({ value, name }) => `${hexShort(value)} ${name}`,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(MSR_MESSAGES, {
    table: "Messages of the GHCB MSR",
    settledBy: "the GHCB specification (AMD publication 56421).",
    label: ({ code, name }) => `${hexShort(code)} ${name}`,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(HV_FEATURES, {
    table: "Hypervisor features",
    settledBy:
      "the GHCB specification (AMD publication 56421); for a name in Linux, the merge of its patches.",
    label: ({ bit, name }) => `bit ${bit}, ${name}`,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(TERMINATION_REASONS, {
    table: "Termination reasons",
    settledBy: "the source of the program that ends the guest so.",
    label: ({ set, code, software }) => `${set}:${code}, ${software}`,
    says: ({ name }) => name,
  }),
  ...doubtsIn(REASON_CAUSES, {
    table: "What may lie behind a termination reason",
    settledBy:
      "nothing in general: whether a kernel was built from such patches, only its own source shows.",
    label: ({ set, code, software }) => `${set}:${code}, ${software}`,
    says: ({ cause }) => cause,
  }),
  ...doubtsIn(ERRORS, {
    table: "Errors",
    settledBy: "the specification of the firmware or of the GHCB protocol.",
    label: ({ name }) => name,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(OTHER_SYMBOLS, {
    table: "Other names in source code",
    settledBy: "the source that defines the name.",
    label: ({ symbol }) => symbol,
    says: ({ meaning }) => meaning,
  }),
  ...doubtsIn(CATALOG, {
    table: "Linux releases",
    settledBy:
      "the masks and tests in that release's own source, in arch/x86/boot/compressed, or a run of its image (`npm run test:real-kernels`).",
    label: ({ from, to }) => `Linux ${from}${to === null || to === from ? "" : ` to ${to}`}`,
    says: answerOfRelease,
  }),
  ...doubtsIn(KERNEL_BUGS, {
    table: "Known bugs of guest kernels",
    settledBy:
      "the last release without the fix and the first one with it, each read in source or run.",
    label: ({ id }) => id,
    says: ({ symptom }) => symptom,
  }),
  ...doubtsIn(DISTRIBUTIONS, {
    table: "Distributions' kernels",
    settledBy: "the source and the configuration of that build, or a run of its image.",
    label: ({ distribution, release }) => `${distribution} ${release}`,
    says: answerOfDistribution,
  }),
  ...doubtsIn(Object.values(BELOW), {
    table: "What runs below the kernel",
    settledBy: "the paravisor's source, which is closed.",
    label: ({ name }) => name,
    says: ({ stage }) => STAGES[stage.does],
  }),
  ...doubtsIn(LIVING_BRANCHES, {
    table: "Maintained branches of Linux",
    settledBy: "kernel.org's page of active kernel releases.",
    label: ({ branch }) => `${branch}.y`,
    says: ({ kind, until }) => `${kind}${until === null ? "" : `, until ${until}`}`,
  }),
  ...doubtsIn(HOST_SWITCHES, {
    table: "Host switches",
    settledBy: "the source of QEMU 11.2. The newest in Debian was 11.1.3 in November 2026.",
    label: ({ software }) => software,
    says: ({ text, releases }) => `${text}${releases === undefined ? "" : ` (${releases})`}`,
  }),
  ...doubtsIn(Object.values(NOTICES), {
    table: "Messages without a value",
    settledBy: "the source of the program that prints it.",
    label: ({ anchors }) => anchors.join(", "),
    says: ({ meaning }) => meaning,
  }),
  ...Object.values(TOPICS).flatMap(({ question, rows, notes }) =>
    doubtsIn([...rows, ...notes.map((means) => ({ where: "note", means }))], {
      table: "Answers to common questions",
      settledBy: "the source of the release that the sentence names.",
      label: ({ where }) => `${question} ${where}`,
      says: ({ means }) => means,
    }),
  ),
];

function answerOfRelease({ snpGuest, masks }: CatalogRow): string {
  if (masks !== null) return answerOfMasks(masks);
  return snpGuest ? "makes no check" : "has no SEV-SNP guest code";
}

function answerOfDistribution({ answer }: DistributionRow): string {
  switch (answer.check) {
    case "unknown":
      return `likely as ${answer.as}: ${answerOfKernel(answer.likely)}`;
    case "by-upstream-point":
      return "does what upstream's point release does";
    default:
      return answerOfKernel(answer);
  }
}

function answerOfKernel(kernel: Behaviour): string {
  if (kernel.check === "masks") return answerOfMasks(kernel.masks);
  if (kernel.isNotReached === true) return "does not reach its check";
  return kernel.snpGuest ? "makes no check" : "has no SEV-SNP guest code";
}

function answerOfMasks({ required, implemented, paths }: FeatureMasks): string {
  const names = featureNames(implemented).join(", ");
  const ibpb = hasBit(required, IBPB_ON_ENTRY) ? "refuses IBPBOnEntry" : "accepts IBPBOnEntry";
  return `checks (${paths.join(", ")}), supports ${names === "" ? "no optional feature" : names}, ${ibpb}`;
}
