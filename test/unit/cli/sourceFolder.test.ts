import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Miniature } from "../decoder/guest/sourceTree/miniatures";
import { LIKE_6_12, LIKE_7_1, SEV_C, changed } from "../decoder/guest/sourceTree/miniatures";
import { assertHas, errorOf, jsonOf, sevStatus } from "./sevStatus";

describe("sev-status --guest-source", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "sev-status-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  function write(tree: Miniature, below = folder): string {
    for (const [file, text] of Object.entries(tree)) {
      mkdirSync(path.dirname(path.join(below, file)), { recursive: true });
      writeFileSync(path.join(below, file), text);
    }
    return below;
  }

  it("refuses SecureTSC by the source of 6.12.117", () => {
    const args = ["check", "0x887", "--guest-source", write(LIKE_6_12)];
    const { status, stdout, stderr } = sevStatus(...args, "--sources");
    assert.equal(status, 1);
    assert.match(
      stdout,
      /Linux 6\.12\.117 \(this source tree\) refuses to boot – missing SecureTSC/u,
    );
    assert.match(stdout, /this source tree\): arch\/x86\/boot\/compressed\/sev\.c:7/u);
    assert.match(stderr, /^sev-status: warning: The tree has no \.config: [^\n]+\n$/u);
    assertHas(jsonOf(...args), {
      guest: {
        id: "source:6.12.117",
        required: "0xffffffffff7dbcf8",
        implemented: "0x0000000000000080",
        verification: "verified",
      },
      verdict: { outcome: "refuses", lacks: ["SecureTSC"] },
    });
  });

  it("boots SecureAVIC with +secure-avic, and by a .config that has it without a warning", () => {
    write(LIKE_7_1);
    const check = (guest: string) => sevStatus("check", "0x40807", "--guest-source", guest);
    assert.equal(check(folder).status, 1);
    assert.equal(check(`${folder}+secure-avic`).status, 0);
    const options = ["AMD_MEM_ENCRYPT", "EFI_STUB", "AMD_SECURE_AVIC"];
    write({ ".config": options.map((name) => `CONFIG_${name}=y\n`).join("") });
    assert.equal(check(folder).status, 0);
    assert.equal(check(folder).stderr, "");
  });

  it("has what runs below the kernel too, before its own word", () => {
    write(LIKE_6_12);
    const refused = jsonOf("check", "0x7", "--guest-source", `${folder}+svsm`);
    assertHas(refused, { verdict: { outcome: "refuses", refusedBy: "svsm" } });
    assertHas(jsonOf("check", "0x7", "--guest-source", folder), { verdict: { outcome: "boots" } });
  });

  it("serves decode and scan too", () => {
    write(LIKE_6_12);
    assertHas(jsonOf("decode", "0x887", "--guest-source", folder), {
      guest: { id: "source:6.12.117" },
    });
    const log = path.join(folder, "serial.log");
    writeFileSync(log, "SEV: SEV_STATUS: 0x887\n");
    assert.equal(sevStatus("scan", log, "--guest-source", folder, "--json").status, 0);
  });

  it("stands instead of --guest", () => {
    assert.equal(
      errorOf("check", "0x887", "--guest", "6.6", "--guest-source", folder),
      "--guest-source stands instead of --guest: give one or the other.",
    );
  });

  it("names the folder, the file and the line of what it cannot read", () => {
    const error = (dir: string) => errorOf("check", "0x887", "--guest-source", dir);
    assert.match(error(path.join(folder, "none")), /: there is no such folder\.$/u);
    assert.match(error(folder), /: Makefile: there is no such file in the tree\.$/u);
    write(changed(LIKE_6_12, SEV_C, "MSR_AMD64_SNP_VTOM", "MSR_AMD64_SNP_VTOP"));
    assert.match(error(folder), /sev\.c:1: "MSR_AMD64_SNP_VTOP" is not defined/u);
    assert.match(error(path.join(folder, "Makefile")), /is no folder: expected the top/u);
  });

  it("follows no link out of the folder, and reads nothing that is no file or too large", () => {
    const outside = path.join(folder, "outside");
    const inside = path.join(folder, "inside");
    write(LIKE_6_12, outside);
    write({ Makefile: LIKE_6_12["Makefile"] ?? "" }, inside);
    symlinkSync(path.join(outside, "arch"), path.join(inside, "arch"));
    const error = () => errorOf("check", "0x887", "--guest-source", inside);
    assert.match(error(), /^"[^"]+" of "[^"]+" cannot be read: it is a link out of the folder\.$/u);
    rmSync(path.join(inside, "Makefile"));
    mkdirSync(path.join(inside, "Makefile"));
    assert.match(error(), /cannot be read: it is no file\.$/u);
    rmSync(path.join(inside, "Makefile"), { recursive: true });
    writeFileSync(path.join(inside, "Makefile"), " ".repeat(2 ** 21 + 1));
    assert.match(error(), /cannot be read: it is larger than 2097152 bytes\.$/u);
  });

  it("reads a tree that is itself a link", () => {
    write(LIKE_6_12, path.join(folder, "linux-6.12"));
    symlinkSync(path.join(folder, "linux-6.12"), path.join(folder, "linux"));
    assert.equal(
      sevStatus("check", "0x87", "--guest-source", path.join(folder, "linux")).status,
      0,
    );
  });
});
