import assert from "node:assert/strict";
import type { Choice } from "../../../../../../src/decoder/boot/assessed";
import { BootReader } from "../../../../../../src/decoder/boot/reader";
import { plain } from "../../../../../../src/decoder/report/phrase";
import {
  FIRST_PAGES,
  LogStory,
  MOST_BOOTS,
  PAGE_SIZES,
} from "../../../../../../src/decoder/report/boot/story/logStory";
import { MOST_FINDINGS } from "../../../../../../src/decoder/report/boot/story/kept";
import type { LogEntry, LogView } from "../../../../../../src/decoder/report/boot/story/view";
import { MOST_PARTS } from "../../../../../../src/decoder/report/boot/story/timeline";
import { chosen } from "../../logs";

const FIRMWARE = [
  "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
  "SEV is enabled (mask 0x8000000000000)",
];
const REFUSED_BY_HOST =
  "[  512.1] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

function banner(release: string): string {
  return `[    0.000000] Linux version ${release} (builder@host) (gcc 14.2.0) #1 SMP PREEMPT_DYNAMIC`;
}

function booted(release: string, names = "SEV SEV-ES SEV-SNP"): string[] {
  return [...FIRMWARE, banner(release), `[    0.544425] SEV: Status: ${names} `];
}

function refused(mask: string): string[] {
  return [...FIRMWARE, `EFI stub: ERROR: Unsupported SEV-SNP features detected: ${mask}`];
}

/** The story of a log of these lines, read to its end. */
function storyOf(lines: readonly string[]): LogStory {
  const story = new LogStory("a.log");
  const reader = new BootReader(new TextDecoder(), story);
  reader.push(new TextEncoder().encode(lines.map((line) => `${line}\n`).join("")));
  reader.end();
  story.lines = reader.lines;
  return story;
}

function viewOf(lines: readonly string[], choice: Choice | null = null): LogView {
  return storyOf(lines).view(choice, FIRST_PAGES, (line) => lines[line]);
}

/** An entry in one line: what a person reads first. */
function brief({ word, boots, title, links }: LogEntry): string {
  return `${word} ${boots} – ${plain(title)} (${links.map(({ label }) => label).join(" … ")})`;
}

function briefs({ problems, others }: LogView): string[] {
  return [...problems.items, ...others.items].map(brief);
}

