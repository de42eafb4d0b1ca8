import assert from "node:assert/strict";
import fc from "fast-check";
import type { Part } from "../../../../src/decoder/log/finding";
import { BLOCK_FORMATS, LINE_FORMATS } from "../../../../src/decoder/log/formats";
import { recogniseLine } from "../../../../src/decoder/log/recognise";
import { LogScanner, MOST_WAITING } from "../../../../src/decoder/log/scanner";
import { findingsOf } from "./findings";

/** `boot:line kind` of every finding. */
function boots(...lines: readonly string[]): string[] {
  return findingsOf(lines.join("\n")).map(({ boot, line, kind }) => `${boot}:${line + 1} ${kind}`);
}

const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";
const SNAPSHOT = [
  "kvm_amd: GHCB (GPA=000000007fedb000) snapshot:",
  "kvm_amd: sw_exit_code        000000008000fffe is_valid: 1",
  "kvm_amd: sw_exit_info_1      0000000000000020 is_valid: 1",
  "kvm_amd: sw_exit_info_2      0000000000000800 is_valid: 1",
];

describe("boots", () => {
  it("begin with a kernel's banner", () => {
    assert.deepEqual(boots(BANNER, STATUS, BANNER, STATUS), [
      "1:1 guest-kernel",
      "1:2 sev-status",
      "2:3 guest-kernel",
      "2:4 sev-status",
    ]);
  });

  it("go on from the firmware to the kernel, and begin again with the firmware", () => {
    const firmware = "SecCoreStartupWithStack(0xFFFCC000, 0x820000)";
    const platform = "SEV is enabled (mask 0x8000000000000)";
    assert.deepEqual(boots(firmware, platform, BANNER, STATUS, firmware, platform, BANNER), [
      "1:3 guest-kernel",
      "1:4 sev-status",
      "2:7 guest-kernel",
    ]);
  });

  it("that began before the log have a status line and then the next one's banner", () => {
    assert.deepEqual(boots(STATUS, BANNER), ["1:1 sev-status", "2:2 guest-kernel"]);
  });

  it("end with a refusal by the EFI stub", () => {
    const refusal = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";
    assert.deepEqual(boots(refusal, BANNER), ["1:1 termination", "2:2 guest-kernel"]);
    assert.deepEqual(boots(BANNER, STATUS, refusal), [
      "1:1 guest-kernel",
      "1:2 sev-status",
      "2:3 termination",
    ]);
  });
});

describe("the start of a VM", () => {
  const marks: readonly [string, string][] = [
    [
      "libvirt",
      "2026-12-06 09:14:26.679+0000: starting up libvirt version: 11.0.0, qemu version: 10.0",
    ],
    ["libkrun", "Starting TEE/microVM."],
    [
      "cloud-hypervisor",
      "cloud-hypervisor: 0.01s: <vmm> INFO:vmm/src/vm.rs:500 -- Booting VM from config: VmConfig {}",
    ],
    [
      "kata",
      'time="2026-05-17T19:43:30Z" level=info msg="Starting VM" name=containerd-shim-v2 source=virtcontainers subsystem=sandbox',
    ],
    ["OpenHCL", 'INFO underhill_core: VMM process CVM_ALLOWED=true crate_name="underhill"'],
  ];
  for (const [who, mark] of marks) {
    it(`by ${who} begins a boot`, () => {
      assert.deepEqual(boots(BANNER, STATUS, mark, STATUS), [
        "1:1 guest-kernel",
        "1:2 sev-status",
        "2:4 sev-status",
      ]);
    });
  }

  it("is none by another program that starts some VM", () => {
    assert.deepEqual(boots(STATUS, 'level=info msg="Starting VM" app=other', STATUS), [
      "1:1 sev-status",
      "1:3 sev-status",
    ]);
  });

  it("is told with the line where each boot begins, and how far it came", () => {
    const scanner = new LogScanner();
    const lines = [
      BANNER,
      "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
      "SEV is enabled (mask 0x8000000000000)",
    ];
    for (const line of lines) scanner.line(line);
    assert.deepEqual(scanner.bootStarts, [
      { line: 0, first: "kernel", stage: "kernel", isHost: false },
      { line: 1, first: "firmware", stage: "platform", isHost: false },
    ]);
  });

  it("is none in the source that prints it", () => {
    const scanner = new LogScanner();
    scanner.line('DEBUG ((DEBUG_INFO, "SEV is enabled (mask 0x%lx)\\n", EncryptionMask));');
    assert.deepEqual(scanner.bootStarts, [
      { line: 0, first: "none", stage: "none", isHost: false },
    ]);
  });
});

