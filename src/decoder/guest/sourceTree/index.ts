import { visible } from "../../text/visible";
import type { GuestProfile } from "../profile";
import { MEM_ENCRYPT, SECURE_AVIC_OPTION, configOf } from "./config";
import { DOT_CONFIG } from "./files";
import { NotUnderstood, missingFile, placeText } from "./notUnderstood";
import type { ReadSource } from "./tree";
import { SourceTree } from "./tree";
import type { TreeCheck } from "./treeCheck";
import { snpGuestCode, treeBugs, treeCheck } from "./treeCheck";
import { MAKEFILE, sourceRelease } from "./version";

export { SOURCE_FILES, MSR_INDEX } from "./files";
export { LARGEST_FILE } from "./lexer";
export { MAKEFILE } from "./version";
export type { ReadSource } from "./tree";

/** How a tree is asked for. */
export interface SourceRequest {
  /** The profile's id, by which it is found again; null names it by its release. */
  readonly id: string | null;
  /** The kernel is built with CONFIG_AMD_SECURE_AVIC=y, whatever the tree's `.config` says. */
  readonly secureAvic: boolean;
}

export type SourceResult =
  | { readonly ok: true; readonly profile: GuestProfile }
  /** One sentence that names the file, and the line where there is one. */
  | { readonly ok: false; readonly problem: string };

/**
 * The guest that a kernel's source makes, read from its own macros and code: `read` is asked for {@link SOURCE_FILES}
 * and nothing else, and nothing is run. What is not understood is a problem, never a guess.
 */
export function sourceTreeGuest(read: ReadSource, request: SourceRequest): SourceResult {
  try {
    return { ok: true, profile: sourceProfile(read, request) };
  } catch (error) {
    if (!(error instanceof NotUnderstood)) throw error;
    return { ok: false, problem: visible(error.message) };
  }
}

function sourceProfile(read: ReadSource, { id, secureAvic }: SourceRequest): GuestProfile {
  const makefile = read(MAKEFILE);
  if (makefile === null) throw missingFile(MAKEFILE);
  const release = sourceRelease(makefile);
  const dotConfig = read(DOT_CONFIG);
  const asked = checking(read, dotConfig, secureAvic ? true : null);
  const bugs = asked.tree === null ? [] : treeBugs(asked.tree, release);
  // Whether the option makes a difference is asked of the code itself.
  const [withOption, withoutOption] = [true, false].map(
    (isSet) => checking(read, dotConfig, isSet).check?.implemented,
  );
  const hasOption = withOption !== withoutOption;
  const applied = secureAvic && hasOption;
  const name = `${id ?? `source:${release}`}${applied ? "+secure-avic" : ""}`;
  return {
    id: name,
    label: `Linux ${release} (this source tree)${applied ? " with Secure AVIC" : ""}`,
    snpGuest: asked.snpGuest,
    check: asked.check,
    ...(bugs.length === 0 ? {} : { bugs }),
    assumption: null,
    likely: false,
    secureAvicIgnored: secureAvic && !hasOption,
    row: name,
    distribution: null,
    upstream: null,
    verification: "verified",
    sources: [MAKEFILE, ...asked.places.map(placeText)],
    notes: [...asked.notes, ...assumedNotes(dotConfig, asked.snpGuest, hasOption && !secureAvic)],
    otherwise: null,
  };
}

interface TreeChecking extends TreeCheck {
  readonly snpGuest: boolean;
  /** The tree; null where its configuration leaves all of this out. */
  readonly tree: SourceTree | null;
  readonly notes: readonly string[];
}

/** `secureAvic` holds whatever the configuration says; null for what that says. */
function checking(
  read: ReadSource,
  dotConfig: string | null,
  secureAvic: boolean | null,
): TreeChecking {
  const config = configOf(dotConfig, secureAvic);
  if (config.isEnabled(MEM_ENCRYPT) === false) {
    const note = `The tree's .config leaves out ${MEM_ENCRYPT}, and with it all SEV-SNP guest code.`;
    const places = [{ file: DOT_CONFIG, line: null }];
    return { snpGuest: false, tree: null, check: null, places, notes: [note] };
  }
  const tree = new SourceTree(read, config);
  const guestCode = snpGuestCode(tree);
  if (guestCode === null) return { snpGuest: false, tree, check: null, places: [], notes: [] };
  const { check, places } = treeCheck(tree);
  const isUnused = check === null && places.length > 0;
  return {
    snpGuest: true,
    tree,
    check,
    places: places.length === 0 ? [guestCode] : places,
    notes: isUnused ? ["The source has the masks of the check, and nothing that makes it."] : [],
  };
}

function assumedNotes(
  dotConfig: string | null,
  snpGuest: boolean,
  isAvicAssumed: boolean,
): string[] {
  if (dotConfig !== null || !snpGuest) return [];
  const avic = isAvicAssumed ? ` and without ${SECURE_AVIC_OPTION}` : "";
  return [`The tree has no .config: the kernel is taken as built with ${MEM_ENCRYPT}${avic}.`];
}