describe("the story of a log", () => {
  it("shows what went wrong first, with its line, its kernel and the fix", () => {
    const lines = [...booted("6.12.77"), ...refused("0x800"), ...booted("6.14.2")];
    const view = viewOf(lines);
    assert.equal(view.summary, "3 boots · 1 refused · 11 lines");
    assert.deepEqual(briefs(view), [
      "REFUSED Boot 2 – missing SecureTSC (line 7)",
      "BOOTED Boot 1 – 6.12.77 (lines 3–4)",
      "BOOTED Boot 3 – 6.14.2 (lines 10–11)",
    ]);
    const [problem] = view.problems.items;
    assert.ok(problem?.quoted);
    const { text, start, end } = problem.quoted;
    assert.equal(text, lines[6]);
    assert.equal(text.slice(start, end), "0x800");
    assert.equal(
      plain(problem.kernel ?? []),
      "Kernel not known (the EFI stub prints no banner; boot 1 was 6.12.77)",
    );
    assert.equal(
      plain(problem.fix ?? []),
      "guest ≥ 6.14 (LTS 6.18.y) or QEMU: remove secure-tsc=on° · ⚠ changes the launch measurement",
    );
  });

  it("says what changed since the last boot of which as much is known", () => {
    const lines = [
      ...booted("6.12.77"),
      ...refused("0x800"),
      ...booted("6.14.2", "SEV SEV-ES SEV-SNP SecureTSC"),
    ];
    assert.deepEqual(viewOf(lines).others.items[1]?.notes.map(plain), [
      "since boot 1: + SecureTSC, kernel 6.12.77 → 6.14.2",
    ]);
  });

  it("calls nothing new that the earlier boot may have had without naming it", () => {
    // 6.14 supports SecureTSC: that the first list leaves it out shows no more than that.
    const lines = [...booted("6.14.2"), ...booted("6.14.2", "SEV SEV-ES SEV-SNP SecureTSC")];
    assert.deepEqual(viewOf(lines).others.items[1]?.notes, []);
  });

  it("tells the same cause once, with the first and the last line", () => {
    const lines = Array.from({ length: 28 }, () => [...refused("0x800"), ...booted("6.14.2")]);
    const view = viewOf(lines.flat());
    assert.deepEqual(briefs(view), [
      "REFUSED 28 boots (1 … 55) – missing SecureTSC (line 3 … line 192)",
      "BOOTED 28 boots (2 … 56) – 6.14.2 (lines 6–196)",
    ]);
    assert.equal(view.problemBoots, 28);
  });

  it("keeps apart what differs in one feature", () => {
    const view = viewOf([...refused("0x800"), ...refused("0x880"), ...refused("0x800")]);
    assert.deepEqual(briefs(view), [
      "REFUSED Boots 1 and 3 – missing SecureTSC (line 3 … line 9)",
      "REFUSED Boot 2 – missing DebugSwap and SecureTSC (line 6)",
    ]);
  });

  it("keeps apart equal boots with another one between them, and kernels that differ", () => {
    const lines = [...booted("6.14.2"), ...booted("6.12.77"), ...booted("6.14.2")];
    assert.equal(viewOf(lines).others.total, 3);
    assert.equal(viewOf([...booted("6.14.2"), ...booted("6.14.2")]).others.total, 1);
  });

  it("names the kernels of boots with one cause", () => {
    const by = (release: string) => [
      ...FIRMWARE,
      banner(release),
      "kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
    ];
    const [problem, ...rest] = viewOf([...by("6.12.77"), ...by("6.6.20")]).problems.items;
    assert.deepEqual(rest, []);
    assert.equal(plain(problem?.kernel ?? []), "Kernels 6.12.77 and 6.6.20 (banners)");
  });

  it("names no earlier kernel for what a host says beside several guests", () => {
    const by = (vm: string, line: string) => `Nov 26 10:00:00 host ${vm}: ${line}`;
    const view = viewOf([
      by("qemu-vm1[11]", banner("6.18.20")),
      by("qemu-vm2[12]", banner("6.12.80")),
      by("kernel", REFUSED_BY_HOST),
    ]);
    const [problem] = view.problems.items;
    assert.equal(plain(problem?.kernel ?? []), "Kernel not known (the host does not name it)");
  });

  it("never makes a problem of a boot that ran, whatever kernel is chosen", () => {
    const lines = booted("6.14.2", "SEV SEV-ES SEV-SNP SecureTSC");
    const view = viewOf(lines, chosen("6.6"));
    assert.deepEqual(view.problems.items, []);
    const [entry] = view.others.items;
    assert.equal(entry?.tone, "good");
    assert.deepEqual(entry.notes.map(plain), [
      "✗ Linux 6.6 (chosen) refuses: missing SecureTSC · ✓ Linux 6.14.2 (banner) boots",
    ]);
  });

  it("says nothing of a chosen kernel that is the boot's own", () => {
    const view = viewOf(booted("6.14.2"), chosen("6.14.2"));
    assert.deepEqual(view.others.items[0]?.notes, []);
  });

  it("predicts what a chosen kernel does where no kernel and no end is in the log", () => {
    const lines = ["SEV_STATUS: 0x887"];
    assert.deepEqual(briefs(viewOf(lines, chosen("6.6"))), [
      "PREDICTED Boot 1 – Linux 6.6 refuses to boot – missing SecureTSC (line 1)",
    ]);
    assert.deepEqual(briefs(viewOf(lines)), ["OPEN Boot 1 – no termination in this log (line 1)"]);
  });

  it("tells another guest's refusal beside the boot that runs", () => {
    const view = viewOf([...booted("6.14.2"), REFUSED_BY_HOST]);
    assert.deepEqual(briefs(view), [
      "REFUSED Boot 1 – another guest – missing SecureTSC (line 5)",
      "BOOTED Boot 1 – 6.14.2 (lines 3–5)",
    ]);
  });

  it("has a sentence of its own for a guest under Azure's paravisor", () => {
    const lines = [
      banner("6.8.0-1021-azure"),
      "[    0.544425] SEV: Status: vTom ",
      "[    0.101850] Memory Encryption Features active: AMD SEV",
    ];
    const [entry] = viewOf(lines).others.items;
    assert.equal(entry?.tone, "good");
    assert.match(
      plain(entry.title),
      /^6\.8\.0-1021-azure – vTOM under a paravisor\. SNP is on; .* \(0x8\) is synthetic and does not show it\. No feature check applies\.$/u,
    );
  });

  it("tells silent boots in one row", () => {
    const view = viewOf([...FIRMWARE, ...FIRMWARE, ...refused("0x800")]);
    assert.match(
      brief(view.others.items[0] ?? assert.fail()),
      /^SILENT Boots 1–2 – the firmware began, .*no termination follow/u,
    );
  });

  it("says of a log without values that it is empty", () => {
    const view = viewOf(["nothing", "at all"]);
    assert.equal(view.isEmpty, true);
    assert.match(view.summary, /2 lines$/u);
  });

  it("goes to the page of a list that shows a boot", () => {
    const releases = ["6.12.77", "6.14.2", "6.6.20"];
    const lines = Array.from({ length: 60 }, (_, at) => booted(releases[at % 3] ?? "")).flat();
    const story = storyOf(lines);
    const page = story.pageOf(50, null, FIRST_PAGES);
    assert.ok(page);
    const { others } = story.view(null, page.offsets);
    assert.equal(others.total, 60);
    assert.equal(others.items.length, PAGE_SIZES.others);
    assert.ok(others.items.some(({ id, boots }) => id === page.id && boots === "Boot 50"));
    assert.equal(story.pageOf(61, null, FIRST_PAGES), null);
  });

  it("shows a last page that is not full, and none beyond it", () => {
    const releases = ["6.12.77", "6.14.2"];
    const story = storyOf(
      Array.from({ length: 14 }, (_, at) => booted(releases[at % 2] ?? "")).flat(),
    );
    const { others } = story.view(null, { problems: 0, others: 1_000 });
    assert.equal(others.offset, PAGE_SIZES.others);
    assert.equal(others.items.length, 14 - PAGE_SIZES.others);
  });

  it("puts boots together in the timeline where there are too many", () => {
    const three = viewOf([...booted("6.14.2"), ...refused("0x800"), ...booted("6.14.2")]).timeline;
    assert.deepEqual(
      three.map(({ label }) => label),
      ["1 ✓ 6.14.2", "2 ✗ SecureTSC", "3 ✓ 6.14.2"],
    );
    const many = Array.from({ length: 1_000 }, (_, at) =>
      at === 777 ? refused("0x80") : booted("6.14.2"),
    );
    const { timeline } = viewOf(many.flat());
    assert.equal(timeline.length, MOST_PARTS);
    const bad = timeline.filter(({ tone }) => tone === "bad");
    assert.deepEqual(
      bad.map(({ label, boot }) => [label, boot]),
      [["776–800 ✗ 1", 778]],
    );
  });

  it("stays small for very many boots, and counts those beyond the limit", () => {
    const lines = Array.from({ length: MOST_BOOTS + 5 }, () => banner("6.12.80"));
    const story = storyOf(lines);
    assert.equal(story.boots, MOST_BOOTS + 5);
    assert.equal(story.hiddenBoots, 5);
    const view = story.view(null);
    assert.match(view.summary, /^20,005 boots \(the first 20,000 are shown\)/u);
    assert.ok(JSON.stringify(view).length < 20_000);
  });

  it("has everything on an entry, and counts findings beyond the limit", () => {
    const story = storyOf(Array.from({ length: MOST_FINDINGS + 3 }, () => "SEV_STATUS: 0x887"));
    const [entry] = story.view(null).others.items;
    const details = story.details(entry?.id ?? "", null);
    assert.equal(details?.findings.length, MOST_FINDINGS);
    assert.equal(details.more, 3);
    assert.equal(story.details("none", null), null);
  });

  it("is the same while it is read as when it is read at once", () => {
    const lines = [...booted("6.12.77"), ...refused("0x800"), ...booted("6.14.2")];
    const story = new LogStory("a.log");
    const reader = new BootReader(new TextDecoder(), story);
    for (const line of lines) {
      reader.push(new TextEncoder().encode(`${line}\n`));
      story.showOpen(reader.soFar());
      story.lines = reader.lines;
      story.view(null);
    }
    reader.end();
    assert.deepEqual(story.view(null), storyOf(lines).view(null));
  });

  it("becomes plain text, without a backslash", () => {
    const lines = [...booted("6.12.77"), ...refused("0x800")];
    const text = storyOf(lines).text(null, (line) => lines[line]);
    assert.equal(
      text,
      [
        "a.log: 2 boots · 1 refused · 7 lines",
        "✗ REFUSED  Boot 2 – missing SecureTSC  (line 7)",
        "  Kernel not known (the EFI stub prints no banner; boot 1 was 6.12.77)",
        "  > EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800",
        "  Fix: guest ≥ 6.14 (LTS 6.18.y) or QEMU: remove secure-tsc=on° · ⚠ changes the launch measurement",
        "✓ BOOTED  Boot 1 – 6.12.77  SEV_STATUS ⊇ 0x7 SEV SEV-ES SEV-SNP  (lines 3–4)",
      ].join("\n"),
    );
  });
});

