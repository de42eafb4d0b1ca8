import type * as vscode from "vscode";
import { registerChooseGuest } from "./chooseGuest";
import { registerCopyMarkdown } from "./copyMarkdown";
import { registerDecodeSelection } from "./decodeSelection";
import { registerDecodeValue } from "./decodeValue";
import { DocumentLogs } from "./documentLogs";
import { registerFeatureTable } from "./featureTable/panel";
import { registerFolding } from "./folding";
import { GuestChoice } from "./guestChoice";
import { registerGuestStatus } from "./guestStatus";
import { registerHighlights } from "./highlights";
import { registerHover } from "./hover";
import { registerExplainLog } from "./logExplanation/panel";
import { registerOutline } from "./outline";
import { OwnGuestSettings } from "./ownGuestSettings";
import type { Services } from "./services";
import { registerTerminalLinks } from "./terminalLinks";

/** The entry in the web-worker host. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, null);
}

/** What every host does; `localLogs` is what only Node can. */
export function start(context: vscode.ExtensionContext, localLogs: Services["localLogs"]): void {
  const guest = new GuestChoice();
  const ownGuests = new OwnGuestSettings();
  const logs = new DocumentLogs();
  const services: Services = { guest, logs, extensionUri: context.extensionUri, localLogs };
  context.subscriptions.push(
    guest,
    ownGuests,
    guest.addSource(ownGuests),
    logs,
    registerHover(services),
    registerHighlights(services),
    registerOutline(services),
    registerFolding(services),
    registerGuestStatus(services),
    registerChooseGuest(services),
    registerDecodeValue(services),
    registerDecodeSelection(),
    registerCopyMarkdown(services),
    registerFeatureTable(services),
    registerExplainLog(services),
    registerTerminalLinks(services),
  );
}
