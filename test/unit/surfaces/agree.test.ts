import assert from "node:assert/strict";
import fc from "fast-check";
import { findingLine } from "../../../src/cli/jsonLine";
import { LogScan } from "../../../src/cli/logScan";
import type { AssessedBoot, Choice } from "../../../src/decoder/boot/assessed";
import { hasOthers, isRefused, settledStatus } from "../../../src/decoder/boot/assessed";
import type { DocumentBoots } from "../../../src/decoder/boot/document";
import { lastLineOf, tokensOn } from "../../../src/decoder/boot/document";
import { endingIn, isRefusal } from "../../../src/decoder/boot/ends";
import { failureOf } from "../../../src/decoder/boot/failure";
import { guestIn, kernelsAt } from "../../../src/decoder/boot/kernels";
import type { SilentBoots } from "../../../src/decoder/boot/silent";
import { featureNames } from "../../../src/decoder/features";
import type { Finding } from "../../../src/decoder/log/finding";
import { BLOCK_TEXTS, LINE_TEXTS } from "../decoder/log/formats/texts";
import { answerOfBoot } from "../../../src/decoder/report/boot/bootAnswer";
import { bootReport } from "../../../src/decoder/report/boot/bootReport";
import { findingLabel } from "../../../src/decoder/report/boot/findingLabel";
import { SameBoots } from "../../../src/decoder/report/boot/sameBoots";
import { silentReport } from "../../../src/decoder/report/boot/silentReport";
import type { LogProblem } from "../../../src/decoder/report/editor/logProblems";
import { problemsOf } from "../../../src/decoder/report/editor/logProblems";
import type { OutlineItem } from "../../../src/decoder/report/editor/outline";
import { outlineOf } from "../../../src/decoder/report/editor/outline";
import { kernelsPhrase } from "../../../src/decoder/report/guest/kernelsLine";
import { plain } from "../../../src/decoder/report/phrase";
import { detailsText, textOf } from "../../../src/decoder/report/render/text";
import { knownIn, reportOnToken } from "../../../src/decoder/report/value/tokenReport";
import { hexShort } from "../../../src/decoder/text/u64";
import { MOST_FINDINGS } from "../../../src/decoder/report/boot/story/kept";
import type { EntryDetails, LogView } from "../../../src/decoder/report/boot/story/view";
import { PROTOCOL_VERSION, isHostMessage } from "../../../src/pages/logExplanation/protocol";
import type { TestLog } from "./logs";
import { CASE_LOGS, SAMPLES, SHARED_LOGS, choiceOf } from "./logs";
import { documentOf, guestOption, pageOf, scanRun } from "./surfaces";

/** What every place that shows a log says of it. */
interface Shown {
  readonly text: string;
  readonly choice: Choice | null;
  readonly findings: readonly Finding[];
  readonly told: readonly Told[];
  readonly wasRefused: boolean;
  readonly json: readonly unknown[];
  readonly report: string;
  readonly statuses: readonly number[];
  readonly document: DocumentBoots;
  readonly views: readonly EntryDetails[];
  readonly view: LogView;
  readonly outline: readonly OutlineItem[];
  readonly problems: readonly LogProblem[];
}

/** What the command line tells, in its order. */
type Told =
  | { readonly kind: "boot"; readonly assessed: AssessedBoot }
  | { readonly kind: "silent"; readonly boots: SilentBoots };

const NAME = "a.log";

async function shown(text: string, choice: Choice | null): Promise<Shown> {
  const findings: Finding[] = [];
  const told: Told[] = [];
  const scan = new LogScan(NAME, choice, {
    finding: (finding) => findings.push(finding),
    boot: (assessed) => told.push({ kind: "boot", assessed }),
    silent: (boots) => told.push({ kind: "silent", boots }),
    log: () => undefined,
  });
  scan.push(new TextEncoder().encode(text));
  scan.close("end");
  const options = [...guestOption(choice), "--fail-on", "refusal"];
  const report = await scanRun(NAME, text, ...options, "--sources");
  const json = await scanRun(NAME, text, ...options, "--json");
  const document = documentOf(text);
  const page = await pageOf(NAME, text);
  return {
    text,
    choice,
    findings,
    told,
    wasRefused: scan.wasRefused,
    json: json.printed
      .split("\n")
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line)),
    report: report.printed,
    statuses: [report.status, json.status],
    document,
    views: told.flatMap((one) => {
      const boot = one.kind === "boot" ? one.assessed.boot.number : one.boots.first;
      return page.detailsOf(boot, choice) ?? [];
    }),
    view: page.view(choice),
    outline: outlineOf(document, choice),
    problems: problemsOf(document, choice, "all"),
  };
}

