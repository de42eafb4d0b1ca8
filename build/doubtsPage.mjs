import { format } from "prettier";

const INTRODUCTION = `# Doubts

Most of what SEV Status says was read in the source or the binary that it is about. This page has the rest: what is said, why it is in doubt, and what would settle it. \`npm run docs\` makes it from the tables of \`src/decoder\`.

Each doubt has one of these marks:

- **unverified**: it was not read in source or specification.
- **inferred**: it follows from other facts, which are named. Its own source was not read.
- **derived**: it follows from the commits that changed it. Its own source was not read.
- **unmerged**: it comes from patches that were not merged when they were read.
- **unknown**: nothing that was read tells it. The answer is the likely one.
- **disputed**: the sources have different names for it, or some have none.
- **open**: the answer is the likely one, and another one holds under the condition that is named.`;

/**
 * The page of all doubts, as Prettier formats it.
 *
 * @typedef {{ table: string, row: string, statement: string, mark: string, why: string, settledBy: string }} Doubt
 * @param {readonly Doubt[]} doubts
 */
export function doubtsPage(doubts) {
  const names = [...new Set(doubts.map(({ table }) => table))];
  const tables = names.map((name) => [name, doubts.filter(({ table }) => table === name)]);
  const parts = tables.map(
    ([table, rows]) =>
      `## ${escaped(table)}\n\nSettled by: ${settledBy(rows)}\n\n${groups(rows).map(bullets).join("\n")}`,
  );
  const counts = tables.map(([table, rows]) => `| ${escaped(table)} | ${rows.length} |`);
  const summary = ["| Table | Doubts |", "| :-- | --: |", ...counts].join("\n");
  return format([INTRODUCTION, summary, ...parts, ""].join("\n\n"), {
    parser: "markdown",
    printWidth: 100,
  });
}

function settledBy(rows) {
  return rows[0].settledBy;
}

/** Rows that follow each other and are in doubt for the same reason. */
function groups(rows) {
  const found = [];
  for (const row of rows) {
    const last = found.at(-1);
    if (last?.[0].mark === row.mark && last[0].why === row.why) last.push(row);
    else found.push([row]);
  }
  return found;
}

function bullets(rows) {
  const [{ mark, why }] = rows;
  const told = rows.map(({ row, statement }) => `**${escaped(row)}**: ${escaped(statement)}`);
  if (told.length === 1) return `- ${told[0]} (${mark}) _Why:_ ${escaped(why)}`;
  return [
    `- ${told.length} rows (${mark}). _Why:_ ${escaped(why)}`,
    ...told.map((row) => `  - ${row}`),
  ].join("\n");
}

/** Text that is to stay text. */
function escaped(text) {
  return text.replaceAll(/[\\`*<>[\]|~]|\b_|_\b/gu, (mark) => `\\${mark}`);
}
