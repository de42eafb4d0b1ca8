import assert from "node:assert/strict";
import { readLog } from "../log/findings";

const BANNER = "[    0.000000] Linux version 6.18.20 (builder@host) (gcc 14.2.0) #1 SMP";
const TIMED = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP";
const UNTIMED = "SEV: Status: SEV SEV-ES SEV-SNP";
const STUB = "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800";

function by(program: string, line: string, machine = "host"): string {
  return `Nov 26 10:00:00 ${machine} ${program}: ${line}`;
}

const VM1 = "qemu-vm1[11]";
const VM2 = "qemu-vm2[12]";

describe("the boots of a journal that passes on consoles", () => {
  const cases: readonly [string, string[], string][] = [
    ["a line without a kernel's time", [by(VM1, BANNER), by(VM1, UNTIMED)], "1 1"],
    ["such a line first", [by(VM1, UNTIMED), by(VM1, TIMED)], "1 1"],
    [
      "such a line of each of two guests",
      [by(VM1, BANNER), by(VM2, BANNER), by(VM1, UNTIMED), by(VM2, UNTIMED)],
      "1 2 1 2",
    ],
    ["a refusal by the EFI stub", [by(VM1, BANNER), by(VM2, STUB)], "1 2"],
    [
      "the next boot of the same program",
      [by(VM1, BANNER), by(VM1, BANNER), by(VM1, UNTIMED)],
      "1 2 2",
    ],
    ["another program's such line", [by(VM1, BANNER), by(VM2, UNTIMED)], "1 2"],
    ["another process of the same name", [by(VM1, BANNER), by("qemu-vm1[99]", UNTIMED)], "1 2"],
    ["the same program on another machine", [by(VM1, BANNER), by(VM1, UNTIMED, "host2")], "1 2"],
    [
      "another program's such line, and then its console",
      [by(VM1, BANNER), by(VM2, UNTIMED), by(VM2, TIMED), by(VM1, UNTIMED)],
      "1 2 2 1",
    ],
    [
      "programs in a guest, beside its kernel",
      [
        by("kernel", BANNER, "vm1"),
        by("snpguest[7]", "SEV_STATUS: 0x7", "vm1"),
        by("kernel", TIMED, "vm1"),
      ],
      "1 1 1",
    ],
    [
      "a machine of several programs, and a console on it",
      [by("a[1]", UNTIMED), by("b[2]", UNTIMED), by("a[1]", TIMED)],
      "1 1 2",
    ],
  ];
  for (const [title, lines, expected] of cases) {
    it(title, () => {
      assert.equal(
        readLog(...lines)
          .findings.map(({ boot }) => boot)
          .join(" "),
        expected,
      );
    });
  }
});
