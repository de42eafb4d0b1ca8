import assert from "node:assert/strict";
import {
  featureWords,
  knownFeatureWords,
} from "../../../../../../src/decoder/log/formats/kit/featureWords";
import { jsonOf } from "../../findings";

describe("names of features", () => {
  it("have blanks of their own where a program writes them so", () => {
    assert.deepEqual(featureWords("SEV-SNP SNP BTB Isolation, VMSA reg prot"), [2, 9, 16]);
  });

  it("are all known, or the list is no list", () => {
    assert.equal(featureWords("SEV SEV-ES GuestIntercept"), null);
    assert.equal(featureWords(""), null);
  });

  it("may be unknown where they are made like Linux' own", () => {
    assert.deepEqual(knownFeatureWords("SEV SEV-ES GuestIntercept SMTProt"), [0, 1, 17]);
    for (const word of ["is", "Enabled", "OK", "guest", "x86-64"]) {
      assert.equal(knownFeatureWords(`SEV SEV-ES ${word}`), null, word);
    }
  });

  it("give a lower bound of SEV_STATUS with a new one among them, and the list as the text", () => {
    assert.deepEqual(
      jsonOf("SEV: Status: SEV SEV-ES SEV-SNP DebugSwap GuestIntercept ").map((finding) => {
        const { text, value, atLeast } = finding as Record<string, unknown>;
        return { text, value, atLeast };
      }),
      [
        {
          text: "SEV SEV-ES SEV-SNP DebugSwap GuestIntercept",
          value: "0x0000000000000087",
          atLeast: true,
        },
      ],
    );
  });
});
