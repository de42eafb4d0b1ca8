import { MAKEFILE } from "./version";

export const DOT_CONFIG = ".config";
/** The bits of SEV_STATUS. */
export const MSR_INDEX = "arch/x86/include/asm/msr-index.h";
/** The decompressor's SEV code: the masks and the check, in every release that has them. */
export const COMPRESSED_SEV = "arch/x86/boot/compressed/sev.c";

/** Where macros that the masks use may be defined besides the file that has the masks, in the order of looking. */
export const HEADERS = [
  MSR_INDEX,
  "arch/x86/include/asm/sev.h",
  "arch/x86/include/asm/sev-common.h",
  "arch/x86/include/asm/sev-internal.h",
  "arch/x86/boot/compressed/sev.h",
] as const;

/** Where the check may be defined, in the order of looking. */
export const CHECK_FILES = [
  COMPRESSED_SEV,
  "arch/x86/boot/startup/sev-shared.c",
  "arch/x86/boot/startup/sev-startup.c",
  "arch/x86/coco/sev/shared.c",
  "arch/x86/coco/sev/core.c",
] as const;

/** Where the decompressor may call it. */
export const DECOMPRESSOR_FILES = [
  "arch/x86/boot/compressed/ident_map_64.c",
  "arch/x86/boot/compressed/misc.c",
  "arch/x86/boot/compressed/pgtable_64.c",
  COMPRESSED_SEV,
] as const;
/** Declares the decompressor's functions. */
export const DECOMPRESSOR_HEADER = "arch/x86/boot/compressed/misc.h";

/** The EFI stub, in the order of looking: 5.7 moved it, and RHEL 8 has it in the old place. */
export const STUB_FILES = [
  "drivers/firmware/efi/libstub/x86-stub.c",
  "arch/x86/boot/compressed/eboot.c",
] as const;

/** All that is ever read of a tree. */
export const SOURCE_FILES: readonly string[] = [
  ...new Set([
    MAKEFILE,
    DOT_CONFIG,
    ...HEADERS,
    ...CHECK_FILES,
    ...DECOMPRESSOR_FILES,
    DECOMPRESSOR_HEADER,
    ...STUB_FILES,
  ]),
];
