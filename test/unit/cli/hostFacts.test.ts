import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { sevStatus } from "./sevStatus";

/** What hosts do, as their sources have it: said where it is asked for. */
describe("facts of hosts", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "sev-status-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function scanned(line: string): string {
    const log = path.join(folder, "a.log");
    writeFileSync(log, `${line}\n`);
    return sevStatus("scan", log, "--sources").stdout;
  }

  it("name the host kernel that can run COCONUT-SVSM, since mainline up to 7.3 cannot", () => {
    const { stdout } = sevStatus("check", "0x87", "--guest", "6.12.80+svsm", "--sources");
    assert.match(stdout, /mainline Linux up to 7\.3 cannot host .*coconut-svsm\/linux/u);
    // With what it requires on, nothing is to be said of its host.
    const boots = sevStatus("check", "0xa7", "--guest", "6.12.80+svsm", "--sources").stdout;
    assert.doesNotMatch(boots, /coconut-svsm\/linux/u);
  });

  it("take an SVSM's empty list for VmplSSS, and for SMTProt only before June 2024", () => {
    const text = scanned("[SVSM] Unsupported SEV features enabled: ");
    assert.match(text, /means VmplSSS \(SMTProt too before June 2024\)/u);
  });

  it("say that only vendors' kernels ran SNP guests on a KVM before 6.10", () => {
    const { stdout } = sevStatus("decode", "--exit-code", "0x8000fffe", "--sources");
    assert.match(stdout, /KVM before 6\.10, which only vendors' kernels run SNP guests with/u);
    const other = sevStatus("decode", "--exit-code", "0x80000001", "--sources").stdout;
    assert.doesNotMatch(other, /before 6\.10/u);
  });
});
