import { featureNames } from "../decoder/features";
import { BELOW } from "../decoder/guest/below";
import { CATALOG } from "../decoder/guest/catalog/catalog";
import type { CatalogRow, FeatureMasks } from "../decoder/guest/catalog/row";
import type { Behaviour, DistributionRow } from "../decoder/guest/distributions";
import { DISTRIBUTIONS } from "../decoder/guest/distributions";
import type { NamedGuest } from "../decoder/guest/lookup";
import type { Matrix } from "../decoder/guest/matrix";
import { matrix, releasesOf } from "../decoder/guest/matrix";
import { catalogRowJson, distributionRowJson, guestJson } from "../decoder/report/render/json";
import type { MatrixFormat } from "../decoder/report/guest/matrixReport";
import {
  MATRIX_FORMATS,
  isMatrixFormat,
  matrixCsv,
  matrixJson,
  matrixMarkdown,
  matrixText,
} from "../decoder/report/guest/matrixReport";
import { list } from "../decoder/report/phrase";
import { quoted } from "../decoder/text/quoted";
import { columns } from "../decoder/report/render/text";
import { hex64 } from "../decoder/text/u64";
import type { Arguments } from "./arguments";
import { readArguments } from "./arguments";
import type { Command, Terminal } from "./command";
import { DONE, Unusable } from "./command";
import { statusOf } from "./given";
import { guestsOf } from "./guestsFile";
import { GUESTS_OPTION, JSON_OPTION } from "./help";

const OPTIONS = [
  GUESTS_OPTION,
  {
    name: "matrix",
    takes: "VALUE",
    help: "say what each guest does with this SEV_STATUS value, or features by name",
  },
  { name: "format", takes: "FORM", help: `with --matrix: ${list(MATRIX_FORMATS, "or")}` },
  JSON_OPTION,
] as const;

type Given = Arguments<(typeof OPTIONS)[number]["name"]>;

/** `sev-status guests`: the catalog of guest kernels. */
export const GUESTS: Command = {
  name: "guests",
  usage: ["[--guests FILE] [--json]", "--matrix VALUE [--guests FILE] [--format FORM] [--json]"],
  summary: "list the guest kernels of the catalog",
  options: OPTIONS,
  about: [
    `A row answers for its releases and for builds made from them. "required" is the mask of
features that need code in the guest kernel, "implemented" names those that it has code for,
"checked by" says who tests it during boot. With --json each row has its source too.`,
    `The second table is of distributions, whose kernels are not what upstream's number says. The
name of a row is a GUEST too, as in --guest rhel-9.4, except where it goes by upstream's point
release. A row that is unknown has its likely answer with a question mark.`,
    `With --guests the guests of FILE come first, in the list and in the matrix.`,
    `With --matrix: the features of VALUE by guest kernels, and whether each boots, refuses, or has no
check and no code for a feature, so that what happens is undefined. FORM is text, markdown, json
(as --json) or csv.`,
  ],
  examples: [
    "guests",
    "guests --json",
    "guests --matrix 0x887",
    "guests --matrix SEV-SNP,SecureTSC --format csv",
    "check 0x87 --guest rhel-9.4",
  ],
  run(args, terminal) {
    const given = readArguments("sev-status guests", OPTIONS, args);
    const [extra] = given.operands;
    if (extra !== undefined) throw new Unusable(`guests takes no value, and got ${quoted(extra)}.`);
    const file = given.text("guests");
    const own = file === null ? [] : guestsOf(file, terminal);
    const value = given.text("matrix");
    if (value !== null) printMatrix(matrix(statusOf(value).status, own), formatOf(given), terminal);
    else if (given.has("format")) throw new Unusable("--format means nothing without --matrix.");
    else if (given.has("json")) {
      terminal.printJson([
        ...own.map(({ profile }) => guestJson(profile)),
        ...CATALOG.map(catalogRowJson),
        ...DISTRIBUTIONS.map(distributionRowJson),
      ]);
    } else {
      terminal.print(
        [...ownTable(own), ...catalogTable(), "", ...distributionTable(), "", LEGEND].join("\n"),
      );
    }
    return DONE;
  },
};

