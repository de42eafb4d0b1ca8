import * as vscode from "vscode";
import type { AskedValue } from "../../decoder/report/guest/kernelChoices";
import { answerInList, kernelChoices, kernelName } from "../../decoder/report/guest/kernelChoices";
import { shortLabel } from "../../decoder/report/guest/kernelsLine";
import { assumptionOf, distributionOf } from "../../decoder/report/guest/verdict";
import { plain } from "../../decoder/report/phrase";
import type { GuestProfile } from "../../decoder/guest/profile";
import type { Searched } from "../../decoder/guest/search";
import { matchingGuests, upstreamFollower } from "../../decoder/guest/search";
import type { GuestChoice } from "./guestChoice";
import type { GuestSource } from "./guestSource";

/** The user's pick: a text that names a kernel, or null for "Automatic". */
export interface Picked {
  readonly text: string | null;
}

/** What the list of kernels is opened for. */
export interface PickWishes {
  /** What each kernel is asked about; null for nothing. */
  readonly asked: AskedValue;
  /** The id of the current choice; undefined for none. */
  readonly chosen: string | undefined;
  /** The kernel that counts without a choice, and where it is from; null where the log names none. */
  readonly own: { readonly profile: GuestProfile; readonly from: string } | null;
  /** The choice is for one view only. */
  readonly isWhatIf: boolean;
}

interface GuestItem extends vscode.QuickPickItem {
  /** The text that names the kernel; null for "Automatic", undefined for an item that cannot be chosen. */
  readonly guest: string | null | undefined;
  /** How people search for it; null for an item that is found by its name alone. */
  readonly searched: Searched | null;
}

const WITH_AVIC: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("add"),
  tooltip: "Show kernels built with Secure AVIC (CONFIG_AMD_SECURE_AVIC)",
};
const WITHOUT_AVIC: vscode.QuickInputButton = {
  iconPath: new vscode.ThemeIcon("remove"),
  tooltip: "Show kernels built without Secure AVIC",
};

/**
 * Asks for a guest kernel; null if the user closes the list. Enter takes what the typed text means, shown in the first
 * row: a kernel with just that name, else the best match of the list.
 */
