import * as vscode from "vscode";
import type { Kernels } from "../../decoder/boot/kernels";
import { guestIn } from "../../decoder/boot/kernels";
import { kernelsInBrief } from "../../decoder/report/guest/kernelsLine";
import { guestProblemSentence } from "../../decoder/report/problem";
import { plain, say } from "../../decoder/report/phrase";
import { assumptionOf, distributionOf } from "../../decoder/report/guest/verdict";
import { DOCUMENTS } from "../editor/documents";
import type { Services } from "../services";
import { activeKernels } from "./activeKernels";
import { withoutLinks } from "../pages/withoutLinks";

/** The first problem whole, and how many more there are: the item has one line. */
function shown([first = "", ...more]: readonly string[]): string {
  return more.length === 0 ? first : `${first} (${more.length} more)`;
}

/** The guest kernel that verdicts are for in the active document, in its language status. */
export function registerGuestStatus(services: Services): vscode.Disposable {
  const { guest, logs } = services;
  const item = vscode.languages.createLanguageStatusItem("sevStatus.guest", DOCUMENTS);
  item.name = "SEV guest kernel";
  item.command = { command: "sevStatus.chooseGuest", title: "Choose Guest Kernel…" };
  const show = (kernels: Kernels) => {
    const unnamed = guest.problem();
    const problems = [
      ...(unnamed === null ? [] : [guestProblemSentence(unnamed)]),
      ...guest.sources().flatMap((source) => source.problems()),
    ];
    const profile = guestIn(kernels);
    item.severity =
      problems.length === 0
        ? vscode.LanguageStatusSeverity.Information
        : vscode.LanguageStatusSeverity.Warning;
    item.text = profile === null ? "No SEV guest kernel known" : `SEV guest: ${profile.label}`;
    // The item has one line: what matters comes first.
    item.detail =
      problems.length === 0
        ? (profile === null
            ? []
            : [
                say`${kernelsInBrief(kernels)}.`,
                ...distributionOf(profile),
                ...assumptionOf(profile),
              ]
          )
            .map(plain)
            .join(" ")
        : withoutLinks(shown(problems));
    item.accessibilityInformation = { label: `${item.text}. ${item.detail}`.trim() };
  };
  let newest = 0;
  const update = () => {
    newest += 1;
    const own = newest;
    void activeKernels(services).then((kernels) => {
      if (own === newest) show(kernels);
    });
  };
  update();
  return vscode.Disposable.from(
    item,
    guest.onDidChange(update),
    vscode.window.onDidChangeActiveTextEditor(update),
    vscode.window.onDidChangeTextEditorSelection(update),
    logs.onDidChange((document) => {
      if (document === vscode.window.activeTextEditor?.document) update();
    }),
  );
}
