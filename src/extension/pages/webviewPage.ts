import * as vscode from "vscode";
import { newNonce, webviewHtml } from "./webviewHtml";

/** One of the extension's pages: the name of its script, its style sheet and its root element, and its title. */
export interface WebviewPage {
  readonly name: "featureTable" | "logExplanation";
  readonly title: string;
}

/** Loads a page into a webview. The webview can load only the extension's own files. */
export function loadPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  { name, title }: WebviewPage,
): void {
  const folder = (name: string) => vscode.Uri.joinPath(extensionUri, name);
  const address = (path: string) => webview.asWebviewUri(folder(path)).toString();
  webview.options = {
    enableScripts: true,
    enableForms: false,
    localResourceRoots: [folder("dist"), folder("media")],
  };
  webview.html = webviewHtml({
    root: name,
    title,
    cspSource: webview.cspSource,
    nonce: newNonce(),
    script: address(`dist/${name}.js`),
    styles: [address("media/webview.css"), address(`media/${name}.css`)],
  });
}
