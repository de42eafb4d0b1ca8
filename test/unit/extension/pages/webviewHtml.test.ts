import assert from "node:assert/strict";
import { newNonce, webviewHtml } from "../../../../src/extension/pages/webviewHtml";

const page = webviewHtml({
  root: "featureTable",
  title: "SEV Feature Table",
  cspSource: "https://*.vscode-cdn.net",
  nonce: "6f0d",
  script: "https://file.vscode-cdn.net/dist/featureTable.js",
  styles: [
    "https://file.vscode-cdn.net/media/webview.css",
    "https://file.vscode-cdn.net/media/featureTable.css",
  ],
});

describe("the document around a page", () => {
  it("allows its own script by nonce, styles of the extension, and nothing else", () => {
    const policy = /http-equiv="Content-Security-Policy" content="(?<policy>[^"]+)"/u.exec(page);
    assert.deepEqual(policy?.groups?.["policy"]?.split("; "), [
      "default-src 'none'",
      "style-src https://*.vscode-cdn.net",
      "script-src 'nonce-6f0d'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
  });

  it("has no inline script, style or handler", () => {
    assert.deepEqual(page.match(/<script[^>]*>[^<]*/gu), [
      `<script nonce="6f0d" src="https://file.vscode-cdn.net/dist/featureTable.js">`,
    ]);
    assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=/u);
  });

  it("says its language and its title", () => {
    assert.match(page, /<html lang="en">/u);
    assert.match(page, /<title>SEV Feature Table<\/title>/u);
  });

  it("has a nonce that cannot be guessed, made without Node", () => {
    const nonces = new Set(Array.from({ length: 100 }, newNonce));
    assert.equal(nonces.size, 100);
    for (const nonce of nonces) assert.match(nonce, /^[\da-f]{48}$/u);
  });
});
