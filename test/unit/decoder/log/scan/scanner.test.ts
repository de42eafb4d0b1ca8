import assert from "node:assert/strict";
import { MOST_WAITING } from "../../../../../src/decoder/log/scan/order";
import { ReadLog, findingsOf, readLog } from "../findings";

/** `boot:line kind` of every finding. */
function boots(...lines: readonly string[]): string[] {
  return findingsOf(lines.join("\n")).map(
    ({ boot, line, fact }) => `${boot}:${line + 1} ${fact.kind}`,
  );
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

  it("begins a boot on its line", () => {
    const lines = [
      BANNER,
      "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
      "SEV is enabled (mask 0x8000000000000)",
    ];
    assert.deepEqual(readLog(...lines).starts, [0, 1]);
  });

  it("is none in the source that prints it", () => {
    const source = 'DEBUG ((DEBUG_INFO, "SEV is enabled (mask 0x%lx)\\n", EncryptionMask));';
    assert.deepEqual(readLog(source).silent, []);
  });
});

describe("a live log that falls silent", () => {
  const [header = "", code = "", info1 = "", info2 = ""] = SNAPSHOT;

  it("gives what waits for a block, after the block as far as it has come", () => {
    const log = new ReadLog();
    const kept = log.lines(header, code, STATUS);
    assert.deepEqual(kept, []);
    assert.deepEqual(
      log.flush().map(({ fact }) => fact.kind),
      ["ghcb", "sev-status"],
    );
    assert.deepEqual(log.flush(), []);
  });

  it("is read on afterwards", () => {
    const log = new ReadLog();
    log.lines(header);
    assert.deepEqual(log.flush(), []);
    const found = log.lines(code, info1, info2);
    assert.deepEqual(
      found.map(({ fact, line }) => [fact.kind, line]),
      [["ghcb", 1]],
    );
  });

  it("keeps a command open whose output is still to come", () => {
    const log = new ReadLog();
    log.lines("# rdmsr 0xc0010131");
    assert.deepEqual(log.flush(), []);
    assert.equal(log.lines("87").length, 1);
  });
});

describe("a block among other lines", () => {
  it("is told of at its first line, before what stands between its lines", () => {
    const [header = "", ...fields] = SNAPSHOT;
    assert.deepEqual(boots(header, STATUS, ...fields), ["1:1 ghcb", "1:2 sev-status"]);
  });

  it("is told of as soon as it is complete", () => {
    const log = new ReadLog();
    const given = SNAPSHOT.map((line) => log.lines(line).length);
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

describe("a block that a guest never ends", () => {
  it("keeps back no more than a bounded number of findings", () => {
    const log = new ReadLog();
    const values = "SEV_STATUS: 0x7 ".repeat(1_000);
    log.lines(...SNAPSHOT.slice(0, 2), ...Array.from({ length: 8 }, () => values));
    assert.ok(log.findings.length > MOST_WAITING);
    log.end();
    const kinds = log.findings.map(({ fact }) => fact.kind);
    assert.equal(kinds.filter((kind) => kind === "ghcb").length, 1);
    assert.equal(kinds.filter((kind) => kind === "sev-status").length, 8_000);
    const lines = log.findings.map(({ line }) => line);
    assert.deepEqual(
      lines,
      lines.toSorted((a, b) => a - b),
    );
  });
});
