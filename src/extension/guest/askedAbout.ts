import { exactly } from "../../decoder/guest/assessment";
import { decode, statusOf } from "../../decoder/register/decode";
import type { AskedValue } from "../../decoder/report/guest/kernelChoices";
import type { ValueArgument } from "../commands/argument";

/** What a list of kernels is asked about a register's value; null for registers that hold no features. */
export function askedAbout({ register, value }: ValueArgument): AskedValue {
  const status = statusOf(decode(register, value));
  if (status !== null) return { status: exactly(status) };
  return register === "unsupported-features" ? { unsupported: value } : null;
}
