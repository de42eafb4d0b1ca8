/**
 * Text for a notification or a language status: of `[words](address)` VS Code makes a link there, even one that runs
 * a command, and names of files, settings and selected text may hold one. A blank keeps it text.
 */
export function withoutLinks(text: string): string {
  return text.replaceAll("](", "] (");
}
