import type * as vscode from "vscode";
import { registerChooseGuest } from "./chooseGuest";
import { registerCompare } from "./compare";
import { registerCopyHostSwitch } from "./copyHostSwitch";
import { registerCopyMarkdown } from "./copyMarkdown";
import { registerDecodeSelection } from "./decodeSelection";
import { registerDecodeValue } from "./decodeValue";
import { registerDiagnostics } from "./diagnostics";
import { DocumentLogs } from "./documentLogs";
import { registerFeatureTable } from "./featureTable/panel";
import { registerFindingJumps } from "./findingJumps";
import { registerFolding } from "./folding";
import { GuestChoice } from "./guestChoice";
import { registerGuestStatus } from "./guestStatus";
import { registerHighlights } from "./highlights";
import { registerHover } from "./hover";
import { registerExplainLog } from "./logExplanation/panel";
import { registerOutline } from "./outline";
import { OwnGuestSettings } from "./ownGuestSettings";
import type { Services } from "./services";
import { SourceTrees } from "./sourceTrees";
import { registerTerminalLinks } from "./terminalLinks";
import { registerWhatToDo } from "./whatToDo";

/** The entry in the web-worker host. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, null);
}

/** What every host does; `localLogs` is what only Node can. */
export function start(context: vscode.ExtensionContext, localLogs: Services["localLogs"]): void {
  const guest = new GuestChoice();
  const ownGuests = new OwnGuestSettings();
  const sourceTrees = new SourceTrees();
  const logs = new DocumentLogs();
  const services: Services = { guest, logs, extensionUri: context.extensionUri, localLogs };
  context.subscriptions.push(
    guest,
    ownGuests,
    guest.addSource(ownGuests),
    sourceTrees,
    guest.addSource(sourceTrees),
    logs,
    registerHover(services),
    registerHighlights(services),
    registerOutline(services),
    registerFolding(services),
    registerDiagnostics(services),
    registerWhatToDo(services),
    registerFindingJumps(services),
    registerGuestStatus(services),
    registerChooseGuest(services),
    registerDecodeValue(services),
    registerDecodeSelection(),
    registerCompare(services),
    registerCopyMarkdown(services),
    registerCopyHostSwitch(),
    registerFeatureTable(services),
    registerExplainLog(services),
    registerTerminalLinks(services),
  );
}
