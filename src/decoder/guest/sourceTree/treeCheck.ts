import { quoted } from "../../text/quoted";
import type { KernelBug } from "../catalog/bugs";
import { bugsOf } from "../catalog/bugs";
import { parseRelease } from "../catalog/release";
import type { CheckingPath } from "../catalog/row";
import type { GuestCheck } from "../checking";
import {
  CHECK_FILES,
  COMPRESSED_SEV,
  DECOMPRESSOR_FILES,
  DECOMPRESSOR_HEADER,
  HEADERS,
  MSR_INDEX,
  STUB_FILES,
} from "./files";
import { callIn } from "./functions";
import type { SourceMasks } from "./maskCode";
import { CHECK_FUNCTION, UNSUPPORTED_FUNCTION, masksOfCheck, masksOfFunction } from "./maskCode";
import type { Place } from "./notUnderstood";
import { NotUnderstood } from "./notUnderstood";
import { stubCheck } from "./stubCode";
import type { SourceTree } from "./tree";

const SNP_BIT = "MSR_AMD64_SEV_SNP_ENABLED";

/** What a tree's kernel checks, and where that stands. */
export interface TreeCheck {
  /** Null for a kernel without the check. */
  readonly check: GuestCheck | null;
  readonly places: readonly Place[];
}

/** Where a tree's SEV-SNP guest code is; null where it has none. A tree that has it in part is {@link NotUnderstood}. */
export function snpGuestCode(tree: SourceTree): Place | null {
  const bit = tree.needed(MSR_INDEX).macros.get(SNP_BIT);
  const users = CHECK_FILES.flatMap((file) => {
    const use = tree.unit(file)?.code.find(({ text }) => text === SNP_BIT);
    return use === undefined ? [] : [{ file, line: use.line }];
  });
  const [first = null] = users;
  if (bit !== undefined) tree.needed(COMPRESSED_SEV);
  if (bit === undefined && first !== null) {
    throw new NotUnderstood(first, `${quoted(SNP_BIT)} is not defined in ${MSR_INDEX}.`);
  }
  return first;
}

/** Reads the check of a tree that has SEV-SNP guest code. What is not understood is {@link NotUnderstood}, never guessed. */
export function treeCheck(tree: SourceTree): TreeCheck {
  const masks = masksOf(tree);
  if (masks === null) return { check: null, places: [] };
  const decompressor = decompressorCall(tree);
  const stub = stubCheck(tree);
  const paths: CheckingPath[] = [
    ...(decompressor === null ? [] : (["decompressor"] as const)),
    ...(stub === null ? [] : (["efi-stub"] as const)),
  ];
  const calls = [decompressor, stub?.place ?? null].filter((place) => place !== null);
  const { required, implemented, macros } = masks;
  const stubHidesMask = stub?.hidesMask === true;
  return {
    check: paths.length === 0 ? null : { required, implemented, paths, stubHidesMask },
    places: [...macros.map(({ file, line }) => ({ file, line })), ...calls],
  };
}

/** The masks that the check tests with; null where the tree has no check. */
function masksOf(tree: SourceTree): SourceMasks | null {
  const check = tree.definition(CHECK_FUNCTION);
  const own = check === null ? null : masksOfCheck(tree, check);
  const unsupported = tree.definition(UNSUPPORTED_FUNCTION);
  if (check === null) forbidMention(tree, CHECK_FUNCTION);
  if (unsupported === null) {
    forbidMention(tree, UNSUPPORTED_FUNCTION);
    return own;
  }
  if (own !== null) {
    throw new NotUnderstood(
      unsupported,
      `${quoted(CHECK_FUNCTION)} was expected to ask ${quoted(UNSUPPORTED_FUNCTION)}, and tests by itself.`,
    );
  }
  return masksOfFunction(tree, unsupported);
}

/** A kernel that names the function has it: where its definition was not found, the tree is not understood. */
function forbidMention(tree: SourceTree, name: string): void {
  const files = [
    ...CHECK_FILES,
    ...DECOMPRESSOR_FILES,
    DECOMPRESSOR_HEADER,
    ...STUB_FILES,
    ...HEADERS,
  ];
  for (const file of new Set(files)) {
    const mention = tree.unit(file)?.code.find(({ text }) => text === name);
    if (mention === undefined) continue;
    throw new NotUnderstood(
      { file, line: mention.line },
      `${quoted(name)} is named here, and none of the files that were read defines it.`,
    );
  }
}

/** The known bugs of a tree's release that its own code still has: the variable's definition names no section. */
export function treeBugs(tree: SourceTree, release: string): readonly KernelBug[] {
  const code = tree.unit(COMPRESSED_SEV)?.code ?? [];
  const isPlain = (name: string) =>
    code.some(
      ({ text }, at) =>
        text === name && /^u\d+$/u.test(code[at - 1]?.text ?? "") && code[at + 1]?.text === ";",
    );
  const parsed = parseRelease(release);
  return parsed === null ? [] : bugsOf(parsed).filter(({ variable }) => isPlain(variable));
}

/** Where the decompressor makes the check; null where it does not. */
function decompressorCall(tree: SourceTree): Place | null {
  for (const file of DECOMPRESSOR_FILES) {
    for (const one of tree.functions(file)) {
      const call = one.name === CHECK_FUNCTION ? null : callIn(one, CHECK_FUNCTION);
      if (call !== null) return { file, line: call.line };
    }
  }
  // Without the file that has the call in every release, that nothing calls it means nothing.
  tree.needed(DECOMPRESSOR_FILES[0]);
  return null;
}
