import type * as vscode from "vscode";
import { registerChooseGuest } from "./chooseGuest";
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
import { registerOutline } from "./outline";
import type { Services } from "./services";
import { registerWhatToDo } from "./whatToDo";

/** The same entry for the Node host and the web-worker host. */
export function activate(context: vscode.ExtensionContext): void {
  const guest = new GuestChoice();
  const logs = new DocumentLogs();
  const services: Services = { guest, logs, extensionUri: context.extensionUri };
  context.subscriptions.push(
    guest,
    logs,
    registerHover(services),
    registerHighlights(services),
    registerOutline(services),
    registerFolding(services),
    registerDiagnostics(services),
    registerWhatToDo(),
    registerFindingJumps(services),
    registerGuestStatus(services),
    registerChooseGuest(services),
    registerDecodeValue(services),
    registerDecodeSelection(),
    registerCopyMarkdown(services),
    registerCopyHostSwitch(),
    registerFeatureTable(services),
  );
}