function assertFinding(all: Shown, finding: Finding): void {
  const { document, choice, views, outline } = all;
  const { fact, line, start, end } = finding;
  const shows = (text: string, value: bigint) => {
    assert.ok(text.includes(hexShort(value)), `${hexShort(value)} is missing in: ${text}`);
  };
  const label = plain(findingLabel(finding));
  const values = "value" in fact ? [fact.value] : [];
  const mask = endingIn(finding)?.unsupported ?? null;
  for (const value of mask === null ? values : [mask]) shows(label, value);

  const lines = all.text.split("\n");
  const kernels = kernelsAt(document, line, choice);
  for (const token of finding.tokens) {
    const hovered = tokensOn(document, token.line, lines[token.line] ?? "").find(
      (one) => one.start === token.start && one.end === token.end,
    );
    assert.deepEqual(hovered, { ...token, fact }, `no hover explains ${label}`);
    const report = reportOnToken(fact, token.field, guestIn(kernels));
    if (token.field === "value") for (const value of values) shows(plain(report.title), value);
    if (token.field === "unsupported" && mask !== null) shows(plain(report.title), mask);
  }

  const told = all.told.find(
    (one) => one.kind === "boot" && one.assessed.boot.number === finding.boot,
  );
  assert.ok(told?.kind === "boot");
  const { first: firstLine } = document.linesOf(finding.boot);
  const item = outline.find(({ first }) => first === firstLine);
  // What is said twice stands where it is said first.
  const isListed = item?.children.some(
    ({ first, span, detail }) =>
      (first === line && span?.start === start && span.end === end) ||
      (first < line && /(?:^| )\(\d+ times\)$/u.test(detail)),
  );
  assert.ok(isListed, `the outline has no ${label}`);
  const view = viewOf(views, told.assessed);
  const index = all.findings.filter(({ boot }) => boot === finding.boot).indexOf(finding);
  if (index < MOST_FINDINGS)
    assert.deepEqual(view.findings[index], { line, start, end, label: findingLabel(finding) });
}

function viewOf(views: readonly EntryDetails[], { boot }: AssessedBoot): EntryDetails {
  const view = views.find(({ report }) =>
    plain(report.title).startsWith(`${NAME}, boot ${boot.number} `),
  );
  assert.ok(view, `the page has no boot ${boot.number}`);
  return view;
}

function assertKernels(all: Shown, assessed: AssessedBoot): void {
  const { boot, own, choice, guest } = assessed;
  const view = viewOf(all.views, assessed);
  const others = boot.endings
    .filter(({ isOfAnother }) => isOfAnother)
    .flatMap(({ line, otherLines }) => [line, ...otherLines]);
  const blocks = all.findings.filter(({ line }) => others.includes(line));
  const isOfAnother = (line: number) =>
    blocks.some((block) => block.line <= line && line <= lastLineOf(block));
  const fields = view.report.fields.filter(({ name }) =>
    /^(?:guest kernel|kernel in the log)$/u.test(name),
  );
  const labels = [
    choice?.profile.label,
    boot.kernel === null ? undefined : (own?.label ?? boot.kernel.release),
  ];
  assert.deepEqual(
    fields.map(({ value }) => value),
    labels.filter((label) => label !== undefined),
  );
  for (const finding of all.findings) {
    if (finding.boot !== boot.number) continue;
    const kernels = kernelsAt(all.document, finding.line, all.choice);
    const isKept = boot.status?.isHidden !== true && !isOfAnother(finding.line);
    assert.equal(kernels.own?.profile.id, isKept ? own?.id : undefined);
    assert.equal(guestIn(kernels)?.id, isKept ? guest?.id : choice?.profile.id);
    const phrase = plain(kernelsPhrase(kernels, settledStatus(boot)) ?? []);
    for (const profile of [kernels.choice?.profile, kernels.own?.profile])
      assert.ok(phrase.includes(profile?.label ?? ""), phrase);
  }
}

