import { format } from "prettier";

const INTRODUCTION = `# Doubts

Every statement of SEV Status that is less than read in the software that it is about, and why. \`npm run docs\` makes this page from the tables of \`src/decoder\`.

- **unverified**: nobody of this project has read it in source or specification.
- **inferred**: it follows from other facts.
- **derived**: it follows from the commits that changed it; its own source was not read.
- **unmerged**: it comes from patches that had not been merged when they were read.
- **unknown**: nobody has read it; the answer is the likely one.
- **disputed**: sources contradict each other.
- **open**: another answer may hold.`;

/**
 * The page of all doubts, as Prettier formats it.
 *
 * @param {readonly { table: string, row: string, statement: string, mark: string, why: string }[]} doubts
 */
export function doubtsPage(doubts) {
  const names = [...new Set(doubts.map(({ table }) => table))];
  const tables = names.map((name) => [name, doubts.filter(({ table }) => table === name)]);
  const parts = tables.map(
    ([table, rows]) => `## ${escaped(table)}\n\n${rows.map(bullet).join("\n")}`,
  );
  const counts = tables.map(([table, rows]) => `| ${escaped(table)} | ${rows.length} |`);
  const summary = ["| Table | Doubts |", "| :-- | --: |", ...counts].join("\n");
  return format([INTRODUCTION, summary, ...parts, ""].join("\n\n"), {
    parser: "markdown",
    printWidth: 100,
  });
}

function bullet({ row, statement, mark, why }) {
  return `- **${escaped(row)}** (${mark}): ${escaped(statement)} _Why:_ ${escaped(why)}`;
}

/** Text that is to stay text. */
function escaped(text) {
  return text.replaceAll(/[\\`*<>[\]|~]|\b_|_\b/gu, (mark) => `\\${mark}`);
}
