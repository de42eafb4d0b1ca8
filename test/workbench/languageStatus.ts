import type { Workbench } from "./workbench";

const FLYOUT = ".hover-language-status";

/** What the language status says of the guest kernel, from the flyout that it opens under the mouse. */
export async function languageStatus(workbench: Workbench): Promise<string> {
  const { page } = workbench;
  await showLanguageStatus(workbench);
  const text = await page.locator(FLYOUT, { hasText: "SEV" }).first().innerText();
  await page.mouse.move(5, 5);
  await page.locator(FLYOUT).first().waitFor({ state: "hidden" });
  return text;
}

/** Opens the flyout of the language status. */
export async function showLanguageStatus({ page }: Workbench): Promise<void> {
  await page.mouse.move(5, 5);
  await page.locator("#status\\.languageStatus").hover();
  await page.locator(FLYOUT, { hasText: "SEV" }).first().waitFor();
}