function printMatrix(asked: Matrix, format: MatrixFormat, terminal: Terminal): void {
  switch (format) {
    case "text":
      terminal.print(matrixText(asked));
      break;
    case "markdown":
      terminal.print(matrixMarkdown(asked));
      break;
    case "json":
      terminal.printJson(matrixJson(asked));
      break;
    case "csv":
      terminal.print(matrixCsv(asked));
  }
}

function formatOf(given: Given): MatrixFormat {
  const text = given.text("format");
  if (text === null) return given.has("json") ? "json" : "text";
  if (!isMatrixFormat(text)) {
    throw new Unusable(`${quoted(text)} is no form: expected ${list(MATRIX_FORMATS, "or")}.`);
  }
  if (given.has("json") && text !== "json") {
    throw new Unusable(`--json and --format ${text} contradict each other: give one of them.`);
  }
  return text;
}

const LEGEND =
  "(SecureAVIC): only if built with CONFIG_AMD_SECURE_AVIC=y, as in --guest 6.18+secure-avic.";
const HEAD = ["releases", "required", "implemented", "checked by", "known"];

const OWN_HEAD = ["guest of your own", "what it is", "required", "implemented", "checked by"];

/** The user's own guests and a blank line; nothing if there are none. */
function ownTable(own: readonly NamedGuest[]): string[] {
  if (own.length === 0) return [];
  return [...columns([OWN_HEAD, ...own.map(ownCells)]), ""];
}

function ownCells({ name, description, profile: { check, below } }: NamedGuest): string[] {
  const what = below === undefined ? description : `${description}, on ${BELOW[below].name}`;
  if (check === null) return [name, what, "no check", "-", "-"];
  const { required, implemented, paths } = check;
  const names = featureNames(implemented);
  const has = names.length === 0 ? "none" : names.join(" ");
  return [name, what, hex64(required), has, paths.join(", ")];
}

function catalogTable(): string[] {
  return columns([HEAD, ...CATALOG.map(rowCells)]);
}

const DISTRIBUTION_HEAD = [
  "guest",
  "distribution",
  "required",
  "implemented",
  "checked by",
  "known",
];

function distributionTable(): string[] {
  return columns([DISTRIBUTION_HEAD, ...DISTRIBUTIONS.map(distributionCells)]);
}

function distributionCells(row: DistributionRow): string[] {
  const { id, distribution, release, answer, verification } = row;
  const name = `${distribution} ${release}`;
  switch (answer.check) {
    case "by-upstream-point":
      return [id, name, "by upstream's point release", optionOf(answer), "-", verification];
    case "unknown":
      return [
        id,
        name,
        ...behaviourCells(answer.likely).map((cell) => (cell === "-" ? cell : `${cell}?`)),
        verification,
      ];
    default:
      return [id, name, ...behaviourCells(answer), verification];
  }
}

/** Whether a distribution that follows upstream builds its kernels from 6.18 on with Secure AVIC. */
function optionOf({ secureAvic }: { readonly secureAvic: boolean | null }): string {
  if (secureAvic === null) return "SecureAVIC?";
  return secureAvic ? "SecureAVIC" : "-";
}

function behaviourCells(behaviour: Behaviour): string[] {
  if (behaviour.check === "none") {
    if (behaviour.isNotReached === true) return ["not reached", "-", "-"];
    return [behaviour.snpGuest ? "no check" : "no SEV-SNP guest code", "-", "-"];
  }
  const { masks } = behaviour;
  return [hex64(masks.required), implementedNames(masks), masks.paths.join(", ")];
}

function rowCells(row: CatalogRow): string[] {
  const { masks, verification } = row;
  return [
    releasesOf(row),
    masks === null ? "no check" : hex64(masks.required),
    masks === null ? "-" : implementedNames(masks),
    masks === null ? "-" : masks.paths.join(", "),
    verification,
  ];
}

function implementedNames({ implemented, implementedWithSecureAvic }: FeatureMasks): string {
  const names = featureNames(implemented);
  const optional = featureNames((implementedWithSecureAvic ?? implemented) & ~implemented);
  const all = [...names, ...optional.map((name) => `(${name})`)];
  return all.length === 0 ? "none" : all.join(" ");
}
