import * as vscode from "vscode";
import { decode } from "../../decoder/register/decode";
import { reportOn, unsupportedTitle } from "../../decoder/report/value/decodeReport";
import { textOf } from "../../decoder/report/render/text";
import { hex64, parseU64 } from "../../decoder/text/u64";
import { PAGE_SCHEMES } from "../editor/documents";
import type { Services } from "../services";
import { pageText } from "./textPage";

/**
 * The address of a page that says what to do about features which a guest lacks. A problem's link leads there: newer
 * versions of VS Code follow no link to a command from a problem.
 */
export function whatToDoUri(lacking: bigint, guest: string | null): vscode.Uri {
  const query = new URLSearchParams({ lacking: hex64(lacking), guest: guest ?? "" });
  return vscode.Uri.from({
    scheme: PAGE_SCHEMES.whatToDo,
    path: "/What to do",
    query: query.toString(),
  });
}

/** Provides the text of those pages: the decode of the mask. */
export function registerWhatToDo({ guest }: Services): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(PAGE_SCHEMES.whatToDo, {
    provideTextDocumentContent(uri) {
      const query = new URLSearchParams(uri.query);
      const lacking = parseU64(query.get("lacking") ?? "");
      if (!lacking.ok) return "This address names no mask of features.\n";
      const named = guest.lookUp(query.get("guest") ?? "");
      const report = reportOn(decode("unsupported-features", lacking.value), named);
      // The page is about the mask alone, not about the line that had it.
      return pageText(textOf({ ...report, title: unsupportedTitle(lacking.value) }));
    },
  });
}
