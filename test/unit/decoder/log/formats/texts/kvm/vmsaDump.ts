import type { FormatTexts } from "../formatTexts";

/** The row of SEV_FEATURES, and the rows of struct sev_es_save_area. */
const FEATURES_ROW = 0x3b0 / 16;
const WHOLE = 1648 / 16;

/** The lines of a dump as one thread prints them: rows of zeros, but for the one with the features. */
function example(prefix: string, rows: number, features: string): string[] {
  const zeros = `${"00 ".repeat(15)}00`;
  const lines = Array.from({ length: rows }, (_, row) =>
    row === FEATURES_ROW ? `${features} ${"00 ".repeat(14)}00` : zeros,
  );
  return ["kvm_amd: Virtual Machine Save Area (VMSA):", ...lines].map((line) => prefix + line);
}

/** The lines of two dumps, by turns. */
function interleaved(one: readonly string[], other: readonly string[]): string {
  return one.flatMap((line, index) => [line, other[index] ?? ""]).join("\n");
}

export const KVM_VMSA_DUMP_TEXTS: FormatTexts = {
  "kvm: VMSA as bytes": {
    examples: [
      example("", FEATURES_ROW + 1, "29").join("\n"),
      [...example("[    1.000001] ", WHOLE, "29"), ...example("[    1.000002] ", WHOLE, "21")].join(
        "\n",
      ),
      interleaved(
        example("[    1.000001] [    T1] ", FEATURES_ROW + 1, "29"),
        example("[    1.000001] [    T2] ", FEATURES_ROW + 1, "21"),
      ),
    ],
    says: [
      "sev-features 0x29",
      "sev-features 0x29, sev-features 0x21",
      "sev-features 0x29, sev-features 0x21",
    ],
    nearMisses: [
      "Virtual Machine Save Area (VMSA):\n29 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00",
      interleaved(
        example("[    1.000001] ", FEATURES_ROW + 1, "29"),
        example("[    1.000001] ", FEATURES_ROW + 1, "21"),
      ),
      // Rows of another thread only.
      [
        "[    1.000001] [    T1] kvm_amd: Virtual Machine Save Area (VMSA):",
        ...example("[    1.000001] [    T2] ", FEATURES_ROW + 1, "29").slice(1),
      ].join("\n"),
    ],
  },
};
