import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { doubtsPage } from "../../../../build/doubtsPage.mjs";
import { DOUBTS } from "../../../../src/decoder/doubts";
import { doubtsIn } from "../../../../src/decoder/doubts/doubts";

const ROOT = path.resolve(__dirname, "../../../..");
const DECODER = path.join(ROOT, "src/decoder");

/** The files of the decoder, by their path in it. */
function decoderFiles(): string[] {
  return readdirSync(DECODER, { recursive: true, encoding: "utf8" }).filter((file) =>
    file.endsWith(".ts"),
  );
}

/** All that the files of the decoder export. */
async function allExports(): Promise<unknown> {
  const lines = decoderFiles().map((file, at) => `export * as m${at} from "./${file}";`);
  const { outputFiles } = await build({
    stdin: { contents: lines.join("\n"), resolveDir: DECODER },
    bundle: true,
    format: "esm",
    write: false,
  });
  const text = Buffer.from(outputFiles[0]?.text ?? "").toString("base64");
  return import(`data:text/javascript;base64,${text}`);
}

/** Every object that values hold, also in maps and sets, each one once. */
function* objectsIn(value: unknown, seen = new Set<unknown>()): Generator<object> {
  if (typeof value !== "object" || value === null || seen.has(value)) return;
  seen.add(value);
  yield value;
  const parts: unknown[] =
    value instanceof Map || value instanceof Set ? [...value].flat() : Object.values(value);
  for (const part of parts) yield* objectsIn(part, seen);
}

/** What rows of a made-up table are found to hold. */
function marksOf(row: object): string[] {
  const described = { table: "t", settledBy: "x", label: () => "r", says: () => "s" };
  return doubtsIn([row], described).map(
    ({ mark, statement, why }) => `${mark}|${statement}|${why}`,
  );
}

describe("the list of doubts", () => {
  it("is the committed page (npm run docs)", async () => {
    const committed = readFileSync(path.join(ROOT, "docs/doubts.md"), "utf8");
    assert.equal(committed, await doubtsPage(DOUBTS));
  });

  it("gives a reason for each, and what would settle it", () => {
    for (const { row, statement, mark, why, settledBy } of DOUBTS) {
      assert.match(settledBy, /\w{3}.*\.$/u, row);
      assert.ok(row !== "" && statement !== "" && mark !== "", row);
      assert.match(why, /\w{3}/u, row);
    }
  });

  it("has all that any exported table of the decoder holds", async () => {
    const whys = DOUBTS.map(({ why }) => why);
    const isListed = (text: unknown) =>
      typeof text === "string" && whys.some((why) => why.includes(text));
    const kinds = new Set<string>();
    for (const object of objectsIn(await allExports())) {
      const { doubt, linuxDoubt, disagreement, unverified, verification, source, seenTo, when } =
        object as Record<string, unknown>;
      const told: readonly (readonly [string, unknown])[] = [
        ["doubt", (doubt as { why?: unknown } | null | undefined)?.why],
        ["linuxDoubt", (linuxDoubt as { why?: unknown } | undefined)?.why],
        ["disagreement", disagreement],
        ["unverified", unverified],
        ["verification", verification === "verified" || !source ? undefined : source],
        ["seenTo", Array.isArray(seenTo) ? seenTo.join(".") : undefined],
        ["when", when],
      ];
      for (const [kind, text] of told) {
        if (text === undefined || typeof text === "function") continue;
        if (kind === "verification" && verification === undefined) continue;
        kinds.add(kind);
        assert.ok(isListed(text), `${kind} is not in docs/doubts.md: ${JSON.stringify(text)}`);
      }
    }
    assert.deepEqual([...kinds].sort(), [
      ...["disagreement", "doubt", "linuxDoubt", "seenTo", "unverified", "verification", "when"],
    ]);
  });

  it("has every reason that the decoder's source spells out, exported or not", () => {
    const spelled = /^\s*(?:why|unverified|disagreement):\s*"(?<text>[^"]+)"/gmu;
    // Reports have the words of the marks.
    const tables = decoderFiles().filter((file) => !file.startsWith(`report${path.sep}`));
    const texts = tables.flatMap((file) =>
      [...readFileSync(path.join(DECODER, file), "utf8").matchAll(spelled)].map(
        ({ groups }) => groups?.["text"] ?? "",
      ),
    );
    assert.ok(texts.length >= 10);
    for (const text of texts)
      assert.ok(
        DOUBTS.some(({ why }) => why.includes(text)),
        text,
      );
  });

  it("finds each kind, however deep in a row", () => {
    const doubt = { mark: "inferred", why: "From dates." };
    assert.deepEqual(marksOf({ parts: [{ name: "CS", doubt }] }), ["inferred|s (CS)|From dates."]);
    assert.deepEqual(marksOf({ info2Out: { meaning: "page", doubt } }), [
      "inferred|s (the answer in SW_EXITINFO2, page)|From dates.",
    ]);
    assert.deepEqual(marksOf({ verification: "derived", source: "a commit" }), [
      "derived|s|It rests on a commit.",
    ]);
    assert.deepEqual(marksOf({ numbers: { seenTo: [4, 2] } }), [
      "inferred|s|Builds after 4.2 were not read.",
    ]);
    assert.deepEqual(marksOf({ note: "It boots. That it is so is inferred." }), [
      "inferred|s|That it is so is inferred.",
    ]);
    assert.deepEqual(marksOf({ answer: { secureAvic: null } }), [
      "unknown|s|Whether CONFIG_AMD_SECURE_AVIC is set is not known.",
    ]);
  });

  it("finds none in what is verified", () => {
    const row = { verification: "verified", source: "read whole", verified: "read whole" };
    assert.deepEqual(marksOf(row), []);
    assert.deepEqual(marksOf({ meaning: "snpguest could not read it; nothing is read." }), []);
    assert.deepEqual(marksOf({ answer: { secureAvic: false }, matches: [/unverified/u] }), []);
  });
});