export async function pickGuest(guest: GuestChoice, wishes: PickWishes): Promise<Picked | null> {
  const picker = vscode.window.createQuickPick<GuestItem>();
  picker.title = wishes.isWhatIf
    ? "Check against which guest kernel? (for this view only)"
    : "Check against which guest kernel?";
  picker.placeholder = "6.12.80, rhel9, ubuntu 24.04, or a Linux version banner";
  // The feature table's frame may take the focus back late, after the palette has closed.
  picker.ignoreFocusOut = true;
  picker.matchOnDescription = true;
  const automatic = automaticItem(wishes);
  let withAvic = false;
  let listed: readonly GuestItem[] = [];
  const show = (typed: string) => {
    const all = [automatic, ...listed];
    const found = typed.trim() === "" ? [] : matchingGuests(typed, searchedOf(all));
    const names = new Set(found.map(({ name }) => name));
    // VS Code reports a choice by its place in the list: no item may move when the typed text changes.
    const first = firstItem(guest, typed, { asked: wishes.asked, found, all });
    picker.items = [
      first,
      ...all.map((item) =>
        item.searched !== null && names.has(item.searched.name)
          ? { ...item, alwaysShow: true }
          : item,
      ),
    ];
    if (typed.trim() !== "") picker.activeItems = [first];
    else focusChosen(picker, wishes.chosen);
  };
  const list = () => {
    listed = listedItems(guest, wishes, withAvic);
    picker.buttons = [withAvic ? WITHOUT_AVIC : WITH_AVIC];
    show(picker.value);
  };
  list();
  // A kernel source may still be read. The other kernels can be chosen meanwhile.
  picker.busy = true;
  void Promise.all(guest.sources().map((source) => source.ready())).then(() => {
    picker.busy = false;
    list();
  });
  const picked = await new Promise<GuestItem | undefined>((resolve) => {
    picker.onDidChangeValue(show);
    picker.onDidTriggerButton(() => {
      withAvic = !withAvic;
      list();
    });
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
  if (picked?.guest === undefined) return null;
  if (picked.guest !== null) await guest.recent.add(picked.guest);
  return { text: picked.guest };
}

function focusChosen(picker: vscode.QuickPick<GuestItem>, chosen: string | undefined): void {
  const name = chosen === undefined ? null : kernelName({ id: chosen });
  picker.activeItems = picker.items.filter((item) => item.guest === name).slice(0, 1);
}

function separator(label: string): GuestItem {
  return { label, kind: vscode.QuickPickItemKind.Separator, guest: undefined, searched: null };
}

const AUTOMATIC = "Automatic";

/** Each boot's own kernel, from its banner. */
function automaticItem({ own, asked }: PickWishes): GuestItem {
  return {
    label: own === null ? AUTOMATIC : `${AUTOMATIC}: ${shortLabel(own.profile)} (${own.from})`,
    description:
      own === null ? "each boot's own kernel, from its banner" : answerInList(own.profile, asked),
    guest: null,
    searched: { name: AUTOMATIC, label: "none no guest", isStandIn: false },
  };
}

/** The rows below "Automatic", in their groups. */
function listedItems(guest: GuestChoice, { asked }: PickWishes, withAvic: boolean): GuestItem[] {
  const recent = guest.recent.all().flatMap((name): GuestItem[] => {
    const profile = guest.lookUp(name);
    if (profile === null) return [];
    const description = answerInList(profile, asked);
    return [{ label: profile.label, description, guest: name, searched: null }];
  });
  const groups = kernelChoices(asked).map(({ title, choices }) => ({
    title,
    items: choices
      .filter((choice) => choice.withSecureAvic === withAvic)
      .map((choice): GuestItem => {
        const { name, label, answer, isStandIn } = choice;
        return {
          label,
          description: answer,
          guest: name,
          searched: { name, label, isStandIn },
        };
      }),
  }));
  return [
    { title: "recent", items: recent },
    ...guest.sources().map((source) => ({
      title: source.title,
      items: sourceItems(source, asked),
    })),
    ...groups,
  ].flatMap(({ title, items }) => (items.length === 0 ? [] : [separator(title), ...items]));
}

function sourceItems(source: GuestSource, asked: AskedValue): GuestItem[] {
  return source.guests().map(({ name, description, profile }) => ({
    label: profile.label,
    description: answerInList(profile, asked),
    detail: description,
    guest: name,
    searched: { name, label: profile.label, isStandIn: false },
  }));
}

/** Those that are searched, each with the text that chooses it. */
function searchedOf(items: readonly GuestItem[]): Searched[] {
  return items.flatMap(({ searched }) => (searched === null ? [] : [searched]));
}

interface Offered {
  readonly asked: AskedValue;
  readonly found: readonly Searched[];
  readonly all: readonly GuestItem[];
}

/** The first row: what the typed text means, or why it means no kernel. */
function firstItem(guest: GuestChoice, typed: string, { asked, found, all }: Offered): GuestItem {
  const text = typed.trim();
  if (text === "") return separator("this log");
  const profile = guest.lookUp(text);
  if (profile !== null) {
    return {
      label: `$(arrow-right) ${profile.label}`,
      description: answerInList(profile, asked),
      detail: [...distributionOf(profile), ...assumptionOf(profile)].map(plain).join(" "),
      alwaysShow: true,
      guest: text,
      searched: null,
    };
  }
  const [best] = found;
  const item = best === undefined ? undefined : all.find(({ searched }) => searched === best);
  if (item !== undefined) {
    const others = found.length - 1;
    return {
      ...item,
      label: `$(arrow-right) ${item.label}`,
      detail: others === 0 ? "" : `the best of ${found.length} that match “${text}”`,
      alwaysShow: true,
      searched: null,
    };
  }
  const follower = upstreamFollower(text);
  return {
    label: `$(error) No kernel “${text}”`,
    description:
      follower === null
        ? "Try 6.12.80, rhel-9.4, or paste a Linux version line"
        : `${follower} follows upstream's releases: try what uname -r prints`,
    alwaysShow: true,
    guest: undefined,
    searched: null,
  };
}
