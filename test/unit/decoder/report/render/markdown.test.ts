import assert from "node:assert/strict";
import { decode } from "../../../../../src/decoder/register/decode";
import { guestProfile } from "../../../../../src/decoder/guest/profile";
import { reportOn } from "../../../../../src/decoder/report/value/decodeReport";
import { markdownOf, phraseMarkdown } from "../../../../../src/decoder/report/render/markdown";
import { code, say, strong } from "../../../../../src/decoder/report/phrase";
import { HOSTILE, hostileReport } from "../reports";

/** What is left of Markdown once code spans (of any fence) and escaped characters are taken out. */
function bare(markdown: string): string {
  return markdown
    .replaceAll(/\\[\p{P}\p{S}]/gu, "")
    .replaceAll(/(?<!`)(?<fence>`+)(?!`).+?(?<!`)\k<fence>(?!`)/gu, "");
}

describe("phraseMarkdown", () => {
  it("leaves plain words as they are", () => {
    assert.equal(
      phraseMarkdown(say`Linux 6.12.80 lacks ${"SecureTSC"}.`),
      "Linux 6.12.80 lacks SecureTSC.",
    );
  });

  it("escapes mark-up in text and in strong text", () => {
    assert.equal(phraseMarkdown(say`${"SEV_STATUS *x* <b>"}`), "SEV_STATUS \\*x\\* \\<b>");
    assert.equal(phraseMarkdown(say`${strong("a*b")}`), "**a\\*b**");
  });

  it("escapes an underscore only where it could begin or end emphasis", () => {
    assert.equal(phraseMarkdown(say`${"SNP_FEATURES_IMPL_REQ"}`), "SNP_FEATURES_IMPL_REQ");
    assert.equal(phraseMarkdown(say`${"_x_ __init"}`), "\\_x\\_ \\_\\_init");
  });

  it("leaves what does not render, so that it can be pasted in a mail", () => {
    const text = "time-stamp (reason 0x20) a < b, x @ y, sev-snp-guest!";
    assert.equal(phraseMarkdown(say`${text}`), text);
  });

  it("escapes what begins a heading, a quote or a list", () => {
    for (const [text, safe] of [
      ["# a", "\\# a"],
      ["> a", "\\> a"],
      ["- a", "\\- a"],
      ["+ a", "\\+ a"],
      ["1. a", "1\\. a"],
      ["===", "==\\="],
    ] as const)
      assert.equal(phraseMarkdown(say`${text}`), safe);
  });

  it("makes no link, image, autolink or HTML of text", () => {
    const link = phraseMarkdown(say`${"[a](command:x) ![b](y) <https://z>"}`);
    assert.equal(link, "\\[a\\](command:x) !\\[b\\](y) \\<https\\://z>");
    assert.equal(phraseMarkdown(say`${"www.x.org a@x.org"}`), "www\\.x.org a\\@x.org");
  });

  it("escapes a backslash, so that it cannot undo an escape", () => {
    assert.equal(phraseMarkdown(say`${"\\*x\\*"}`), "\\\\\\*x\\\\\\*");
  });

  it("fences code with more backticks than it holds", () => {
    assert.equal(phraseMarkdown(say`${code("a`b")}`), "``a`b``");
    assert.equal(phraseMarkdown(say`${code("``")}`), "``` `` ```");
  });

  it("shows a bar in code as it is, outside tables", () => {
    assert.equal(phraseMarkdown(say`${code("dmesg | grep SEV")}`), "`dmesg | grep SEV`");
  });

  it("keeps a phrase on one line", () => {
    assert.equal(phraseMarkdown(say`${"a\n\n# b"} ${code("c\r\nd")}`), "a # b `c d`");
  });

  it("shows what a screen would obey", () => {
    assert.equal(phraseMarkdown(say`${code("\u001b[31m\u202e")}`), "`\\u001b[31m\\u202e`");
  });
});

describe("markdownOf", () => {
  it("lets nothing of hostile text through as mark-up", () => {
    const markdown = markdownOf(hostileReport());
    const left = bare(markdown.replaceAll(/^- \*\*SecureTSC\*\*$/gmu, ""));
    assert.doesNotMatch(left, /<[!/?a-z]|[[\]`~$]|[#&@]\w|:\/\/|www\./iu);
    assert.doesNotMatch(markdown, /(?!\n)\p{Cc}|\p{Cf}/u);
  });

  it("keeps hostile fields in three cells of one row", () => {
    const row = markdownOf(hostileReport())
      .split("\n")
      .find((line) => line.startsWith("| ") && line.includes("evil"));
    assert.equal(row?.split(/(?<!\\)\|/u).length, 5);
  });

  it("has the answer first, then bits, advice, consequences, notes and sources", () => {
    const markdown = markdownOf(reportOn(decode("sev-status", 0x887n), guestProfile("6.6")));
    const parts = [
      "**SEV_STATUS** `0x887`",
      "| Bit |",
      "What to do:",
      "- OVMF and the EFI stub",
      "Note:",
      "Sources:",
    ];
    const places = parts.map((part) => markdown.indexOf(part));
    assert.equal(places[0], 0);
    assert.deepEqual(
      places,
      places.toSorted((a, b) => a - b),
    );
    assert.ok(!places.includes(-1));
    assert.match(markdown, /^\| 11 \| \*\*SecureTSC\*\* \| \*\*✗ missing/mu);
  });

  it("has no double blank line, whatever parts are empty", () => {
    for (const value of [0n, 1n, 0x887n]) {
      assert.doesNotMatch(markdownOf(reportOn(decode("sev-status", value), null)), /\n{3}/u);
    }
    assert.ok(HOSTILE.includes("\n"));
  });
});
