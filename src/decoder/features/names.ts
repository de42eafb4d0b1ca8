import { FEATURES } from "./table";

/** Letters and digits only, lower case: `Restricted Injection`, `restrict_injection` and `restricted-injection` are near enough. */
function key(name: string): string {
  return name.toLowerCase().replaceAll(/[^\da-z]/gu, "");
}

const BIT_BY_KEY: ReadonlyMap<string, number> = new Map(
  FEATURES.flatMap((row) =>
    [
      row.name,
      ...row.macros.filter((macro) => !macro.includes("RESERVED")),
      ...row.aliases.map((alias) => alias.name),
    ]
      .filter((name) => name !== null)
      .map((name) => [key(name), row.bit] as const),
  ),
);

/**
 * The SEV_STATUS bit that a name stands for: Linux' printed name, its macro, or any project's alias,
 * with case, blanks, dashes and underscores ignored; `bit N` and `bitN` name a position.
 * Null where nothing in the table has that name.
 */
export function bitByName(name: string): number | null {
  const numbered = /^bit ?(?<bit>\d{1,2})$/iu.exec(name.trim())?.groups?.["bit"];
  if (numbered !== undefined) return Number(numbered) <= 63 ? Number(numbered) : null;
  return BIT_BY_KEY.get(key(name)) ?? null;
}
