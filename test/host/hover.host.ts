import * as vscode from "vscode";
import { closeAll, configure, hoverOver, show } from "./editing";
import { equal, eventually, excludes, includes } from "./expect";

const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";

describe("hovering a value", () => {
  afterEach(async () => {
    await configure("guest", undefined);
    await configure("hover.scope", undefined);
    await closeAll();
  });

  it("names the features of SEV_STATUS, without a verdict while no guest is chosen", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    const text = await hoverOver(document, "0x887");
    includes(text, "**SEV-SNP is on**");
    includes(text, "SecureTSC &nbsp;needs 6.14");
    excludes(text, "refuses");
  });

  it("says that 6.6 lacks SecureTSC and 6.14 does not", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    await configure("guest", "6.6");
    const refused = await hoverOver(document, "0x887");
    includes(refused, "**Linux 6.6 refuses to boot** – missing SecureTSC");
    includes(refused, "needs 6.14");
    includes(refused, "**Fix:** guest ≥ 6\\.14 (LTS 6.18.y) or QEMU: remove secure-tsc=on");
    await configure("guest", "6.14");
    const accepted = await hoverOver(document, "0x887");
    includes(accepted, "**Linux 6.14 boots** – supports every enabled feature");
    excludes(accepted, "✗");
  });

  it("asks the kernel of the boot's banner where no guest is chosen, and says whose it is", async () => {
    const { document } = await show(`${BANNER}\n[    2.0] guest SEV_STATUS = 0x887\n`);
    const text = await hoverOver(document, "0x887");
    includes(text, "**Linux 6.12.77 refuses to boot** – missing SecureTSC");
    includes(text, "Kernel: 6\\.12.77 (banner, line 1)");
  });

  it("names the chosen kernel and the one of the boot's banner where they differ", async () => {
    const { document } = await show(`${BANNER}\n[    2.0] guest SEV_STATUS = 0x887\n`);
    await configure("guest", "6.14");
    const text = await hoverOver(document, "0x887");
    includes(text, "**Linux 6.14 boots** – supports every enabled feature");
    includes(
      text,
      "✓ Linux 6.14 (chosen) **boots** · ✗ Linux 6.12.77 (banner, line 1) **refuses**: missing SecureTSC.",
    );
  });

  it("takes no host's banner for the guest's", async () => {
    const { document } = await show(
      `${BANNER}\nkvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n`,
    );
    excludes(await hoverOver(document, "0x800"), "6.12.77");
  });

  it("reads the mask of KVM's termination line as what the guest lacks", async () => {
    const { document } = await show(
      "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800\n",
    );
    includes(await hoverOver(document, "0x800"), "SecureTSC");
    const reason = await hoverOver(document, "0x20");
    includes(reason, "SNP features unsupported · mask `0x800` beside it");
    includes(reason, "SecureTSC");
  });

  it("never reads SW_EXITINFO2 of another exit as a mask", async () => {
    const { document } = await show(
      "kvm_vmgexit_enter: vcpu 0, exit_reason 80000001, exit_info1 fee00300, exit_info2 800\n",
    );
    const text = await hoverOver(document, "800\n");
    excludes(text, "SecureTSC");
    includes(text, "MMIO");
  });

  const languages = ["log", "plaintext", "c", "rust", "python", "diff", "markdown", "json", "yaml"];
  for (const language of languages) {
    it(`works in ${language}`, async () => {
      const { document } = await show("sev_status: 0x887\n", language);
      includes(await hoverOver(document, "0x887"), "SecureTSC");
    });
  }

  it("explains names in source code", async () => {
    const { document } = await show(
      "x = MSR_AMD64_SNP_SECURE_TSC | SNP_FEATURES_PRESENT | GHCB_SNP_UNSUPPORTED | SVM_VMGEXIT_TERM_REQUEST | GHCB_TERM_PSC;\nrdmsrl(0xc0010131, y);\n",
      "c",
    );
    await configure("guest", "6.6");
    includes(
      await hoverOver(document, "MSR_AMD64_SNP_SECURE_TSC"),
      "SEV_STATUS `BIT(11)` `0x800` · SEV_FEATURES `BIT(9)` `0x200`",
    );
    includes(await hoverOver(document, "SNP_FEATURES_PRESENT"), "`0x80` DebugSwap");
    includes(await hoverOver(document, "GHCB_SNP_UNSUPPORTED"), "`0x2`");
    includes(await hoverOver(document, "SVM_VMGEXIT_TERM_REQUEST"), "`0x8000fffe`");
    includes(await hoverOver(document, "GHCB_TERM_PSC"), "private or shared");
    includes(await hoverOver(document, "0xc0010131"), "The address of **SEV_STATUS**");
  });

  it("tells the masks of a kernel as the file defines them, with the line", async () => {
    const { document } = await show(
      "#define SNP_FEATURES_PRESENT (MSR_AMD64_SNP_DEBUG_SWAP | \\\n\tMSR_AMD64_SNP_SECURE_TSC)\n",
      "c",
    );
    const text = await hoverOver(document, "SNP_FEATURES_PRESENT");
    includes(text, "`0x880` DebugSwap SecureTSC (this file, line 1)");
  });

  it("does not repeat the verdict that the problem at the same place says", async () => {
    const { document } = await show(
      "EFI stub: ERROR: Unsupported SEV-SNP features detected: 0x800\n",
      "log",
    );
    await eventually("the problem", () =>
      vscode.languages.getDiagnostics(document.uri).some(({ source }) => source === "SEV"),
    );
    const text = await hoverOver(document, "0x800");
    excludes(text, "refused to boot");
    includes(text, "needs 6.14");
  });

  it("decodes any 0x value only where the setting asks for it, and says what it assumed", async () => {
    const { document } = await show("nothing says what 0x887 is\n");
    equal(await hoverOver(document, "0x887"), "");
    await configure("hover.scope", "anyHex");
    includes(await hoverOver(document, "0x887"), "Read as SEV_STATUS (sevStatus.hover.scope)");
    await configure("hover.scope", "off");
    equal(await hoverOver(document, "0x887"), "");
  });

  it("lets a hover run no commands but its own, and shows the line's text as text", async () => {
    const { document } = await show("[x](command:evil) <b>SEV_STATUS</b> = 0x887\n");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(0, document.lineAt(0).text.indexOf("0x887") + 1),
    );
    for (const content of hovers.flatMap(({ contents }) => contents)) {
      if (typeof content === "string" || "language" in content) continue;
      excludes(content.value, "command:evil");
      // Only our own spans and the strip are HTML.
      equal(
        content.value.replaceAll(/<\/?(?:span style="[\w:;().-]*"|span|code)>/gu, "").includes("<"),
        false,
      );
      const trusted = content.isTrusted;
      if (trusted === true) throw new Error("the hover may run any command");
      if (typeof trusted === "object") {
        equal(
          trusted.enabledCommands.every((command) => command.startsWith("sevStatus.")),
          true,
        );
      }
    }
  });

  it("marks just the value", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887 # ok\n");
    const [hover] = await vscode.commands.executeCommand<vscode.Hover[]>(
      "vscode.executeHoverProvider",
      document.uri,
      new vscode.Position(0, 20),
    );
    equal(document.getText(hover?.range), "0x887");
  });
});
