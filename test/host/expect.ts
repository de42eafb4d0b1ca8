// Assertions that run in the web-worker host too, where there is no node:assert.

export function ok(value: unknown, message: string): asserts value {
  if (value === undefined || value === null || value === false) throw new Error(message);
}

/** Compares by what the values look like as JSON text (bigints included), which also orders keys as written. */
export function equal<T>(actual: T, expected: T, message = "not equal"): void {
  if (Object.is(actual, expected)) return;
  const [is, shouldBe] = [shown(actual), shown(expected)];
  if (is !== shouldBe) throw new Error(`${message}\nexpected: ${shouldBe}\nactual:   ${is}`);
}

/** The text holds the other text, or matches the pattern. */
export function includes(text: string, expected: string | RegExp): void {
  const found = typeof expected === "string" ? text.includes(expected) : expected.test(text);
  if (!found) throw new Error(`expected to find: ${String(expected)}\nin: ${text}`);
}

export function excludes(text: string, unexpected: string | RegExp): void {
  const found = typeof unexpected === "string" ? text.includes(unexpected) : unexpected.test(text);
  if (found) throw new Error(`did not expect: ${String(unexpected)}\nin: ${text}`);
}

/** Asks again until the answer is neither undefined, null nor false, since what a host shows comes later. */
export async function eventually<T>(
  what: string,
  ask: () => T | PromiseLike<T>,
  withinMs = 60_000,
): Promise<NonNullable<T>> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`waited ${withinMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function shown(value: unknown): string {
  if (value === undefined) return "undefined";
  return JSON.stringify(
    value,
    (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part),
    2,
  );
}
