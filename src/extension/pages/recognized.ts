import * as vscode from "vscode";
import { recognizedText } from "../../decoder/report/editor/recognized";
import { PAGE_SCHEMES } from "../editor/documents";
import type { Services } from "../services";
import { TextPage } from "./textPage";

/** `SEV: Show What Is Recognized`: the formats of lines that are looked for, as a read-only text. */
export function registerRecognized({ guest }: Services): vscode.Disposable {
  const page = new TextPage(PAGE_SCHEMES.recognized, "What SEV Status Recognizes", {
    guest,
    text: recognizedText,
  });
  return vscode.Disposable.from(
    page,
    vscode.commands.registerCommand("sevStatus.showRecognized", () => page.show()),
  );
}
