import Mocha from "mocha";
import { OPTIONS, runSuites } from "./runSuites";

/** What the Node extension host calls, in the browser workbench and in desktop VS Code alike. */
export function run(): Promise<void> {
  return runSuites(new Mocha(OPTIONS), async () => {
    await import("./suites");
    await import("./suites.node");
  });
}
