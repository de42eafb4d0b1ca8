import { countsLine, spoken } from "../../build/workbench/testOutput.mjs";

/**
 * Loads the suites, runs them and prints each result as it comes: the console is all that leaves an extension host.
 * Rejects where a test failed, which is what makes the host exit with an error.
 */
export async function runSuites(mocha: Mocha, load: () => Promise<unknown>): Promise<void> {
  // Gives the suites their `describe` and `it`, so they are loaded only after it.
  mocha.suite.emit("pre-require", globalThis, "", mocha);
  await load();
  const counts = await resultsOf(mocha);
  console.log(countsLine(counts));
  if (counts.failed > 0) throw new Error(`${counts.failed} failed`);
  if (counts.passed === 0) throw new Error("no test ran");
}

/**
 * What both hosts give Mocha: the time of one test guards against hanging, on a busy machine too, and
 * the results are printed here, so the reporter is the one that prints nothing.
 */
export const OPTIONS = { ui: "bdd", timeout: 180_000, reporter: "base" } as const;

function resultsOf(mocha: Mocha): Promise<{ passed: number; failed: number }> {
  return new Promise((resolve) => {
    const counts = { passed: 0, failed: 0 };
    const runner = mocha.run(() => {
      resolve(counts);
    });
    runner.on("pass", (test) => {
      counts.passed += 1;
      console.log(spoken(`  ✓ ${test.fullTitle()} (${test.duration ?? 0} ms)`));
    });
    runner.on("fail", (test, error: unknown) => {
      counts.failed += 1;
      console.log(spoken(`  ✗ ${test.fullTitle()}\n${indented(described(error))}`));
    });
  });
}

/** The message and the stack, which in some engines starts with the message and in others does not. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message, stack = "" } = error;
  return stack.includes(message) ? stack : `${message}\n${stack}`;
}

function indented(text: string): string {
  return text.replace(/^/gm, "      ");
}
