import * as vscode from "vscode";
import { detailMarkdown, headMarkdown, phraseMarkdown } from "../../decoder/report/render/markdown";
import type { RegisterValue } from "../../decoder/log/tokenRegister";
import { argumentFor } from "../commands/argument";
import { DOCUMENTS } from "./documents";
import { anyHexAt, foundAt } from "./found";
import { guestIn } from "../../decoder/boot/kernels";
import { kernelsPhrase } from "../../decoder/report/guest/kernelsLine";
import { kernelsFor, ownKernelName } from "../guest/placeKernels";
import type { Services } from "../services";
import { hoverScope } from "../settings";

/** The only commands that a hover's links may run. */
const LINKED_COMMANDS = [
  "sevStatus.openFeatureTable",
  "sevStatus.chooseGuest",
  "sevStatus.copyMarkdown",
] as const;

/** Decodes the value or name under the mouse. */
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
      const report = found.report(guestIn(kernels));
      const whose = kernelsPhrase(kernels, found.status);
      const links = new vscode.MarkdownString(
        linksFor(
          found.register,
          { uri: document.uri.toString(), line, character: found.start },
          ownKernelName(services, kernels),
        ),
      );
      links.isTrusted = { enabledCommands: LINKED_COMMANDS };
      links.supportThemeIcons = true;
      // The feature table shows the sources of its registers; only here can other values show theirs.
      const sources = found.register === null ? "with sources" : "without sources";
      const detail = detailMarkdown(report, sources);
      return new vscode.Hover(
        [
          new vscode.MarkdownString(
            `${headMarkdown(report)}${whose === null ? "" : `\n\n${phraseMarkdown(whose)}`}`,
          ),
          links,
          ...(detail === "" ? [] : [new vscode.MarkdownString(detail)]),
        ],
        new vscode.Range(line, found.start, line, found.end),
      );
    },
  });
}

/** The place of a decoded value: a link decodes it again, for the kernel that is then chosen. */
export interface Place {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

function linksFor(found: RegisterValue | null, place: Place, bootGuest: string | null): string {
  const { uri } = place;
  const table =
    found === null
      ? []
      : [
          link(
            "$(table) Open in feature table",
            "sevStatus.openFeatureTable",
            argumentFor(found, { uri, guest: bootGuest }),
          ),
        ];
  return [
    ...table,
    link(
      "$(server-environment) Choose guest kernel",
      "sevStatus.chooseGuest",
      found === null ? { uri } : argumentFor(found, { uri }),
    ),
    link("$(copy) Copy as Markdown", "sevStatus.copyMarkdown", place),
  ].join(" &nbsp;·&nbsp; ");
}

function link(title: string, command: (typeof LINKED_COMMANDS)[number], argument?: object): string {
  const query = argument === undefined ? "" : `?${encodeURIComponent(JSON.stringify([argument]))}`;
  return `[${title}](command:${command}${query})`;
}
