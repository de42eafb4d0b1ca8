/** What stands before a list of features that COCONUT-SVSM prints. */
export const SVSM_LIST_ANCHORS: readonly string[] = [
  "Required features not available:",
  "Unsupported features enabled:",
];

/** Whether a line has such a list: names behind it are its rest, and no other list's. */
export function hasSvsmList(text: string): boolean {
  return SVSM_LIST_ANCHORS.some((words) => text.includes(words));
}
