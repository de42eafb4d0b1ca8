import type * as vscode from "vscode";
import { registerChooseGuest } from "./chooseGuest";
import { registerCopyMarkdown } from "./copyMarkdown";
import { registerDecodeSelection } from "./decodeSelection";
import { registerDecodeValue } from "./decodeValue";
import { registerFeatureTable } from "./featureTable/panel";
import { GuestChoice } from "./guestChoice";
import { registerGuestStatus } from "./guestStatus";
import { registerHighlights } from "./highlights";
import { registerHover } from "./hover";
import { OwnGuestSettings } from "./ownGuestSettings";
import type { Services } from "./services";
import { SourceTrees } from "./sourceTrees";

/** The same entry for the Node host and the web-worker host. */
export function activate(context: vscode.ExtensionContext): void {
  const guest = new GuestChoice();
  const ownGuests = new OwnGuestSettings();
  const sourceTrees = new SourceTrees();
  const services: Services = { guest, extensionUri: context.extensionUri };
  context.subscriptions.push(
    guest,
    ownGuests,
    guest.addSource(ownGuests),
    sourceTrees,
    guest.addSource(sourceTrees),
    registerHover(services),
    registerHighlights(services),
    registerGuestStatus(services),
    registerChooseGuest(services),
    registerDecodeValue(services),
    registerDecodeSelection(),
    registerCopyMarkdown(services),
    registerFeatureTable(services),
  );
}
