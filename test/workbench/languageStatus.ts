import { until } from "./until";
import type { Workbench } from "./workbench";

const ITEM = "#status\\.languageStatus";
const FLYOUT = ".hover-language-status";

/**
 * The language status of the guest kernel: the text of the flyout that opens under the mouse. A status bar that is drawn
 * again misses a mouse that comes or leaves at that moment: the mouse then does it once more.
 */
export async function languageStatus(workbench: Workbench): Promise<string> {
  const text = await until("the language status", async () => {
    await leave(workbench);
    await enter(workbench);
    const flyout = workbench.page.locator(FLYOUT, { hasText: "SEV" }).first();
    return flyout.innerText({ timeout: 5_000 }).catch(() => undefined);
  });
  await until("the language status to close", async () => {
    await leave(workbench);
    const flyout = workbench.page.locator(FLYOUT).first();
    const isHidden = await flyout.waitFor({ state: "hidden", timeout: 5_000 }).then(
      () => true,
      () => undefined,
    );
    if (isHidden === undefined) await enter(workbench);
    return isHidden;
  });
  return text;
}

async function enter({ page }: Workbench): Promise<void> {
  await page.locator(ITEM).hover();
}

async function leave({ page }: Workbench): Promise<void> {
  await page.mouse.move(5, 5);
}
