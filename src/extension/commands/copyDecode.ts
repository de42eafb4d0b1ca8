import * as vscode from "vscode";
import { guestIn } from "../../decoder/boot/kernels";
import { kernelsPhrase } from "../../decoder/report/guest/kernelsLine";
import { quotedGlance } from "../../decoder/report/render/glanceText";
import { codeBlock, markdownOf } from "../../decoder/report/render/markdown";
import { textOf } from "../../decoder/report/render/text";
import type { Glance } from "../../decoder/report/glance";
import type { Report } from "../../decoder/report/report";
import { PAGE_SCHEMES } from "../editor/documents";
import { anyHexAt, foundAt } from "../editor/found";
import { kernelsFor } from "../guest/placeKernels";
import { TextPage } from "../pages/textPage";
import type { Services } from "../services";
import { isRecord } from "./argument";

/** What is known of the value at a hover's place or at the cursor. */
interface Decoded {
  readonly report: Report;
  readonly glance: Glance;
  /** The line as it stands in the document, and where: `serial.log:13`. */
  readonly line: string;
  readonly where: string;
}

/**
 * `SEV: Copy as Text`, for a mail: the line, the verdict, the bits and the fix. `SEV: Copy as Markdown`: the line and the
 * whole report. And the whole report as a read-only text.
 */
export function registerCopyDecode(services: Services): vscode.Disposable {
  /** The report shown last; null after a reload of the window. */
  let shown: Decoded | null = null;
  const page = new TextPage(PAGE_SCHEMES.details, "SEV Details", {
    guest: services.guest,
    text: () =>
      shown === null
        ? "Hover a value and follow its link Details, and all that is known of it is shown here."
        : `${shown.where}: ${shown.line.trim()}\n\n${textOf(shown.report)}`,
  });
  const command = (name: string, run: (decoded: Decoded) => Thenable<void>) =>
    vscode.commands.registerCommand(name, async (argument: unknown) => {
      const decoded = await decodedAt(services, argument);
      if (decoded !== null) await run(decoded);
      else
        await vscode.window.showErrorMessage(
          "There is nothing to decode here: put the cursor on a value such as 0x887 or on a name such as MSR_AMD64_SNP_SECURE_TSC.",
        );
    });
  const copy = (name: string, what: string, text: (decoded: Decoded) => string) =>
    command(name, async (decoded) => {
      await vscode.env.clipboard.writeText(`${text(decoded)}\n`);
      vscode.window.setStatusBarMessage(`Copied as ${what}`, 3000);
    });
  return vscode.Disposable.from(
    page,
    copy("sevStatus.copyText", "text", quotedGlance),
    copy(
      "sevStatus.copyMarkdown",
      "Markdown",
      ({ report, line, where }) =>
        `${where}:\n\n${codeBlock(line.trim())}\n\n${markdownOf(report)}`,
    ),
    command("sevStatus.showDetails", async (decoded) => {
      shown = decoded;
      await page.show();
    }),
  );
}

async function decodedAt(services: Services, argument: unknown): Promise<Decoded | null> {
  const place = argument === undefined ? placeOfCursor() : placeOf(argument);
  if (place === null) return null;
  const { document, position } = place;
  const found =
    foundAt(document, position, services.logs.of(document)) ?? anyHexAt(document, position);
  if (found === null) return null;
  const kernels = await kernelsFor(services, { document, line: position.line });
  const guest = guestIn(kernels);
  const report = found.report(guest, kernels);
  const whose = kernelsPhrase(kernels, found.status);
  return {
    report: { ...report, notes: whose === null ? report.notes : [whose, ...report.notes] },
    glance: found.glance(guest, kernels),
    line: document.lineAt(position.line).text,
    where: `${fileName(document.uri)}:${position.line + 1}`,
  };
}

function fileName({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

function placeOfCursor(): Place | null {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined
    ? null
    : { document: editor.document, position: editor.selection.active };
}

function placeOf(argument: unknown): Place | null {
  if (!isRecord(argument)) return null;
  const { uri, line, character } = argument;
  if (typeof uri !== "string" || !isPlace(line) || !isPlace(character)) return null;
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === uri);
  return document === undefined || line >= document.lineCount
    ? null
    : { document, position: new vscode.Position(line, character) };
}

function isPlace(value: unknown): value is number {
  return Number.isSafeInteger(value) && typeof value === "number" && value >= 0;
}
