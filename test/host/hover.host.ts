import * as vscode from "vscode";
import { closeAll, configure, hoverOver, show } from "./editing";
import { equal, excludes, includes } from "./expect";

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
    includes(text, "SEV, SEV\\-ES, SEV\\-SNP, DebugSwap and SecureTSC are enabled");
    excludes(text, "refuses");
  });

  it("says that 6.6 lacks SecureTSC and 6.14 does not", async () => {
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    await configure("guest", "6.6");
    const refused = await hoverOver(document, "0x887");
    includes(refused, "**refuses to boot**: missing **SecureTSC**");
    includes(refused, "**✗ missing");
    includes(refused, "`kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800`");
    includes(refused, "Unsupported SEV-SNP features detected: 0x800");
    await configure("guest", "6.14");
    const accepted = await hoverOver(document, "0x887");
    includes(accepted, "Linux 6.14 **boots**");
    excludes(accepted, "✗");
  });

  it("asks the kernel of the boot's banner where no guest is chosen, and says whose it is", async () => {
    const { document } = await show(`${BANNER}\n[    2.0] guest SEV_STATUS = 0x887\n`);
    const text = await hoverOver(document, "0x887");
    includes(text, "Linux 6.12.77 **refuses to boot**: missing **SecureTSC**");
    includes(text, "Guest kernel: **Linux 6.12.77** \\(banner, line 1\\)");
  });

  it("names the chosen kernel and the one of the boot's banner where they differ", async () => {
    const { document } = await show(`${BANNER}\n[    2.0] guest SEV_STATUS = 0x887\n`);
    await configure("guest", "6.14");
    const text = await hoverOver(document, "0x887");
    includes(text, "Linux 6.14 **boots**: it supports every enabled feature");
    includes(
      text,
      "✓ Linux 6.14 \\(chosen\\) **boots** · ✗ Linux 6.12.77 \\(banner, line 1\\) **refuses**: missing SecureTSC.",
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
    includes(await hoverOver(document, "0x800"), "missing **SecureTSC**");
    includes(await hoverOver(document, "0x20"), "SNP features unsupported");
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
      "SEV\\_STATUS bit 11, SEV\\_FEATURES bit 9",
    );
    includes(await hoverOver(document, "SNP_FEATURES_PRESENT"), "0x0000000000000080");
    includes(await hoverOver(document, "GHCB_SNP_UNSUPPORTED"), "`0x2`");
    includes(await hoverOver(document, "SVM_VMGEXIT_TERM_REQUEST"), "`0x8000fffe`");
    includes(await hoverOver(document, "GHCB_TERM_PSC"), "private or shared");
    includes(await hoverOver(document, "0xc0010131"), "the address of **SEV\\_STATUS**");
  });

  it("decodes any 0x value only where the setting asks for it, and says what it assumed", async () => {
    const { document } = await show("nothing says what 0x887 is\n");
    equal(await hoverOver(document, "0x887"), "");
    await configure("hover.scope", "anyHex");
    includes(await hoverOver(document, "0x887"), "Nothing on this line says what the value is");
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
      equal(content.supportHtml ?? false, false);
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
