import * as vscode from "vscode";
import { decode, statusOf } from "../../decoder/register/decode";
import { check, refusedBy } from "../../decoder/guest/check";
import type { GuestProfile } from "../../decoder/guest/profile";
import { featureNames } from "../../decoder/features";
import type { Choice } from "../../decoder/report/value/featureTable";
import { distributionChoices, guestChoices } from "../../decoder/report/value/featureTable";
import { list, plain } from "../../decoder/report/phrase";
import { guestProblemSentence } from "../../decoder/report/problem";
import { answerOf, assumptionOf, distributionOf } from "../../decoder/report/guest/verdict";
import type { ValueArgument } from "../commands/argument";
import { isRecord, valueArgument } from "../commands/argument";
import { foundAt } from "../editor/found";
import type { GuestChoice } from "./guestChoice";
import type { GuestSource } from "./guestSource";
import type { Services } from "../services";
import { shownLog } from "./shownLog";

interface GuestItem extends vscode.QuickPickItem {
  /** The text that names the kernel; null for "Automatic", undefined for an item that cannot be chosen. */
  readonly guest: string | null | undefined;
}

/** The user's pick: a text that names a kernel, or null for "Automatic". */
export interface Picked {
  readonly text: string | null;
}

/** `SEV: Choose Guest Kernel…`: the catalog's releases, each with its missing features, or any release that is typed. */
export function registerChooseGuest(services: Services): vscode.Disposable {
  return vscode.commands.registerCommand("sevStatus.chooseGuest", async (argument: unknown) => {
    const log = logOf(argument);
    // A quick fix names the kernel, so no list opens. A link from anywhere can do the same, but only for one log.
    const named = isRecord(argument) ? argument["guest"] : undefined;
    if (typeof named === "string" && log !== null && services.guest.lookUp(named) !== null) {
      await services.guest.chooseForLog(log, named);
      return;
    }
    const value = valueArgument(argument) ?? valueAtCursor(services);
    const chosen = services.guest.for(log)?.profile.id;
    const picked = await pickGuest(services, { value, chosen, isWhatIf: false });
    if (picked !== null) await choose(services, picked.text, log);
  });
}

/**
 * The log that a choice is for: the one that the argument names, else the one in the active editor. Where a page is in
 * front, such as the feature table, the log beside it.
 */
function logOf(argument: unknown): vscode.Uri | null {
  const uri = isRecord(argument) ? argument["uri"] : undefined;
  if (typeof uri === "string") return vscode.Uri.parse(uri);
  return shownLog();
}

interface ScopeItem extends vscode.QuickPickItem {
  readonly choose: () => Promise<void>;
}

/** Chooses for one log or for the workspace, as the user says; null removes both choices. */
async function choose(
  { guest }: Services,
  text: string | null,
  log: vscode.Uri | null,
): Promise<void> {
  const hasWorkspace = vscode.workspace.workspaceFolders !== undefined;
  if (text === null) {
    if (log !== null) await guest.chooseForLog(log, null);
    if (hasWorkspace) await guest.chooseForWorkspace(null);
    const left = guest.for(log);
    if (left !== null)
      void vscode.window.showInformationMessage(
        `The setting sevStatus.guest still chooses ${left.profile.label}: remove it from your user settings too.`,
      );
    return;
  }
  const items: ScopeItem[] = [
    ...(log === null
      ? []
      : [
          {
            label: `$(file) For this log: ${nameOf(log)}`,
            description: "remembered; no file is changed",
            choose: () => guest.chooseForLog(log, text),
          },
        ]),
    ...(hasWorkspace
      ? [
          {
            label: "$(root-folder) For this workspace",
            description: "writes sevStatus.guest into the workspace's settings",
            choose: () => guest.chooseForWorkspace(text),
          },
        ]
      : []),
  ];
  if (items.length === 0) {
    await vscode.window.showInformationMessage(
      "There is no log to choose a guest kernel for: open a log or a folder, or set sevStatus.guest in the settings.",
    );
    return;
  }
  const [only] = items;
  const picked =
    items.length === 1
      ? only
      : await vscode.window.showQuickPick(items, { title: "Where does this guest kernel count?" });
  await picked?.choose();
}

/** The last part of a document's path. */
function nameOf({ path }: vscode.Uri): string {
  return path.slice(path.lastIndexOf("/") + 1) || path;
}

/** The register value under the cursor of the active editor; the list shows the verdicts for it. */
function valueAtCursor({ logs }: Services): ValueArgument | null {
  const editor = vscode.window.activeTextEditor;
  const found =
    editor === undefined
      ? null
      : foundAt(editor.document, editor.selection.active, logs.of(editor.document));
  return found === null || found.isMask ? null : found.register;
}

/** Options of the list of kernels. */
interface PickWishes {
  /** The value that each kernel is assessed with; null for none. */
  readonly value: ValueArgument | null;
  /** The id of the current choice. */
  readonly chosen: string | undefined;
  /** The choice is for one view only. */
  readonly isWhatIf: boolean;
}

