/**
 * Small checks that build larger ones, so that what comes from the other side of a message channel is known to have
 * its type before anything reads it. The compiler asks for a check of every property of the type that is named.
 */
export type Guard<T> = (value: unknown) => value is T;

/** Any text. */
export const text: Guard<string> = (value) => typeof value === "string";

/** A 64-bit value in a message: `0x` and 16 digits. */
export const hexValue: Guard<string> = (value): value is string =>
  typeof value === "string" && /^0x[\da-f]{16}$/u.test(value);

/** True or false. */
export const flag: Guard<boolean> = (value) => typeof value === "boolean";

/** A whole number from 0 up. */
export const count: Guard<number> = (value): value is number =>
  typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** Nothing but `constant`. */
export function exactly<const T extends string | number>(constant: T): Guard<T> {
  return (value): value is T => value === constant;
}

/** One of the keys of `keys`. It is a record so that the compiler requires every key. */
export function keyOf<K extends string>(keys: Readonly<Record<K, unknown>>): Guard<K> {
  return (value): value is K => typeof value === "string" && Object.hasOwn(keys, value);
}

/** `null`, or what `guard` accepts. */
export function nullOr<T>(guard: Guard<T>): Guard<T | null> {
  return (value): value is T | null => value === null || guard(value);
}

/** A list of what `guard` accepts. */
export function listOf<T>(guard: Guard<T>): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.every(guard);
}

/** An object whose listed properties pass; other properties are ignored. */
export function shape<T extends object>(guards: {
  readonly [K in keyof T]-?: Guard<T[K]>;
}): Guard<T> {
  const checks = Object.entries<Guard<unknown>>(guards);
  return (value): value is T =>
    isRecord(value) && checks.every(([key, guard]) => guard(value[key]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
