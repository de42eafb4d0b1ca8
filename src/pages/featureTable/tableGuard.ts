import type { Register } from "../../decoder/register/decode";
import type { FeatureStanding, Verdict } from "../../decoder/guest/check";
import type { BitState, Glance, GlanceRow } from "../../decoder/report/glance";
import type { FeatureDetails } from "../../decoder/report/value/featureDetails";
import type {
  BitAnswer,
  Choice,
  ChoiceGroup,
  Compared,
  FeatureTable,
  TableRow,
} from "../../decoder/report/value/featureTable";
import type { FieldCell } from "../../decoder/report/value/fieldCells";
import type { KernelRow, KernelTable } from "../../decoder/report/guest/kernelTable";
import type { SeenLine, SeenStep, SeenWay } from "../../decoder/report/guest/seen";
import { count, flag, hexValue, keyOf, listOf, nullOr, shape, text } from "../shared/guards";
import { isPhrase, isPhrases, isReport, isStanding, isTone } from "../shared/reportGuard";

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
  "guest-request-error": 0,
});

const isChoice = shape<Choice>({ id: text, label: text });
const isOutcome = keyOf<Verdict["outcome"]>({
  boots: 0,
  refuses: 0,
  undefined: 0,
  "not-snp": 0,
  "not-reached": 0,
});

const ANSWER = { standing: isStanding, sign: text, state: text };

const isRow = shape<TableRow>({
  bit: count,
  statusBit: nullOr(count),
  name: text,
  named: flag,
  meaning: text,
  set: flag,
  ...ANSWER,
  lacking: flag,
  second: nullOr(shape<BitAnswer>(ANSWER)),
});

const isGlance = shape<Glance>({
  title: isPhrase,
  verdict: isPhrase,
  tone: isTone,
  bits: nullOr(listOf(keyOf<BitState>({ clear: 0, set: 0, lacking: 0, open: 0 }))),
  rows: listOf(
    shape<GlanceRow>({ sign: text, tone: isTone, bits: text, names: listOf(text), state: text }),
  ),
  lines: isPhrases,
  fix: nullOr(isPhrase),
});

const isKernelTable = shape<KernelTable>({
  features: listOf(text),
  groups: listOf(
    shape<KernelTable["groups"][number]>({
      title: text,
      rows: listOf(
        shape<KernelRow>({
          id: text,
          name: text,
          outcome: isOutcome,
          verdict: text,
          standings: listOf(
            keyOf<FeatureStanding>({ implements: 0, lacks: 0, "needs-no-code": 0, unchecked: 0 }),
          ),
          known: text,
          isChosen: flag,
          isOwn: flag,
        }),
      ),
    }),
  ),
  counts: listOf(shape<KernelTable["counts"][number]>({ outcome: isOutcome, text })),
});

const isSeenWay = shape<SeenWay>({
  title: text,
  steps: listOf(
    shape<SeenStep>({
      name: text,
      state: keyOf<SeenStep["state"]>({ passed: 0, stops: 0, unsure: 0, "not-reached": 0 }),
    }),
  ),
  lines: listOf(shape<SeenLine>({ where: text, line: nullOr(text), note: isPhrase })),
});

/** Whether a value is a feature table. */
export const isFeatureTable = shape<FeatureTable>({
  register: isRegisterName,
  registers: listOf(isChoice),
  value: hexValue,
  other: nullOr(text),
  guest: nullOr(isChoice),
  guests: listOf(shape<ChoiceGroup>({ label: text, choices: listOf(isChoice) })),
  glance: isGlance,
  report: isReport,
  rows: listOf(isRow),
  fields: listOf(
    shape<FieldCell>({
      bits: nullOr(
        shape<{ readonly from: number; readonly to: number }>({ from: count, to: count }),
      ),
      name: text,
      value: text,
      meaning: text,
    }),
  ),
  kernels: nullOr(isKernelTable),
  seen: listOf(isSeenWay),
  compared: nullOr(shape<Compared>({ label: text, changes: isPhrases })),
});

/** Whether a value is the details of a bit. */
export const isFeatureDetails = shape<FeatureDetails>({
  statusBit: count,
  name: text,
  meaning: text,
  aliases: listOf(text),
  macros: listOf(text),
  doubts: listOf(text),
  ways: isPhrases,
  sources: listOf(text),
});
