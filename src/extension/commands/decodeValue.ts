import * as vscode from "vscode";
import { REGISTERS } from "../../decoder/register/decode";
import type { GuestProfile } from "../../decoder/guest/profile";
import { glanceLine } from "../../decoder/report/render/glanceText";
import { hexShort } from "../../decoder/text/u64";
import { foundAt } from "../editor/found";
import { guestIn } from "../../decoder/boot/kernels";
import { activeKernels } from "../guest/activeKernels";
import { shownLog } from "../guest/shownLog";
import { ownKernelName } from "../guest/placeKernels";
import type { Services } from "../services";
import { argumentFor } from "./argument";
import { parseTyped } from "./typedValue";

/** `SEV: Decode Value…`: an input box that decodes as you type; Enter opens the feature table. */
export function registerDecodeValue(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.decodeValue", async () => {
    // Read the place now: the box takes the focus from the editor.
    const uri = shownLog()?.toString();
    const kernels = await activeKernels(services);
    const guest = guestIn(kernels);
    const start = await startingText(services);
    const text = await vscode.window.showInputBox({
      title: "Decode a SEV value",
      prompt: promptFor(start, guest),
      placeHolder: "0x887, sev-features 0x221, SEV-SNP,SecureTSC, or a line of a log",
      value: start,
      // You may leave the window to fetch the value.
      ignoreFocusOut: true,
      validateInput: (typed) => validation(typed, guest),
    });
    const typed = text === undefined ? undefined : parseTyped(text);
    if (typed?.ok !== true || typed.value === null) return;
    await vscode.commands.executeCommand(
      "sevStatus.openFeatureTable",
      argumentFor(typed.value, { uri, guest: ownKernelName(services, kernels) }),
    );
  });
}

/** The decode of the starting text: VS Code shows the validation only after the first key. Without one, what to type. */
function promptFor(start: string, guest: GuestProfile | null): string {
  const first =
    start === ""
      ? `A value (SEV_STATUS), a register and a value (${REGISTERS.join(", ")}), names, or a line of a log.`
      : validation(start, guest).message;
  return `${first} Enter opens the feature table.`;
}

const NO_VALUE =
  "Not a value. Try 0x887, sev-features 0x221, SEV-SNP,SecureTSC, or paste a line of a log.";

/** The decode of the typed text, or why it is no value. */
function validation(text: string, guest: GuestProfile | null): vscode.InputBoxValidationMessage {
  const typed = parseTyped(text);
  if (!typed.ok) {
    return text.trim() === ""
      ? { message: typed.problem, severity: vscode.InputBoxValidationSeverity.Info }
      : { message: NO_VALUE, severity: vscode.InputBoxValidationSeverity.Error };
  }
  return {
    message: glanceLine(typed.glance(guest)),
    severity: vscode.InputBoxValidationSeverity.Info,
  };
}

/** What the box starts with: the selection, the value under the cursor, or a value in the clipboard. */
async function startingText({ logs }: Services): Promise<string> {
  const editor = vscode.window.activeTextEditor;
  if (editor !== undefined) {
    const selected = editor.document.getText(editor.selection).trim();
    if (!selected.includes("\n") && parseTyped(selected).ok) return selected;
    const { document, selection: at } = editor;
    const found = foundAt(document, at.active, logs.of(document))?.register ?? null;
    if (found !== null) return `${found.register} ${hexShort(found.value)}`;
  }
  const copied = (await vscode.env.clipboard.readText()).slice(0, 100);
  return /^\s*0x/iu.test(copied) && parseTyped(copied).ok ? copied.trim() : "";
}
