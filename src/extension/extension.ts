import type * as vscode from "vscode";
import { registerChooseGuest } from "./guest/chooseGuest";
import { registerCompare } from "./commands/compare";
import { registerCopyHostSwitch } from "./commands/copyHostSwitch";
import { registerCopyDecode } from "./commands/copyDecode";
import { registerDecodeSelection } from "./commands/decodeSelection";
import { registerDecodeValue } from "./commands/decodeValue";
import { registerDiagnostics } from "./editor/diagnostics";
import { DocumentLogs } from "./editor/documentLogs";
import { registerFeatureTable } from "./pages/featureTable/panel";
import { registerTableLinks } from "./pages/featureTable/link";
import { registerFindingJumps } from "./editor/findingJumps";
import { registerFolding } from "./editor/folding";
import { GuestChoice } from "./guest/guestChoice";
import { LogChoices } from "./guest/logChoices";
import { registerGuestStatus } from "./guest/guestStatus";
import { registerHighlights } from "./editor/highlights";
import { registerHover } from "./editor/hover";
import { registerExplainLog } from "./pages/logExplanation/panel";
import { registerLogStatus } from "./editor/logStatus";
import { registerOutline } from "./editor/outline";
import { OwnGuestSettings } from "./guest/ownGuestSettings";
import { recentKernels } from "./guest/recentKernels";
import { registerSamples } from "./samples";
import { registerRecognized } from "./pages/recognized";
import type { Services } from "./services";
import { SourceTrees } from "./guest/sourceTrees";
import { registerTerminalLinks } from "./terminal/terminalLinks";
import { registerWhatToDo } from "./pages/whatToDo";

/** The entry in the web-worker host. */
export function activate(context: vscode.ExtensionContext): void {
  start(context, null);
}

/** Starts the extension in any host; `localLogs` needs Node. */
export function start(context: vscode.ExtensionContext, localLogs: Services["localLogs"]): void {
  const guest = new GuestChoice(
    new LogChoices(context.workspaceState),
    recentKernels(context.workspaceState),
  );
  const ownGuests = new OwnGuestSettings();
  const sourceTrees = new SourceTrees();
  const logs = new DocumentLogs();
  const { id, extensionUri } = context.extension;
  const services: Services = { guest, logs, extensionUri, id, localLogs };
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
    registerLogStatus(services),
    registerSamples(extensionUri),
    registerChooseGuest(services),
    registerDecodeValue(services),
    registerDecodeSelection(services),
    registerCompare(services),
    registerCopyDecode(services),
    registerCopyHostSwitch(),
    registerFeatureTable(services, context.workspaceState),
    registerTableLinks(),
    registerExplainLog(services),
    registerRecognized(services),
    registerTerminalLinks(services),
  );
}