/** A hover on a line that shows all that is known of the register, and the boot's report: one verdict. */
function assertVerdict(all: Shown, assessed: AssessedBoot): void {
  const { assessment, boot } = assessed;
  const status = settledStatus(boot);
  const predicted = viewOf(all.views, assessed)
    .report.consequences.map(plain)
    .map((said) =>
      said.replace(/^(?:✓ As|✗ Not as) p/u, "P").replace(/\. The (?:log|kernel) .*$/u, ""),
    );
  for (const { fact, line, tokens, boot: number } of all.findings) {
    if (number !== boot.number) continue;
    for (const { field } of tokens) {
      const known = knownIn(fact, field);
      if (known === null || known.value !== status?.value || known.known !== status.known) continue;
      const kernels = kernelsAt(all.document, line, all.choice);
      const both = kernelsPhrase(kernels, known);
      const answer = plain(reportOnToken(fact, field, guestIn(kernels)).answer);
      if (assessment === null || assessment.verdict === null) continue;
      const isOfTwo = both !== null && plain(both).includes(" · ");
      const said = isOfTwo
        ? plain(both).replace(/\.(?: It booted in this log\b[^.]*\.)?$/u, "")
        : answer;
      assert.ok(predicted.includes(`Predicted: ${said}`), `${said}\n${predicted.join("\n")}`);
    }
  }
}

function assertProblems(all: Shown, assessed: AssessedBoot): void {
  const { boot } = assessed;
  const of = new Map(all.findings.map((finding) => [finding.line, finding.boot]));
  const problems = all.problems.filter(({ line }) => of.get(line) === boot.number);
  const text = textOf(viewOf(all.views, assessed).report);
  const refused = problems.filter(({ kind }) => kind === "refused");
  assert.equal(refused.length, boot.endings.filter(isRefusal).length);
  if (refused.length > 0) assert.ok(isRefused(assessed));
  for (const { line, lacking } of refused) {
    const ending = boot.endings.find((one) => one.line === line);
    assert.ok(ending);
    if (ending.unsupported === null) continue;
    assert.equal(lacking, ending.unsupported);
    for (const name of featureNames(lacking)) assert.ok(text.includes(name), text);
  }
  const expected = problems.filter(({ kind }) => kind === "expected");
  if (boot.isRunning) assert.deepEqual(expected, []);
  const isPredicted = boot.endingCount === 0 && failureOf(boot) === null && isRefused(assessed);
  if (isPredicted && !boot.isRunning) assert.ok(expected.length > 0, text);
  if (hasOthers(boot)) return;
  for (const { guest } of expected) assert.equal(guest?.id, (assessed.own ?? assessed.guest)?.id);
}

function assertBoot(all: Shown, assessed: AssessedBoot, isRepeated: boolean): void {
  const report = bootReport(assessed, NAME);
  assert.deepEqual(viewOf(all.views, assessed).report, report);
  if (!isRepeated) assert.ok(all.report.includes(detailsText(report)), all.report);
  const { first } = all.document.linesOf(assessed.boot.number);
  const item = all.outline.find((one) => one.first === first);
  assert.equal(item?.detail, plain(answerOfBoot(assessed)).replace(/\.$/u, ""));
  assert.deepEqual(all.document.boots().get(assessed.boot.number), assessed.boot);
  assertKernels(all, assessed);
  assertVerdict(all, assessed);
  assertProblems(all, assessed);
}

function assertSilent(all: Shown, boots: SilentBoots): void {
  const report = silentReport(boots, NAME);
  const view = all.views.find(({ report: { title } }) => plain(title) === plain(report.title));
  assert.deepEqual(view?.report, report);
  assert.ok(all.report.includes(detailsText(report)));
  const item = all.outline.find(({ first }) => first === boots.firstLine);
  assert.equal(item?.detail, plain(report.answer).replace(/\.$/u, ""));
}

