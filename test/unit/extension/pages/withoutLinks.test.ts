import assert from "node:assert/strict";
import { withoutLinks } from "../../../../src/extension/pages/withoutLinks";

/** What VS Code takes for a link in a notification. */
const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+/u;

describe("text for notifications", () => {
  it("keeps no link that a name brings", () => {
    const hostile =
      '"a[[x](command:workbench.action.quit) [y](https://example.invalid)" is a folder';
    assert.match(hostile, LINK);
    assert.doesNotMatch(withoutLinks(hostile), LINK);
  });

  it("is left as it is without one", () => {
    assert.equal(withoutLinks('"boot[1].log (old)"'), '"boot[1].log (old)"');
  });
});
