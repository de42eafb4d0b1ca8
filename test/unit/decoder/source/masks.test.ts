import assert from "node:assert/strict";
import { definedMask } from "../../../../src/decoder/source/masks";

const NAME = "SNP_FEATURES_PRESENT";

function defined(text: string) {
  const lines = text.split("\n");
  return definedMask(NAME, (line) => lines[line]);
}

describe("a mask that a file defines", () => {
  it("is evaluated, with its line", () => {
    assert.deepEqual(
      defined(
        `int x;\n#define ${NAME} (MSR_AMD64_SNP_DEBUG_SWAP | \\\n\tMSR_AMD64_SNP_SECURE_TSC)`,
      ),
      { line: 1, value: 0x880n },
    );
    assert.deepEqual(defined(`# define ${NAME} 0 /* none */`), { line: 0, value: 0n });
    assert.deepEqual(defined(`#define ${NAME} (BIT_ULL(11) | 0x80ULL)`), {
      line: 0,
      value: 0x880n,
    });
  });

  for (const text of [
    "",
    `#define ${NAME}_MORE 0x80`,
    `#define OTHER ${NAME}`,
    `#define ${NAME}(x) (x)`,
    `#define ${NAME} (MSR_AMD64_SNP_DEBUG_SWAP | SOMETHING_ELSE)`,
    `#define ${NAME} (MSR_AMD64_SNP_DEBUG_SWAP & ~MSR_AMD64_SNP_DEBUG_SWAP)`,
    `#define ${NAME} MSR_AMD64_SNP_SECURE_TSC_BIT`,
    `#define ${NAME} BIT(64)`,
    `/* #define ${NAME} 0x80 */`,
  ])
    it(`is not told of ${JSON.stringify(text)}`, () => {
      assert.equal(defined(text), null);
    });
});