describe("the story of a host's log", () => {
  const ENDS = [
    REFUSED_BY_HOST,
    "[  733.5] kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x40880",
    "[  801.3] kvm_amd: SEV-ES guest requested termination: 0x0:0x2",
    "[  802.9] kvm_amd: SEV-ES guest requested termination: 0x1:0x2",
    REFUSED_BY_HOST,
  ];

  it("is a table of causes, the most frequent first", () => {
    const { host, summary, problems, others, timeline } = viewOf(ENDS);
    assert.equal(summary, "host log · 5 guest terminations · 5 lines");
    assert.deepEqual(
      host?.causes.map(({ count, mask, missing, first, last }) =>
        [count, mask, missing, first.label, last?.label].join(" | "),
      ),
      [
        "2 | 0x800 | SecureTSC | line 1 | line 5",
        "1 | 0x40880 | DebugSwap SecureTSC SecureAVIC | line 2 | ",
        "1 | – (MSR) | not told | line 3 | ",
        "1 | – (MSR) |  | line 4 | ",
      ],
    );
    assert.match(
      plain(host.verdict ?? []),
      /^4 guests refused to boot – missing .* \(1 without a mask\) · 1 × 0x1:0x2 /u,
    );
    assert.deepEqual([problems.total, others.total, timeline.length], [0, 0, 0]);
  });

  it("has one row for 400 equal refusals, and one fix", () => {
    const { host } = viewOf(Array.from({ length: 400 }, () => [REFUSED_BY_HOST, "other"]).flat());
    assert.equal(host?.causes.length, 1);
    assert.equal(host.causes[0]?.count, 400);
    assert.equal(host.causes[0].last?.label, "line 799");
    assert.equal(
      plain(host.verdict ?? []),
      "400 guests refused to boot – all for SecureTSC (0x800)",
    );
    assert.match(plain(host.fix ?? []), /^guest ≥ 6\.14 /u);
    assert.equal(
      host.bars.reduce((sum, count) => sum + count, 0),
      400,
    );
  });

  it("is told by boots where one guest's banner stands in it", () => {
    const { host, problems } = viewOf([...booted("6.14.2"), ...ENDS]);
    assert.equal(host, null);
    assert.ok(problems.total > 0);
  });

  it("is told by boots where a guest's firmware stands in it", () => {
    assert.equal(viewOf([...FIRMWARE, ...ENDS]).host, null);
  });

  it("says what else failed, and explains a cause by itself", () => {
    const lines = [
      ...ENDS,
      "[ 1100.42] kvm_amd: allowed_sev_features:8000000000000001",
      "[ 1100.42] kvm_amd: guest_sev_features: 0000000000000081",
    ];
    const story = storyOf(lines);
    const { host } = story.view(null);
    assert.deepEqual(
      host?.others.map(({ tone, text, link }) => [tone, plain(text), link?.label]),
      [["bad", "the guest cannot run – its VMCB does not allow SEV_FEATURES BTBIsol", "line 7"]],
    );
    const details = story.details(host.causes[0]?.id ?? "", null);
    const advised = details?.report.advice.map(({ feature }) => feature);
    assert.deepEqual(advised, ["SecureTSC", "Kernel branches"]);
  });

  it("names a chosen kernel in a line of its own", () => {
    const { host } = viewOf([REFUSED_BY_HOST], chosen("6.6"));
    assert.match(plain(host?.notes[0] ?? []), /Linux 6\.6 refuses/u);
    assert.match(plain(host?.verdict ?? []), /^1 guest refused to boot – missing SecureTSC/u);
  });
});
