/** A statement of the tables that is less than read in the software that it is about. */
export interface DoubtRow {
  /** The table that holds it. */
  readonly table: string;
  /** Its row, as a reader knows it. */
  readonly row: string;
  /** What is said; a part of a row with the way to it. */
  readonly statement: string;
  /**
   * `unverified`, `inferred`, `derived`, `unmerged`, `unknown`: as the tables have it. `disputed`: sources contradict each
   * other. `open`: something else may hold, too.
   */
  readonly mark: string;
  /** What it rests on, or what is missing. */
  readonly why: string;
  /** What would settle the doubts of its table. */
  readonly settledBy: string;
}

/** A row of any table: its own keys, and no method. */
type Holder = Readonly<Record<string, unknown>>;

/** What one part of a row has of doubt. */
type Found = Pick<DoubtRow, "mark" | "why">;

/** A key that holds doubt, and how it is told. */
type Kind = (holder: Holder) => readonly Found[];

/** Each way in which the tables hold doubt. One more is one more row. */
const KINDS: readonly Kind[] = [
  // `doubt`, `linuxDoubt`: a mark with its reason (ghcb/provenance).
  ({ mark, why }) => (isText(mark) && isText(why) ? [{ mark, why }] : []),
  // A bit (features/row) and a host switch.
  ({ disagreement }) =>
    isText(disagreement)
      ? [{ mark: "disputed", why: `Sources differ on its name: ${disagreement}` }]
      : [],
  ({ unverified, verification }) =>
    isText(unverified) && verification === undefined
      ? [{ mark: "unverified", why: unverified }]
      : [],
  // Evidence (guest/catalog/row): what is not verified rests on its source.
  ({ verification, source, note }) =>
    isText(verification) && isText(source) && verification !== "verified"
      ? [{ mark: verification, why: `It rests on ${sentences([source, note])}` }]
      : [],
  // Distributions' kernels.
  ({ seenTo }) =>
    Array.isArray(seenTo)
      ? [{ mark: "inferred", why: `Builds after ${seenTo.join(".")} were not read.` }]
      : [],
  ({ when }) => (isText(when) ? [{ mark: "open", why: `Another answer holds if ${when}.` }] : []),
  ({ secureAvic }) =>
    secureAvic === null
      ? [{ mark: "unknown", why: "Whether CONFIG_AMD_SECURE_AVIC is set is not known." }]
      : [],
];

/** Words with which a sentence tells doubt by itself. */
const IN_WORDS =
  /\b(?<mark>inferred|unverified)\b|\b(?:unread|(?:was|were) not (?:read|seen|verified|looked (?:up|at)))\b/u;
/** Where a sentence ends, also one in brackets. */
const SENTENCE_END = /(?<=[.!?]\)?) /u;

/**
 * Every statement of a table with a mark of doubt, or with doubt in its words, in the table's order. A row is searched to
 * its last part, so that a new one needs no further step.
 */
export function doubtsIn<Row extends object>(
  rows: readonly Row[],
  { table, settledBy, label, says }: Described<Row>,
): DoubtRow[] {
  return rows.flatMap((row) =>
    partsOf(row).flatMap(({ way, holder }): DoubtRow[] => {
      const statement = way.length === 0 ? says(row) : `${says(row)} (${way.join(", ")})`;
      return foundIn(holder).map((found) => ({
        ...{ table, row: label(row), statement },
        ...found,
        settledBy,
      }));
    }),
  );
}

/** How a table's rows are told: each by a short name, and by what it states; and what would settle their doubts. */
export interface Described<Row> {
  readonly table: string;
  readonly settledBy: string;
  readonly label: (row: Row) => string;
  readonly says: (row: Row) => string;
}

function foundIn(holder: Holder): readonly Found[] {
  const found = KINDS.flatMap((kind) => kind(holder));
  const told = found.map(({ mark, why }) => `${mark} ${why}`).join(" ");
  const texts = Object.values(holder).flat().filter(isText);
  const words = texts
    .flatMap((text) => text.split(SENTENCE_END))
    .filter((text) => IN_WORDS.test(text) && !told.includes(text))
    .map((text) => /^\((?<inner>.*)\)$/u.exec(text)?.groups?.["inner"] ?? text);
  const mark = IN_WORDS.exec(words[0] ?? "")?.groups?.["mark"] ?? "unverified";
  return words.length === 0 ? found : [...found, { mark, why: sentences([...new Set(words)]) }];
}

/** The parts of a row, itself first, each with the names on the way to it. */
function partsOf(holder: object, way: readonly string[] = []): { way: string[]; holder: Holder }[] {
  const own = Array.isArray(holder) ? [] : [{ way: [...way], holder: holder as Holder }];
  return [
    ...own,
    ...Object.entries(holder).flatMap(([key, part]: [string, unknown]) =>
      typeof part === "object" && part !== null && !(part instanceof RegExp)
        ? partsOf(part, [...way, ...stepsTo(key, part)])
        : [],
    ),
  ];
}

/** What parts are called that have no name of their own; the others need none. */
const PARTS: ReadonlyMap<string, string> = new Map([
  ["info1In", "SW_EXITINFO1"],
  ["info2In", "SW_EXITINFO2"],
  ["info2Out", "the answer in SW_EXITINFO2"],
  ["linuxDoubt", "the name in Linux"],
]);

/** What a reader needs to know a part by: what it is in its row, and its own name. */
function stepsTo(key: string, part: object): string[] {
  const { name, symbol, meaning, from, to } = part as Holder;
  const own = [name, symbol, meaning].find(isText);
  const range = isText(from) && isText(to) ? `${from} to ${to}` : undefined;
  return [PARTS.get(key), own, range].filter(isText);
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** Several texts in a row, each one with a full stop. */
function sentences(texts: readonly unknown[]): string {
  return texts
    .filter(isText)
    .map((text) => (/[.!?]\)?$/u.test(text) ? text : `${text}.`))
    .join(" ");
}
