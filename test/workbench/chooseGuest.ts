import type { Locator } from "playwright-core";
import type { Workbench } from "./workbench";

/** Chooses a guest kernel for the log in the editor as a person does: from the palette, by typing, with Enter. */
export async function chooseGuest(workbench: Workbench, release: string): Promise<void> {
  const scopes = await pickGuest(workbench, release);
  await scopes.locator(".monaco-list-row.focused", { hasText: "For this log" }).waitFor();
  await workbench.page.keyboard.press("Enter");
  await scopes.waitFor({ state: "hidden" });
}

/** The same where no log is open: the workspace is asked for without a second list. */
export async function chooseGuestOfWorkspace(workbench: Workbench, release: string): Promise<void> {
  const box = await typeGuest(workbench, release);
  await box.waitFor({ state: "hidden" });
}

/** Picks a guest kernel from the palette; gives the second list, which asks where the kernel counts. */
export async function pickGuest(workbench: Workbench, release: string): Promise<Locator> {
  const box = await typeGuest(workbench, release);
  await box
    .locator(".quick-input-title", { hasText: "Where does this guest kernel count?" })
    .waitFor();
  return box;
}

async function typeGuest(workbench: Workbench, release: string): Promise<Locator> {
  await workbench.runCommand("SEV: Choose Guest Kernel…");
  const box = workbench.quickInput();
  await box
    .locator(".quick-input-title", { hasText: "Check against which guest kernel?" })
    .waitFor();
  await box.locator("input[type=text]").first().fill(release);
  await box.locator(".monaco-list-row.focused", { hasText: `Linux ${release}` }).waitFor();
  await workbench.page.keyboard.press("Enter");
  return box;
}
