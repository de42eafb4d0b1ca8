import * as vscode from "vscode";
import { guestIn } from "../../decoder/boot/kernels";
import type { Kernels } from "../../decoder/boot/kernels";
import { bothKernels, kernelInBrief } from "../../decoder/report/guest/kernelsLine";
import { glanceMarkdown } from "../../decoder/report/render/glanceMarkdown";
import { escaped, phraseMarkdown } from "../../decoder/report/render/markdown";
import { argumentFor } from "../commands/argument";
import { ownKernelName, kernelsFor } from "../guest/placeKernels";
import type { Services } from "../services";
import { hoverScope } from "../settings";
import { DOCUMENTS } from "./documents";
import type { Found } from "./found";
import { anyHexAt, foundAt } from "./found";

/** The only commands that a hover's links may run. */
const LINKED_COMMANDS = [
  "sevStatus.openFeatureTable",
  "sevStatus.chooseGuest",
  "sevStatus.copyText",
  "sevStatus.showDetails",
] as const;

/** Explains the value or name under the mouse in one look. */
export function registerHover(services: Services): vscode.Disposable {
  return vscode.languages.registerHoverProvider(DOCUMENTS, {
    async provideHover(document, position, token) {
      const scope = hoverScope();
      if (scope === "off") return undefined;
      const log = services.logs.of(document);
      const found =
        foundAt(document, position, log) ??
        (scope === "anyHex" ? anyHexAt(document, position) : null);
      if (found === null) return undefined;
      const { line } = position;
      const kernels = await kernelsFor(services, { document, line }, token);
      if (token.isCancellationRequested) return undefined;
      const range = new vscode.Range(line, found.start, line, found.end);
      const glance = found.glance(guestIn(kernels), kernels);
      const both = bothKernels(kernels, found.status);
      const isTold = both === null && hasProblem(document, range);
      const answer = new vscode.MarkdownString(
        [glanceMarkdown(glance, { isTold }), ...(both === null ? [] : [phraseMarkdown(both)])].join(
          "\n\n",
        ),
      );
      // For our own spans with colours; all that is from the document is escaped.
      answer.supportHtml = true;
      const place = { uri: document.uri.toString(), line, character: found.start };
      const actions = new vscode.MarkdownString(actionsFor(services, found, { place, kernels }));
      actions.isTrusted = { enabledCommands: LINKED_COMMANDS };
      actions.supportThemeIcons = true;
      return new vscode.Hover([answer, actions], range);
    },
  });
}

/** Whether a problem of ours marks the place: its message says the verdict, just above the hover. */
function hasProblem(document: vscode.TextDocument, range: vscode.Range): boolean {
  return vscode.languages
    .getDiagnostics(document.uri)
    .some((problem) => problem.source === "SEV" && problem.range.intersection(range) !== undefined);
}

/** The place of a decoded value: a link decodes it again, for the kernel that is then chosen. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** One row of links. */
function actionsFor(
  services: Services,
  { register }: Found,
  { place, kernels }: { readonly place: Place; readonly kernels: Kernels },
): string {
  const { uri } = place;
  const kernel = kernelInBrief(kernels);
  return [
    ...(register === null
      ? []
      : [
          link(
            "$(table)&nbsp;Feature table",
            "sevStatus.openFeatureTable",
            argumentFor(register, { uri, guest: ownKernelName(services, kernels) }),
          ),
        ]),
    link(
      `$(server-environment)&nbsp;Kernel: ${kernel === null ? "choose" : escaped(kernel)}`,
      "sevStatus.chooseGuest",
      register === null ? { uri } : argumentFor(register, { uri }),
    ),
    link("$(copy)&nbsp;Copy", "sevStatus.copyText", place),
    link("$(ellipsis)&nbsp;Details", "sevStatus.showDetails", place),
  ].join(" &nbsp; ");
}

function link(title: string, command: (typeof LINKED_COMMANDS)[number], argument?: object): string {
  const query = argument === undefined ? "" : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `[${title}](command:${command}${query})`;
}
