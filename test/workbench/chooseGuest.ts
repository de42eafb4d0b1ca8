import type { Workbench } from "./workbench";

/** Chooses a guest kernel as a person does: from the palette, by typing. */
export async function chooseGuest(workbench: Workbench, release: string): Promise<void> {
  await workbench.runCommand("SEV: Choose Guest Kernel…");
  const box = workbench.quickInput();
  await box.locator(".quick-input-title", { hasText: "Guest kernel" }).waitFor();
  await box.locator("input[type=text]").first().fill(release);
  await box.locator(".monaco-list-row.focused", { hasText: `Linux ${release}` }).waitFor();
  await workbench.page.keyboard.press("Enter");
  await box.waitFor({ state: "hidden" });
}
