// Mocha's browser build. It sets the global `Mocha`; its other global, `mocha`, wants a page and is left alone.
import "mocha/mocha.js";
import { OPTIONS, runSuites } from "./runSuites";

/** What the web-worker extension host calls. */
export function run(): Promise<void> {
  return runSuites(new Mocha(OPTIONS), async () => {
    await import("./suites");
    await import("./suites.web");
  });
}