describe("a live log that falls silent", () => {
  const [header = "", code = "", info1 = "", info2 = ""] = SNAPSHOT;

  it("gives what waits for a block, after the block as far as it has come", () => {
    const scanner = new LogScanner();
    const kept = [header, code, STATUS].flatMap((line) => scanner.line(line));
    assert.deepEqual(kept, []);
    assert.deepEqual(
      scanner.flush().map(({ kind }) => kind),
      ["ghcb", "sev-status"],
    );
    assert.deepEqual(scanner.flush(), []);
  });

  it("is read on afterwards", () => {
    const scanner = new LogScanner();
    scanner.line(header);
    assert.deepEqual(scanner.flush(), []);
    const found = [code, info1, info2].flatMap((line) => scanner.line(line));
    assert.deepEqual(
      found.map(({ kind, line }) => [kind, line]),
      [["ghcb", 1]],
    );
  });

  it("keeps a command open whose output is still to come", () => {
    const scanner = new LogScanner();
    scanner.line("# rdmsr 0xc0010131");
    assert.deepEqual(scanner.flush(), []);
    assert.equal(scanner.line("87").length, 1);
  });
});

describe("a block among other lines", () => {
  it("is told of at its first line, before what stands between its lines", () => {
    const [header = "", ...fields] = SNAPSHOT;
    assert.deepEqual(boots(header, STATUS, ...fields), ["1:1 ghcb", "1:2 sev-status"]);
  });

  it("is told of as soon as it is complete", () => {
    const scanner = new LogScanner();
    const given = SNAPSHOT.map((line) => scanner.line(line).length);
    assert.deepEqual(given, [0, 0, 0, 1]);
  });

  it("ends where its lines stop", () => {
    assert.deepEqual(boots(...SNAPSHOT.slice(0, 2), ...Array.from({ length: 20 }, () => "x")), [
      "1:1 ghcb",
    ]);
  });

  it("begins anew with the next header, and with a field a second time", () => {
    assert.deepEqual(boots(...SNAPSHOT.slice(0, 2), ...SNAPSHOT, ...SNAPSHOT.slice(1)), [
      "1:1 ghcb",
      "1:3 ghcb",
      "1:7 ghcb",
    ]);
  });
});

describe("offsets", () => {
  const token = "0x0:0x2";
  const message = `kvm_amd: SEV-ES guest requested termination: ${token}`;
  const lines = [
    message,
    `> > ${message}`,
    `[47175.2] [ T123] ${message}\r`,
    `<6>${message}`,
    `\u001b[31m${message.replace(token, `\u001b[1m${token}\u001b[0m`)}`,
    `Feb 14 16:16:55 host kernel: ${message}`,
    `{"MESSAGE":"${message}","PRIORITY":"6"}`,
    `{"MESSAGE":"\\u001b[31m${message}\\u001b[0m"}`,
    `level=info msg="reading guest console" vmconsole="[ 0.5] \\"${message}\\""`,
    `level=info msg="a \\\\\\"nested\\\\\\" one: ${message}\\r\\n"`,
    `\0\0${message}`,
    `\ud83d\ude00 ${message}`,
  ];
  for (const line of lines) {
    it(`are those of the line as it stands: ${JSON.stringify(line.slice(0, 60))}`, () => {
      const [found, ...others] = findingsOf(line);
      assert.deepEqual(others, []);
      assert.equal(line.slice(found?.start, found?.end), token);
    });
  }

  it("follow escapes inside a line into a table's row", () => {
    const row = "[ \u001b[38;5;2mPASS\u001b[0m ] - SEV: ENABLED";
    const [found] = findingsOf(row);
    assert.equal(row.slice(found?.start, found?.end), "SEV: ENABLED");
  });
});

describe("random access", () => {
  const example = fc.constantFrom(
    ...[...LINE_FORMATS, ...BLOCK_FORMATS].flatMap(({ examples }) => examples),
    "",
    "87",
    "[    1.000000] smp: Brought up 1 node, 4 CPUs",
  );
  const text = fc
    .array(example, { maxLength: 8 })
    .map((examples) => examples.join("\n"))
    .filter((joined) => joined.split("\n").length < 300);

  it("gives every text that a scan of the whole gives", () => {
    fc.assert(
      fc.property(text, (joined) => {
        const lines = joined.split("\n");
        const parts = findingsOf(joined).flatMap((finding) => finding.parts);
        for (const [number] of lines.entries()) {
          const there = recogniseLine((line) => lines[line], number);
          const here = parts.filter(({ line }) => line === number);
          for (const part of here) {
            const same = there.find(({ start, end }) => start === part.start && end === part.end);
            assert.deepEqual(same?.reading, (part satisfies Part).reading, lines[number]);
          }
        }
      }),
    );
  });
});

describe("findings that wait for a block", () => {
  it("are told when there are too many of them, and none is lost", () => {
    const scanner = new LogScanner();
    const values = "SEV_STATUS: 0x7 ".repeat(1000);
    const lines = [...SNAPSHOT.slice(0, 2), ...Array.from({ length: 8 }, () => values)];
    const found = lines.map((line) => scanner.line(line));
    const early = found.slice(0, 7).flat();
    assert.ok(early.length > MOST_WAITING);
    assert.equal(early.length, 5001);
    const all = [...found.flat(), ...scanner.end()];
    assert.deepEqual(
      all.map(({ line }) => line),
      all.map(({ line }) => line).toSorted((a, b) => a - b),
    );
    assert.equal(all.filter(({ kind }) => kind === "ghcb").length, 1);
    assert.equal(all.filter(({ kind }) => kind === "sev-status").length, 8000);
  });
});
