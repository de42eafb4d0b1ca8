import * as vscode from "vscode";
import { guestProblemSentence } from "../../decoder/report/problem";
import { plain } from "../../decoder/report/phrase";
import { assumptionOf, distributionOf } from "../../decoder/report/guest/verdict";
import { DOCUMENTS } from "../editor/documents";
import type { Services } from "../services";
import { withoutLinks } from "../pages/withoutLinks";

/** The first problem whole, and how many more there are: the item has one line. */
function shown([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} (${more.length} more)`;
}

/** The chosen guest in the language status of every document that values are looked for in. */
export function registerGuestStatus({ guest }: Services): vscode.Disposable {
  const item = vscode.languages.createLanguageStatusItem("sevStatus.guest", DOCUMENTS);
  item.name = "SEV guest kernel";
  item.command = { command: "sevStatus.chooseGuest", title: "Choose Guest Kernel…" };
  const update = () => {
    const profile = guest.current();
    const unnamed = guest.problem();
    const problems = [
      ...(unnamed === null ? [] : [guestProblemSentence(unnamed)]),
      ...guest.sources().flatMap((source) => source.problems()),
    ];
    item.severity =
      problems.length === 0
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    item.text = profile === null ? "No SEV guest kernel chosen" : `SEV guest: ${profile.label}`;
    item.detail =
      problems.length === 0
        ? (profile === null ? [] : [...distributionOf(profile), ...assumptionOf(profile)])
            .map(plain)
            .join(" ")
        : withoutLinks(shown(problems));
    item.accessibilityInformation = { label: `${item.text}. ${item.detail}`.trim() };
  };
  update();
  return vscode.Disposable.from(item, guest.onDidChange(update));
}
