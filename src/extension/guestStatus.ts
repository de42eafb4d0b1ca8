import * as vscode from "vscode";
import { guestProblemSentence } from "../decoder/report/problem";
import { plain } from "../decoder/report/phrase";
import { assumptionOf, distributionOf } from "../decoder/report/verdict";
import { DOCUMENTS } from "./documents";
import type { Services } from "./services";

/** The chosen guest in the language status of every document that values are looked for in. */
export function registerGuestStatus({ guest }: Services): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("sevStatus.guest", DOCUMENTS);
  item.name = "SEV guest kernel";
  item.command = { command: "sevStatus.chooseGuest", title: "Choose Guest Kernel…" };
  const update = () => {
    const profile = guest.current();
    const problem = guest.problem();
    item.severity =
      problem === null
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    item.text = profile === null ? "No SEV guest kernel chosen" : `SEV guest: ${profile.label}`;
    item.detail =
      problem === null
        ? (profile === null ? [] : [...distributionOf(profile), ...assumptionOf(profile)])
            .map(plain)
            .join(" ")
        : guestProblemSentence(problem);
    item.accessibilityInformation = { label: `${item.text}. ${item.detail}`.trim() };
  };
  update();
  return vscode.Disposable.from(item, guest.onDidChange(update));
}
