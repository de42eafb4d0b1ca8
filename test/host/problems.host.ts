import * as vscode from "vscode";
import { closeAll, configure, featureTables, hoverOver, show } from "./editing";
import { equal, eventually, includes, ok } from "./expect";

const BANNER =
  "[    0.000000] Linux version 6.12.77 (builder@host) (gcc 14.2.0) #1 SMP Tue Mar  3 10:00:00 UTC 2026";
const STATUS = "[    0.544425] SEV: Status: SEV SEV-ES SEV-SNP ";
const REFUSED = "kvm_amd: SEV-ES guest requested termination: reason 0x20 info 0x800";

function problems(document: vscode.TextDocument): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(document.uri).filter(({ source }) => source === "SEV");
}

function firstProblem(document: vscode.TextDocument): Promise<vscode.Diagnostic> {
  return eventually("a problem", () => problems(document)[0]);
}

async function fixes(document: vscode.TextDocument, range: vscode.Range) {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider",
    document.uri,
    range,
    vscode.CodeActionKind.QuickFix.value,
  );
  return actions.filter(({ command }) => command?.command.startsWith("sevStatus.") === true);
}

async function run(actions: readonly vscode.CodeAction[], title: string): Promise<void> {
  const command = actions.find((action) => action.title.includes(title))?.command;
  ok(command, `a quick fix "${title}" among ${actions.map((action) => action.title).join("; ")}`);
  const { arguments: given = [] } = command;
  await vscode.commands.executeCommand(command.command, ...(given as unknown[]));
}

describe("problems", () => {
  afterEach(async () => {
    await configure("guest", undefined);
    await configure("guests", undefined);
    await configure("diagnostics", undefined);
    await closeAll();
  });

  it("are the refusals of a log, with a page that says what to do", async () => {
    const { document } = await show(`x\n${REFUSED}\n`);
    const problem = await firstProblem(document);
    equal(problem.severity, vscode.DiagnosticSeverity.Error);
    equal(problem.message, "Guest refused to boot – missing SecureTSC");
    equal(problem.range.start.line, 1);
    ok(typeof problem.code === "object", "the problem has a link");
    const page = await vscode.workspace.openTextDocument(problem.code.target);
    includes(page.getText(), "Remove secure-tsc=on");
  });

  it("have a page that knows a guest of one's own", async () => {
    await configure("guests", [{ name: "my-distro", base: "6.6" }]);
    await configure("guest", "my-distro");
    await configure("diagnostics", "all");
    const { document } = await show("guest SEV_STATUS = 0x887\n");
    const { code } = await firstProblem(document);
    ok(typeof code === "object", "the problem has a link");
    const page = await vscode.workspace.openTextDocument(code.target);
    includes(page.getText(), "my-distro");
  });

  it("appear with an appended line, and go with it", async () => {
    const editor = await show("x\n");
    await editor.edit((edit) => {
      edit.insert(new vscode.Position(1, 0), `${REFUSED}\n`);
    });
    await firstProblem(editor.document);
    await editor.edit((edit) => {
      edit.delete(new vscode.Range(1, 0, 2, 0));
    });
    await eventually("the problem is gone", () => problems(editor.document).length === 0);
  });

  it("are none in source code, unless all are wanted, and none at all where they are off", async () => {
    const { document } = await show(`${REFUSED}\n`, "c");
    const log = await show(`${REFUSED}\n`);
    await firstProblem(log.document);
    equal(problems(document).length, 0);
    await configure("diagnostics", "all");
    await firstProblem(document);
    await configure("diagnostics", "off");
    await eventually("no problem", () => problems(log.document).length === 0);
    equal(problems(document).length, 0);
  });

  it("are wrong constants in source code where all are wanted, and only there", async () => {
    const text = "x\nconst MSR_SEV_STATUS_SEV_SNP_ENABLED: u64 = 0b10;\n";
    await configure("diagnostics", "all");
    // Logs and notes have their refusal, and no hint.
    for (const language of ["log", "markdown"]) {
      const { document } = await show(`${text}${REFUSED}\n`, language);
      const refusal = await firstProblem(document);
      equal(refusal.range.start.line, 2);
      equal(problems(document).length, 1);
    }
    const { document } = await show(text, "rust");
    const hint = await firstProblem(document);
    equal(hint.severity, vscode.DiagnosticSeverity.Information);
    equal(hint.range.start.line, 1);
    includes(hint.message, "bit 1 (SEV-ES)");
    await configure("diagnostics", "terminations");
    await eventually("no hint", () => problems(document).length === 0);
  });

  it("offer the host's switch and the feature table", async () => {
    const { document } = await show(`${REFUSED.replace("0x800", "0x40000")}\n`);
    const problem = await firstProblem(document);
    const actions = await fixes(document, problem.range);
    await run(actions, "Copy host option");
    equal(await vscode.env.clipboard.readText(), '"secure_avic": "disabled"');
    await run(actions, "Open the missing features in the feature table");
    await eventually("the feature table is open", () => featureTables().length === 1);
  });

  it("offer the kernel of the boot for the log, which changes no setting", async () => {
    await configure("diagnostics", "all");
    await configure("guest", "6.6");
    const lines = [BANNER, STATUS, "SEV-SNP: AP Destroy failed", "guest SEV_STATUS = 0x887", ""];
    const { document } = await show(lines.join("\n"));
    const problem = await firstProblem(document);
    // Another log is in front: the choice is for the problem's own.
    await show("x\n");
    const title = "Choose the guest kernel of this boot for this log, Linux 6.12.77";
    await run(await fixes(document, problem.range), title);
    equal(vscode.workspace.getConfiguration("sevStatus").get<string>("guest"), "6.6");
    includes(await hoverOver(document, "0x887"), "**Linux 6.12.77 refuses to boot**");
  });

  it("are none for a boot that ran, whatever kernel is chosen; the hover names both kernels", async () => {
    await configure("diagnostics", "all");
    await configure("guest", "6.6");
    const ran = [
      BANNER.replace("6.12.77", "6.14.2"),
      `${STATUS}SecureTSC `,
      "guest SEV_STATUS = 0x807",
      "SecCoreStartupWithStack(0xFFFCC000, 0x820000)",
      REFUSED,
      "",
    ];
    const { document } = await show(ran.join("\n"));
    const first = await firstProblem(document);
    equal(first.range.start.line, 4);
    equal(problems(document).length, 1);
    includes(
      await hoverOver(document, "0x807"),
      "✗ Linux 6.6 (chosen) **refuses**: missing SecureTSC · ✓ Linux 6.14.2 (banner, line 1) **boots**. It booted in this log.",
    );
  });

  it("copy nothing that is no host switch", async () => {
    await vscode.env.clipboard.writeText("before");
    for (const argument of [undefined, { text: "rm -rf /" }, "--no-vtom"])
      await vscode.commands.executeCommand("sevStatus.copyHostSwitch", argument);
    equal(await vscode.env.clipboard.readText(), "before");
  });
});
