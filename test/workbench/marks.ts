import { until } from "./until";
import type { Workbench } from "./workbench";

/** The texts that are marked in the visible editor as lacking in the guest. */
export async function marked(workbench: Workbench): Promise<number> {
  return workbench.page.evaluate(() => {
    const marks = document.querySelectorAll<HTMLElement>(".monaco-editor .view-overlays .cdr");
    return [...marks].filter((mark) => getComputedStyle(mark).borderBottomWidth === "2px").length;
  });
}

/** Waits until the chosen guest has reached the editor, and lacks something that stands there. */
export function someMarked(workbench: Workbench): Promise<true> {
  return until("marks in the editor", async () =>
    (await marked(workbench)) > 0 ? true : undefined,
  );
}
