import type { Frame } from "playwright-core";
import type { Workbench } from "./workbench";

/** The feature table's page, once it shows its bits. */
export function featureTable(workbench: Workbench): Promise<Frame> {
  return workbench.webviewFrame(async (frame) => (await frame.locator("table").count()) > 0);
}
