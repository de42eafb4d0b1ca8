import { quoted } from "../../text/quoted";
import { EFI_STUB } from "./config";
import { STUB_FILES } from "./files";
import type { SourceFunction } from "./functions";
import { callIn, closing, match } from "./functions";
import { UNSUPPORTED_FUNCTION } from "./maskCode";
import type { Place } from "./notUnderstood";
import { NotUnderstood, missingFile } from "./notUnderstood";
import type { SourceTree } from "./tree";

/** The test in a tree's EFI stub. */
export interface StubCheck {
  /** Where the stub leaves the boot because of it. */
  readonly place: Place;
  /** The stub's message ends without the mask. */
  readonly hidesMask: boolean;
}

/** How many words from a call to what it does may be: those of its arguments. */
const NEAR = 40;
/** What leaves the boot. */
const WAYS_OUT = new Set(["efi_exit", "return", "goto"]);

/** The test that the EFI stub makes; null where it makes none, or is not built. */
export function stubCheck(tree: SourceTree): StubCheck | null {
  if (tree.config.isDefined(EFI_STUB) === false) return null;
  const file = STUB_FILES.find((one) => tree.unit(one) !== null);
  if (file === undefined) throw missingFile(STUB_FILES[0]);
  const functions = tree.functions(file);
  const test = functions.find((one) => callIn(one, UNSUPPORTED_FUNCTION) !== null);
  if (test === undefined) return null;
  const refusal = refusalOf(test);
  return { place: wayOut(functions, test, refusal.answer), hidesMask: refusal.hidesMask };
}

interface StubRefusal {
  /** What the function gives where it finds unsupported features. */
  readonly answer: "true" | "false";
  readonly hidesMask: boolean;
}

/** What the testing function does with unsupported features: a message, and its answer. */
function refusalOf(source: SourceFunction): StubRefusal {
  const { body } = source;
  const call = body.findIndex(({ text }) => text === UNSUPPORTED_FUNCTION);
  const open = body.findIndex(({ text }, at) => at > call && text === "{");
  const close = body.findIndex(({ text }, at) => at > open && text === "}");
  const block = body.slice(open + 1, close);
  // The result is kept in a variable first, or the `if` has the call itself.
  const variable = body[call - 1]?.text === "=" ? (body[call - 2]?.text ?? "") : null;
  const test =
    variable === null
      ? match(body, call - 2, "if (")
      : match(body, open - 4, "if ( $variable ) {", new Map([["$variable", variable]]));
  const isTested = test !== null && open !== -1 && open - call < NEAR;
  const answer = block.at(-2)?.text;
  const message = block.find(({ text }) => text.startsWith('"'))?.text;
  const returns = block.at(-3)?.text === "return" && block.at(-1)?.text === ";";
  if (!isTested || !returns || (answer !== "true" && answer !== "false") || message === undefined) {
    throw new NotUnderstood(
      source,
      `${quoted(source.name)} does not refuse unsupported features as expected (a message, then return true or false).`,
    );
  }
  return { answer, hidesMask: !message.includes("%") };
}

/** Where a function of the stub leaves the boot for that answer. */
function wayOut(
  functions: readonly SourceFunction[],
  { name, file, line }: SourceFunction,
  answer: "true" | "false",
): Place {
  for (const one of functions) {
    const call = callIn(one, name);
    if (call === null) continue;
    const { body } = one;
    const at = body.indexOf(call);
    const asked = answer === "true" ? match(body, at - 2, "if (") : match(body, at - 3, "if ( !");
    const end = closing(body, at + 2, ["(", ")"]);
    const after = body[end + 2]?.text === "{" ? end + 3 : end + 2;
    const leaves = body[end + 1]?.text === ")" && WAYS_OUT.has(body[after]?.text ?? "");
    if (asked === null || !leaves) {
      throw new NotUnderstood(
        { file, line: call.line },
        `${quoted(one.name)} does not leave the boot by ${quoted(name)} as expected.`,
      );
    }
    return { file, line: call.line };
  }
  throw new NotUnderstood({ file, line }, `nothing in this file calls ${quoted(name)}.`);
}
