/** A kernel's source as far as it is read: texts by their paths. Our own lines, in the shape of the kernel's. */
export type Miniature = Readonly<Record<string, string>>;

export const SEV_C = "arch/x86/boot/compressed/sev.c";
export const MSR_INDEX = "arch/x86/include/asm/msr-index.h";
export const IDENT_MAP = "arch/x86/boot/compressed/ident_map_64.c";
export const MISC_H = "arch/x86/boot/compressed/misc.h";
export const STUB = "drivers/firmware/efi/libstub/x86-stub.c";

function makefile(version: number, patchLevel: number, subLevel: number, extra = ""): string {
  return `# a comment
VERSION = ${version}
PATCHLEVEL = ${patchLevel}
SUBLEVEL = ${subLevel}
EXTRAVERSION =${extra}
NAME = Some Name
`;
}

/** The bits with plain positions and the long names, as before 6.9. */
const OLD_BITS = `#ifndef _MSR_INDEX_H
#define _MSR_INDEX_H
#define MSR_AMD64_SEV_SNP_ENABLED_BIT 2
#define MSR_AMD64_SEV_SNP_ENABLED BIT_ULL(MSR_AMD64_SEV_SNP_ENABLED_BIT)
/* SNP feature bits */
#define MSR_AMD64_SNP_VTOM BIT_ULL(3)
#define MSR_AMD64_SNP_REFLECT_VC BIT_ULL(4)
#define MSR_AMD64_SNP_RESTRICTED_INJ BIT_ULL(5)
#define MSR_AMD64_SNP_ALT_INJ BIT_ULL(6)
#define MSR_AMD64_SNP_DEBUG_SWAP BIT_ULL(7)
#define MSR_AMD64_SNP_VMPL_SSS BIT_ULL(10)
#define MSR_AMD64_SNP_SECURE_TSC BIT_ULL(11)
#define MSR_AMD64_SNP_VMGEXIT_PARAM BIT_ULL(12)
#define MSR_AMD64_SNP_VMSA_REG_PROTECTION BIT_ULL(16)
#define MSR_AMD64_SNP_RESERVED_BIT13 BIT_ULL(13) // both spellings of comments
#define MSR_AMD64_SNP_RESERVED_BIT15 (1ULL << 15)
#define MSR_AMD64_SNP_RESERVED_MASK GENMASK_ULL(63, 18)
#endif
`;

/** The bits as pairs with `_BIT`, and the short names. */
const NEW_BITS = `#ifndef _MSR_INDEX_H
#define _MSR_INDEX_H
${[
  ["SEV_SNP_ENABLED", 2],
  ["SNP_VTOM", 3],
  ["SNP_REFLECT_VC", 4],
  ["SNP_RESTRICTED_INJ", 5],
  ["SNP_ALT_INJ", 6],
  ["SNP_DEBUG_SWAP", 7],
  ["SNP_VMPL_SSS", 10],
  ["SNP_SECURE_TSC", 11],
  ["SNP_VMGEXIT_PARAM", 12],
  ["SNP_VMSA_REG_PROT", 16],
  ["SNP_SECURE_AVIC", 18],
  ["SNP_IBPB_ON_ENTRY", 23],
]
  .map(
    ([name, bit]) => `#define MSR_AMD64_${name}_BIT ${bit}
#define MSR_AMD64_${name} BIT_ULL(MSR_AMD64_${name}_BIT)`,
  )
  .join("\n")}
#define MSR_AMD64_SNP_RESERVED_BIT13 BIT_ULL(13)
#define MSR_AMD64_SNP_RESERVED_BIT15 BIT_ULL(15)
#define MSR_AMD64_SNP_RESERVED_BITS18_22 GENMASK_ULL(22, 18)
#define MSR_AMD64_SNP_RESERVED_BITS19_22 GENMASK_ULL(22, 19)
#define MSR_AMD64_SNP_RESV_BIT 24
#define MSR_AMD64_SNP_RESERVED_MASK GENMASK_ULL(63, MSR_AMD64_SNP_RESV_BIT)
#endif
`;

function required(prot: string, ...reserved: readonly string[]): string {
  return `#define SNP_FEATURES_IMPL_REQ\t(MSR_AMD64_SNP_VTOM | MSR_AMD64_SNP_REFLECT_VC | \\