/** Asks for a guest kernel; null if the user closes the list. */
export async function pickGuest(
  { guest }: Pick<Services, "guest">,
  { value, chosen, isWhatIf }: PickWishes,
): Promise<Picked | null> {
  const picker = vscode.window.createQuickPick<GuestItem>();
  picker.title = isWhatIf
    ? "Guest kernel for this view (nothing else changes)"
    : "Guest kernel that verdicts are given for";
  picker.placeholder = "Pick a release, or type one";
  // The feature table's frame may take the focus back late, after the palette has closed.
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  picker.matchOnDetail = true;
  const item = ({ id, label }: Choice) => catalogItem(guest, { id, label }, value);
  let listed: readonly GuestItem[] = [];
  const show = (typed: string) => {
    const own = typedItem(guest, typed, value);
    // VS Code reports a choice by its place in the list: no item may move when the first one changes.
    picker.items = [own, AUTOMATIC, ...listed];
    // Enter takes exactly what is typed, not the first similar row.
    if (typed.trim() !== "") picker.activeItems = [own];
  };
  const list = async () => {
    await Promise.all(guest.sources().map((source) => source.ready()));
    const sources = guest.sources().flatMap((source) => sourceItems(source, value));
    listed = [
      ...sources,
      ...(sources.length === 0 ? [] : [CATALOG_BELOW]),
      ...guestChoices().flatMap(item),
      DISTRIBUTIONS_BELOW,
      ...distributionChoices().flatMap(item),
    ];
    picker.busy = false;
    show(picker.value);
    if (picker.value.trim() !== "") return;
    picker.activeItems = listed.filter(
      (one) => one.guest !== undefined && one.guest === withoutPrefix(chosen),
    );
  };
  show("");
  // A kernel source may still be read. The other kernels can be chosen meanwhile.
  picker.busy = true;
  void list();
  const picked = await new Promise<GuestItem | undefined>((resolve) => {
    picker.onDidChangeValue(show);
    picker.onDidAccept(() => {
      const [item] = picker.selectedItems;
      if (item?.guest !== undefined) resolve(item);
    });
    picker.onDidHide(() => {
      resolve(undefined);
    });
    picker.show();
  });
  picker.dispose();
  return picked?.guest === undefined ? null : { text: picked.guest };
}

function withoutPrefix(id: string | undefined): string | undefined {
  return id?.replace(/^linux-/u, "");
}

const CATALOG_BELOW: GuestItem = {
  label: "upstream's kernels",
  kind: vscode.QuickPickItemKind.Separator,
  guest: undefined,
};

const DISTRIBUTIONS_BELOW: GuestItem = {
  label: "distributions' kernels",
  kind: vscode.QuickPickItemKind.Separator,
  guest: undefined,
};

const AUTOMATIC: GuestItem = {
  label: "Automatic",
  description: "each boot's own kernel, from its banner",
  guest: null,
};

/** The guests of one source below their title; nothing if the source has none. */
function sourceItems(source: GuestSource, value: ValueArgument | null): GuestItem[] {
  const items = source.guests().map(({ name, description, profile }) => ({
    label: profile.label,
    description: describe(profile, value),
    detail: description,
    guest: name,
  }));
  const title = {
    label: source.title,
    kind: vscode.QuickPickItemKind.Separator,
    guest: undefined,
  };
  return items.length === 0 ? [] : [title, ...items];
}

function catalogItem(
  guest: GuestChoice,
  { id, label }: Choice,
  value: ValueArgument | null,
): GuestItem[] {
  const profile = guest.lookUp(id);
  return profile === null
    ? []
    : [{ label, description: describe(profile, value), guest: withoutPrefix(id) }];
}

/** The item for the typed text, always shown: the kernel that it names, or why it names none. */
function typedItem(guest: GuestChoice, typed: string, value: ValueArgument | null): GuestItem {
  const text = typed.trim();
  const profile = guest.lookUp(text);
  if (profile !== null) {
    return {
      label: `$(arrow-right) ${profile.label}`,
      description: describe(profile, value),
      detail: [...distributionOf(profile), ...assumptionOf(profile)].map(plain).join(" "),
      alwaysShow: true,
      guest: text,
    };
  }
  return text === ""
    ? {
        label: "$(edit) Type a release",
        description:
          "6.12.80, 6.18-rc2, 6.8.0-45-generic, 6.18+secure-avic, rhel-9.4, a Linux version banner",
        guest: undefined,
      }
    : {
        label: "$(error) No such kernel",
        detail: guestProblemSentence(text),
        alwaysShow: true,
        guest: undefined,
      };
}

/** The verdict for the value; without a value, the features that the kernel supports. */
function describe(profile: GuestProfile, value: ValueArgument | null): string {
  if (value === null) return masksOf(profile);
  const status = statusOf(decode(value.register, value.value));
  if (status !== null)
    return withoutSubject(plain(answerOf(check(status, profile), profile)), profile.label);
  if (value.register !== "unsupported-features") return masksOf(profile);
  const lacked = list(featureNames(refusedBy(value.value, profile)));
  return likely(profile, lacked === "" ? "supports all of these" : `missing ${lacked}`);
}

/** A verdict without the kernel's name: the row begins with it, and VS Code cuts long rows. */
function withoutSubject(answer: string, name: string): string {
  return answer.startsWith(name) ? answer.slice(name.length).replace(/^:? /u, "") : answer;
}

function masksOf(profile: GuestProfile): string {
  const { check: masks, snpGuest } = profile;
  if (masks === null) {
    return likely(profile, snpGuest ? "no feature check" : "no SEV-SNP guest code");
  }
  const names = list(featureNames(masks.implemented));
  return likely(profile, names === "" ? "supports no optional feature" : `supports ${names}`);
}

function likely(profile: GuestProfile, words: string): string {
  return profile.likely ? `likely ${words}` : words;
}
