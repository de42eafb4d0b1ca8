import type { Register } from "../../decoder/register/decode";
import { isRegister } from "../../decoder/register/decode";
import { hex64, parseU64 } from "../../decoder/text/u64";

/** A value that a hover's link or another extension passes to a command. */
export interface ValueArgument {
  readonly register: Register;
  readonly value: bigint;
}

/** The place of a value, for a command. */
interface ValuePlace {
  /** The URI of its document. */
  readonly uri?: string | undefined;
  /** The name of its boot's own kernel. */
  readonly guest?: string | null;
}

/** A command argument with a value; {@link valueArgument} reads it. */
export function argumentFor(
  { register, value }: ValueArgument,
  { uri, guest = null }: ValuePlace = {},
): object {
  return {
    register,
    value: hex64(value),
    ...(uri === undefined ? {} : { uri }),
    ...(guest === null ? {} : { guest }),
  };
}

/** Whether a value is an object, so that its keys can be read. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Reads `{ register, value: "0x…" }`; null for anything else, since links can come from anywhere. */
export function valueArgument(argument: unknown): ValueArgument | null {
  if (!isRecord(argument)) return null;
  const { register, value } = argument;
  if (typeof register !== "string" || typeof value !== "string" || !isRegister(register)) {
    return null;
  }
  const parsed = parseU64(value);
  return parsed.ok ? { register, value: parsed.value } : null;
}
