import type { NamedGuest } from "../../decoder/guest/lookup";
import type { ReadSource } from "../../decoder/guest/sourceTree";
import { MAKEFILE, MSR_INDEX, SOURCE_FILES, sourceTreeGuest } from "../../decoder/guest/sourceTree";

/** File access of a workspace folder that may hold a kernel's source. */
export interface SourceFolder {
  readonly name: string;
  /** Whether the file exists; the path is relative to the folder, with `/`. */
  readonly has: (path: string) => Promise<boolean>;
  /** A file's text; null if it does not exist. Rejects with a message for the user if it cannot be read. */
  readonly read: (path: string) => Promise<string | null>;
}

/** The guests of a folder's kernel source, and its problems, one sentence each. */
export interface FolderGuests {
  readonly guests: readonly NamedGuest[];
  readonly problems: readonly string[];
}

const NOTHING: FolderGuests = { guests: [], problems: [] };

/**
 * Reads the kernel's source in a folder, if two files say that it is one. Its guest is named `source:` and the folder's
 * name; one built with CONFIG_AMD_SECURE_AVIC=y comes after it where the source has that option.
 */
export async function guestsOfFolder(folder: SourceFolder): Promise<FolderGuests> {
  const marks = await Promise.all([MAKEFILE, MSR_INDEX].map((file) => folder.has(file)));
  if (marks.includes(false)) return NOTHING;
  const what = `The kernel source in the folder ${folder.name}`;
  const texts = new Map<string, string | null>();
  try {
    await Promise.all(
      SOURCE_FILES.map(async (file) => {
        texts.set(file, await folder.read(file));
      }),
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : "a file cannot be read.";
    return { guests: [], problems: [`${what}: ${reason}`] };
  }
  const read: ReadSource = (path) => texts.get(path) ?? null;
  const id = `source:${folder.name}`;
  const result = sourceTreeGuest(read, { id, secureAvic: false });
  if (!result.ok) return { guests: [], problems: [`${what}: ${result.problem}`] };
  const withAvic = sourceTreeGuest(read, { id, secureAvic: true });
  const profiles = [
    result.profile,
    ...(withAvic.ok && !withAvic.profile.secureAvicIgnored ? [withAvic.profile] : []),
  ];
  const description = `the kernel source in the folder ${folder.name}`;
  return {
    guests: profiles.map((profile) => ({ name: profile.id, description, profile })),
    problems: [],
  };
}