\tMSR_AMD64_SNP_RESTRICTED_INJ | MSR_AMD64_SNP_ALT_INJ | MSR_AMD64_SNP_DEBUG_SWAP | \\
\tMSR_AMD64_SNP_VMPL_SSS | MSR_AMD64_SNP_SECURE_TSC | MSR_AMD64_SNP_VMGEXIT_PARAM | \\
\tMSR_AMD64_SNP_${prot} | MSR_AMD64_SNP_RESERVED_BIT13 | MSR_AMD64_SNP_RESERVED_BIT15 | \\
\t${reserved.map((name) => `MSR_AMD64_SNP_${name}`).join(" | ")})
`;
}

/** The check in the decompressor alone, as 6.2 to 6.5 and 6.1.9 to 6.1.80 have it. */
const OWN_CHECK = `void snp_check_features(void)
{
\tu64 lacking;

\tif (!(sev_status & MSR_AMD64_SEV_SNP_ENABLED))
\t\treturn;

\tlacking = sev_status & SNP_FEATURES_IMPL_REQ & ~SNP_FEATURES_PRESENT;
\tif (lacking) {
\t\tif (ghcb_version < 2)
\t\t\tsev_es_terminate(0, 2);
\t\tsev_es_ghcb_terminate(boot_ghcb, 0, 2, lacking);
\t}
}
`;

function sharedCheck(implemented: string): string {
  return `u64 snp_get_unsupported_features(u64 status)
{
\tif (!(status & MSR_AMD64_SEV_SNP_ENABLED))
\t\treturn 0;

\treturn status & SNP_FEATURES_IMPL_REQ & ~${implemented};
}

void snp_check_features(void)
{
\tu64 lacking;

\tlacking = snp_get_unsupported_features(sev_status);
\tif (lacking) {
\t\tif (ghcb_version < 2) {
\t\t\tsev_es_terminate(0, 2);
\t\t}
\t\tsev_es_ghcb_terminate(boot_ghcb, 0, 2, lacking);
\t}
}
`;
}

const CALL = `#include "misc.h"
void initialize_identity_maps(void *rmode)
{
\twrite_cr3(top_level_pgt);
\tsnp_check_features();
}
`;

const DECLARATIONS = `#ifdef CONFIG_AMD_MEM_ENCRYPT
void snp_check_features(void);
#else
static inline void snp_check_features(void) { }
#endif
`;

/** The EFI stub's test; with no test as before 6.6. */
const STUB_WITHOUT_TEST = `void efi_stub_entry(efi_handle_t handle)
{
\tefi_exit(handle, 0);
}
`;

function stub(message: string): string {
  return `static bool have_unsupported(void)
{
\tu64 lacking;

\tlacking = snp_get_unsupported_features(sev_get_status());
\tif (lacking) {
\t\tefi_err(${message});
\t\treturn true;
\t}
\treturn false;
}

void efi_stub_entry(efi_handle_t handle)
{
#ifdef CONFIG_EFI_MIXED
\tset_mode();
#endif
\tif (have_unsupported())
\t\tefi_exit(handle, EFI_UNSUPPORTED);
}
`;
}

const WITH_MASK = String.raw`"Unsupported: 0x%llx\n", lacking`;

/** The stub's test with the other answer, as later kernels have it. */
const STUB_WITH_OTHER_ANSWER = `static bool features_are_fine(struct boot_params *bp)
{
\tu64 status = sev_get_status();
\tu64 lacking;

\tlacking = snp_get_unsupported_features(status);
\tif (lacking) {
\t\tefi_err(${WITH_MASK});
\t\treturn false;
\t}
\treturn true;
}

