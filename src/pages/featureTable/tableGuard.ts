import type { Register } from "../../decoder/register/decode";
import type {
  Choice,
  Doubt,
  FeatureTable,
  TableRow,
} from "../../decoder/report/value/featureTable";
import type { KernelGroup, KernelLine } from "../../decoder/report/guest/kernels";
import { count, flag, hexValue, keyOf, listOf, nullOr, shape, text } from "../shared/guards";
import { isReport, isStanding } from "../shared/reportGuard";

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

const isRow = shape<TableRow>({
  bit: count,
  statusBit: nullOr(count),
  name: text,
  named: flag,
  aliases: listOf(text),
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

const isKernelGroup = shape<KernelGroup>({
  outcome: keyOf<KernelGroup["outcome"]>({
    boots: 0,
    refuses: 0,
    undefined: 0,
    "not-snp": 0,
    "not-reached": 0,
  }),
  heading: text,
  kernels: listOf(
    shape<KernelLine>({ id: text, releases: text, lacks: listOf(text), known: text }),
  ),
});

/** Whether a value is a feature table. */
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