/** The page calls no boot refused that was not, and shows none of them as well where it was. */
function assertPage({ told, view }: Shown): void {
  const boots = told.flatMap((one) => (one.kind === "boot" ? [one.assessed] : []));
  if (view.host !== null) {
    const ends = boots.reduce((sum, { boot }) => sum + boot.endingCount, 0);
    assert.equal(
      view.host.causes.reduce((sum, { count }) => sum + count, 0),
      ends,
    );
    return;
  }
  const entries = [...view.problems.items, ...view.others.items];
  for (const { word, id } of entries) {
    const assessed = boots.find(({ boot }) => boot.number === Number.parseInt(id, 10));
    if (word === "REFUSED" || word === "PREDICTED") assert.ok(assessed && isRefused(assessed), id);
    if (word === "BOOTED") assert.equal(assessed?.boot.isRunning, true, id);
  }
  const hasRefused = boots.some(({ boot }) => boot.causes.some(({ ending }) => isRefusal(ending)));
  if (hasRefused) assert.ok(view.problemBoots > 0);
}

/** A document has an empty line after its last newline. */
function withoutLastLine(boots: readonly SilentBoots[], text: string): SilentBoots[] {
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return boots.map((one) => ({ ...one, lastLine: Math.min(one.lastLine, lines - 1) }));
}

async function assertAgree(text: string, choice: Choice | null): Promise<void> {
  const all = await shown(text, choice);
  assert.deepEqual(
    all.json,
    all.findings.map((finding) => JSON.parse(findingLine(finding, NAME)) as unknown),
  );
  assert.deepEqual(all.document.findings(), all.findings);
  assert.deepEqual(all.statuses, all.wasRefused ? [1, 1] : [0, 0]);
  const silent = all.told.flatMap((one) => (one.kind === "silent" ? [one.boots] : []));
  assert.deepEqual(withoutLastLine(all.document.silent(), text), silent);
  assert.equal(all.views.length, all.told.length);
  assert.equal(all.outline.length, all.told.length);
  const message: unknown = JSON.parse(
    JSON.stringify({ version: PROTOCOL_VERSION, type: "view", view: all.view }),
  );
  assert.ok(isHostMessage(message));
  assertPage(all);
  for (const finding of all.findings) assertFinding(all, finding);
  const same = new SameBoots();
  for (const one of all.told) {
    if (one.kind === "silent") {
      same.forget();
      assertSilent(all, one.boots);
    } else assertBoot(all, one.assessed, same.repeats(one.assessed));
  }
}

/** Lines that begin boots, decide how they go, or belong to another guest. */
const TELLING = CASE_LOGS.filter(({ name }) => name !== "host-400-refusals").flatMap(({ text }) =>
  text.split("\n"),
);

const SOME_LINES = fc.array(
  fc.oneof(
    fc
      .constantFrom(...LINE_TEXTS, ...BLOCK_TEXTS)
      .chain(({ examples }) => fc.constantFrom(...examples)),
    fc.constantFrom(...TELLING, "SEV_STATUS: 0x887", "SEV_STATUS: 0x7"),
  ),
  { maxLength: 8 },
);

/** Logs into which several programs write. */
const SOME_LOG = fc
  .array(
    fc
      .tuple(
        fc.constantFrom("", "", "Nov 26 10:00:00 host vm1[11]: ", "Nov 26 10:00:00 host vm2[12]: "),
        SOME_LINES,
      )
      .map(([printer, texts]) =>
        texts
          .join("\n")
          .split("\n")
          .map((line) => `${printer}${line}\n`)
          .join(""),
      ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(""));

describe("hover, scan, explanation page, outline and problems say the same", () => {
  const absent = "the shared logs are absent here: SEV_STATUS_SHARED names their folder";
  const groups: readonly [string, readonly TestLog[]][] = [
    ["of the samples", SAMPLES],
    ["of the cases", CASE_LOGS],
    [
      SHARED_LOGS === null ? `of nothing more (${absent})` : "of the shared logs",
      SHARED_LOGS ?? [],
    ],
  ];
  for (const [title, logs] of groups) {
    it(`${title}, ${logs.length} logs`, () => undefined);
    for (const log of logs)
      for (const guest of new Set([log.guest, null, "6.6", "6.18.20"]))
        it(`${title}: ${log.name}, ${guest === null ? "the log's own kernel" : `with ${guest}`}`, () =>
          assertAgree(log.text, choiceOf(guest)));
  }

  it("of any lines that they know", () =>
    fc.assert(
      fc.asyncProperty(SOME_LOG, fc.constantFrom(null, "6.6", "6.18.20"), (text, guest) =>
        assertAgree(text, choiceOf(guest)),
      ),
      { numRuns: Number(process.env["FUZZ_RUNS"] ?? 150) },
    ));
});
