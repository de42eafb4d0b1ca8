/** What the page is loaded from; every URI as the webview is to ask for it. */
export interface PageSources {
  /** `Webview.cspSource`. */
  readonly cspSource: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

/** A number used once, from Web Crypto, which both extension hosts have. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * The page around the feature table: no data, no inline style or script. What it shows comes by message, so that
 * nothing from a log is ever part of a document.
 */
export function featureTableHtml({ cspSource, nonce, script, style }: PageSources): string {
  const policy = [
    "default-src 'none'",
    `style-src ${cspSource}`,
    `script-src 'nonce-${nonce}'`,
    // The two that default-src does not stand in for.
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>SEV Feature Table</title>
<link rel="stylesheet" href="${style}">
</head>
<body>
<main id="feature-table"></main>
<script nonce="${nonce}" src="${script}"></script>
</body>
</html>
`;
}
