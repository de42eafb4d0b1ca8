import type { FeatureStanding } from "../decoder/guest/check";
import type { Register } from "../decoder/decode";
import type { Choice, Doubt, FeatureTable, TableRow } from "../decoder/report/featureTable";
import type { KernelGroup, KernelLine } from "../decoder/report/kernels";
import type { Phrase, Span } from "../decoder/report/phrase";
import type { Advice, FeatureLine, FieldLine, Report, Tone } from "../decoder/report/report";
import type { Guard } from "./guards";
import { count, flag, hexValue, keyOf, listOf, nullOr, shape, text } from "./guards";

/**
 * Whether a text is the name of a register. The names stand here once more because the decoder's own check would
 * bring its tables into the webview's bundle; the record fails to compile where a name is missing.
 */
export const isRegisterName = keyOf<Register>({
  "sev-status": 0,
  "sev-features": 0,
  "unsupported-features": 0,
  "ghcb-msr": 0,
  "exit-info-1": 0,
});

const isStanding = nullOr(
  keyOf<FeatureStanding>({ implements: 0, lacks: 0, "needs-no-code": 0, unchecked: 0 }),
);
const isTone = keyOf<Tone>({ good: 0, bad: 0, unknown: 0, neutral: 0 });
const isSpan: Guard<Span> = shape<{ readonly kind: Span["kind"]; readonly text: string }>({
  kind: keyOf<Span["kind"]>({ text: 0, code: 0, strong: 0 }),
  text,
});
const isPhrase = listOf(isSpan);
/** Whether something is a list of sentences. */
export const isPhrases = listOf<Phrase>(isPhrase);
const isChoice = shape<Choice>({ id: text, label: text });
const isTexts = listOf(text);

const isRow = shape<TableRow>({
  bit: count,
  statusBit: nullOr(count),
  name: text,
  named: flag,
  aliases: isTexts,
  meaning: text,
  doubts: listOf(
    shape<Doubt>({ kind: keyOf<Doubt["kind"]>({ disputed: 0, unverified: 0 }), text }),
  ),
  set: flag,
  standing: isStanding,
  sign: text,
  state: text,
  lacking: flag,
});

const isReport = shape<Report>({
  title: isPhrase,
  answer: isPhrase,
  tone: isTone,
  features: listOf(
    shape<FeatureLine>({
      bit: count,
      name: text,
      meaning: text,
      standing: isStanding,
      state: text,
    }),
  ),
  fields: listOf(shape<FieldLine>({ name: text, value: text, meaning: text })),
  consequences: isPhrases,
  advice: listOf(shape<Advice>({ feature: text, ways: isPhrases })),
  notes: isPhrases,
  sources: isTexts,
});

const isKernelGroup = shape<KernelGroup>({
  outcome: keyOf<KernelGroup["outcome"]>({ boots: 0, refuses: 0, undefined: 0, "not-snp": 0 }),
  heading: text,
  kernels: listOf(shape<KernelLine>({ id: text, releases: text, lacks: isTexts, known: text })),
});

/** Whether a message's content is a whole feature table. */
export const isFeatureTable = shape<FeatureTable>({
  register: isRegisterName,
  registers: listOf(isChoice),
  value: hexValue,
  guest: nullOr(isChoice),
  guests: listOf(isChoice),
  distributions: listOf(isChoice),
  kernels: listOf(isKernelGroup),
  report: isReport,
  rows: listOf(isRow),
});