void efi_stub_entry(efi_handle_t handle)
{
\tif (!features_are_fine(bp))
\t\tefi_exit(handle, EFI_UNSUPPORTED);
}
`;

/** 6.1 before the check: SEV-SNP guest code alone. */
export const LIKE_6_1_8: Miniature = {
  Makefile: makefile(6, 1, 8),
  [MSR_INDEX]: OLD_BITS,
  [SEV_C]: `static inline bool sev_snp_enabled(void)
{
\treturn sev_status & MSR_AMD64_SEV_SNP_ENABLED;
}
`,
  [IDENT_MAP]: "void initialize_identity_maps(void *rmode)\n{\n}\n",
  [STUB]: STUB_WITHOUT_TEST,
};

export const LIKE_6_1_9: Miniature = {
  ...LIKE_6_1_8,
  Makefile: makefile(6, 1, 9),
  [SEV_C]: `${required("VMSA_REG_PROTECTION", "RESERVED_MASK")}
#define SNP_FEATURES_PRESENT (0)

${OWN_CHECK}`,
  [MISC_H]: DECLARATIONS,
  [IDENT_MAP]: CALL,
};

export const LIKE_6_12: Miniature = {
  Makefile: makefile(6, 12, 117),
  [MSR_INDEX]: NEW_BITS,
  [SEV_C]: `${required("VMSA_REG_PROT", "RESERVED_BITS18_22", "RESERVED_MASK")}
#define SNP_FEATURES_PRESENT\tMSR_AMD64_SNP_DEBUG_SWAP

${sharedCheck("SNP_FEATURES_PRESENT")}`,
  [MISC_H]: DECLARATIONS,
  [IDENT_MAP]: CALL,
  [STUB]: stub(WITH_MASK),
};

/** The renamed masks, Secure AVIC as an option, and a release candidate. */
export const LIKE_7_1: Miniature = {
  ...LIKE_6_12,
  Makefile: makefile(7, 1, 0, " -rc4"),
  [SEV_C]: `${required("VMSA_REG_PROT", "SECURE_AVIC", "RESERVED_BITS19_22", "RESERVED_MASK")}
#ifdef CONFIG_AMD_SECURE_AVIC
#define SNP_FEATURE_SECURE_AVIC\tMSR_AMD64_SNP_SECURE_AVIC
#else
#define SNP_FEATURE_SECURE_AVIC\t0
#endif

#define SNP_FEATURES_IMPL\t(MSR_AMD64_SNP_DEBUG_SWAP |\t\\
\t\t\t\t MSR_AMD64_SNP_SECURE_TSC |\t\\
\t\t\t\t SNP_FEATURE_SECURE_AVIC)

${sharedCheck("SNP_FEATURES_IMPL")}`,
  [STUB]: STUB_WITH_OTHER_ANSWER,
};

/** The EFI stub in its old place, with a message that ends without the mask, as RHEL 8 has it. */
export const LIKE_RHEL_8: Miniature = {
  Makefile: makefile(4, 18, 0),
  [MSR_INDEX]: OLD_BITS,
  [SEV_C]: `${required("VMSA_REG_PROTECTION", "RESERVED_MASK")}
#define SNP_FEATURES_PRESENT MSR_AMD64_SNP_DEBUG_SWAP
${sharedCheck("SNP_FEATURES_PRESENT")}`,
  [IDENT_MAP]: CALL,
  "arch/x86/boot/compressed/eboot.c": stub(String.raw`"Unsupported\n"`),
};

/** A tree with a file's text changed; what is to be changed must be there. */
export function changed(tree: Miniature, file: string, from: string, to: string): Miniature {
  const text = tree[file] ?? "";
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { ...tree, [file]: text.replace(from, to) };
}

/** A tree without some files. */
export function without(tree: Miniature, ...files: readonly string[]): Miniature {
  return Object.fromEntries(Object.entries(tree).filter(([file]) => !files.includes(file)));
}
