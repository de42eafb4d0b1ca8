import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

/** The bundle as it is shipped, seen from the bundle of a test (dist-test/unit/cli). */
export const CLI = path.resolve(__dirname, "../../../dist/cli.js");

export interface Run {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs `sev-status` as a script would: no terminal, nothing on standard input. */
export function sevStatus(...args: readonly string[]): Run {
  const { stdout, stderr, status } = spawnSync(process.execPath, [CLI, ...args], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"] },
  });
  return { stdout, stderr, status };
}

/** The JSON that a call prints, on one line. */
export function jsonOf(...args: readonly string[]): unknown {
  const { stdout } = sevStatus(...args, "--json");
  assert.match(stdout, /^[^\n]+\n$/u);
  return JSON.parse(stdout);
}

/** `actual` with just the keys that `like` has: the contract lets us add others. */
export function like(actual: unknown, expected: unknown): unknown {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    return actual.map((item: unknown, index) => like(item, expected[index]));
  }
  if (!isObject(actual) || !isObject(expected)) return actual;
  return Object.fromEntries(
    Object.entries(actual)
      .filter(([key]) => key in expected)
      .map(([key, value]) => [key, like(value, expected[key])]),
  );
}

/** Asserts that an object has these keys with these values, whatever else it has. */
export function assertHas(actual: unknown, expected: unknown): void {
  assert.deepEqual(like(actual, expected), expected);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The one line of an error: exit status 2, nothing on standard output, no stack trace. */
export function errorOf(...args: readonly string[]): string {
  const { stdout, stderr, status } = sevStatus(...args);
  assert.equal(status, 2, stderr);
  assert.equal(stdout, "");
  assert.match(stderr, /^sev-status: [\x20-\x7e…]+[.?]\n$/u);
  return stderr.slice("sev-status: ".length, -1);
}
