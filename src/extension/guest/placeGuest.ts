import type * as vscode from "vscode";
import type { GuestProfile } from "../../decoder/guest/profile";
import { guestProfile } from "../../decoder/guest/profile";
import type { Boot } from "../../decoder/boot/boots";
import type { DocumentLog } from "../../decoder/log/document/documentLog";
import type { Phrase } from "../../decoder/report/phrase";
import { say, strong } from "../../decoder/report/phrase";
import type { Services } from "../services";

/** The guest kernel that is asked about a place of a document. */
export interface PlaceGuest {
  readonly profile: GuestProfile;
  /** Whose choice it is: the user's, or that of the banner on this line (from 0) of the place's boot. */
  readonly by: "user" | { readonly bannerLine: number; readonly isRunning: boolean };
}

/** The guest whose banner stands in a boot; null where there is none, or its kernel cannot see what the log shows. */
export function guestOfBoot({ kernel, status, isRunning }: Boot): PlaceGuest | null {
  if (kernel === null || status?.isHidden === true) return null;
  const profile = guestProfile(kernel.banner);
  return profile === null ? null : { profile, by: { bannerLine: kernel.line, isRunning } };
}

/**
 * The guest of the boot of a line; null where there is none, where the boot is not read to its end yet, or where the line
 * is about another guest's end.
 */
function bootGuest(log: DocumentLog, line: number): PlaceGuest | null {
  const boot = log.isBootRead(line) ? log.boots().get(log.bootOf(line)) : undefined;
  return boot === undefined || boot.linesOfOthers.has(line) ? null : guestOfBoot(boot);
}

/**
 * The guest that is asked about a line: the one that the user chose, else the one whose banner begins the line's
 * boot; null where there is neither, or where the document was not read so far within `withinMs`.
 */
export async function guestAt(
  { guest, logs }: Services,
  place: {
    readonly document: vscode.TextDocument;
    readonly line: number;
    readonly withinMs: number;
  },
  token: vscode.CancellationToken,
): Promise<PlaceGuest | null> {
  const chosen = guest.current();
  if (chosen !== null) return { profile: chosen, by: "user" };
  const log = await logs.ready(place.document, place, token);
  return log === null ? null : bootGuest(log, place.line);
}

/** Which guest it is, and why that one. */
export function guestPhrase({ profile, by }: PlaceGuest): Phrase {
  if (by === "user") return say`Guest kernel: ${strong(profile.label)}, as chosen.`;
  const runs = by.isRunning ? " It runs in this log." : "";
  return say`Guest kernel: ${strong(profile.label)}, from this boot's banner, line ${by.bannerLine + 1}.${runs}`;
}
