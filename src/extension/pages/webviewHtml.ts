/** The parts of a page. Addresses are those that the webview requests. */
export interface PageParts {
  /** The id of the element that the page's script fills. */
  readonly root: string;
  readonly title: string;
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly styles: readonly string[];
}

/** A number used once, from Web Crypto, which both extension hosts have. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The document around one of the extension's pages: no data, no inline style or script. What it shows comes by
 * message, so that nothing from a log is ever part of a document.
 */
export function webviewHtml({ root, title, cspSource, nonce, script, styles }: PageParts): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // default-src does not cover these two.
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  const links = styles.map((style) => `<link rel="stylesheet" href="${style}">`);
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
${links.join("\n")}
</head>
<body>
<main id="${root}"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
