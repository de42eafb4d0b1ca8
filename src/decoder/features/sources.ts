/** Where the names, positions and meanings of the feature bits were read. Cited by id in every row of the table. */
export interface Source {
  /** Who says it, as a reader knows them. */
  readonly title: string;
  /** The file and the commit it was read at, or the message-id of the mail. */
  readonly reference: string;
}

export const SOURCES = {
  linux: {
    title: "Linux, msr-index.h and the SEV status names",
    reference:
      "arch/x86/include/asm/msr-index.h as changed by 9073428bb204d921ae15326bb7d4558d9d269aab; read whole in 7.3.4",
  },
  kvm: {
    title: "Linux KVM, svm.h",
    reference: "SVM_SEV_FEAT_* of arch/x86/include/asm/svm.h, from the series that add them",
  },
  edk2: {
    title: "edk2, SevSnpMsr.h (after AMD APM volume 2, March 2024)",
    reference: "MdePkg/Include/Register/Amd/SevSnpMsr.h @ c5aa7e7d94c0e6b3c0202e15dbf7a5c92dd6a01d",
  },
  openvmm: {
    title: "openvmm, snp.rs",
    reference: "vm/x86/x86defs/src/snp.rs @ 1488a37b7cfe596c8fd72bbf7d2bb3af3f99aea6",
  },
  svsm: {
    title: "COCONUT-SVSM, sev_status.rs",
    reference: "cpuarch/src/sev_status.rs @ f4bc4bcdc2bd0a5f4c699a07f2add62b9e4b31be",
  },
  virtee: {
    title: "virtee sev and snpguest",
    reference:
      "sev src/measurement/vmsa.rs @ 9cf2adbffa209cc5becf7ff89ffdf624e7278ced; snpguest src/ok.rs @ d3a2aed020e77064db2fd7144285e46a547ab146",
  },
  qemu: {
    title: "QEMU, sev.h and the sev-snp-guest properties",
    reference: "target/i386/sev.h as posted with the Secure AVIC series",
  },
  apm: {
    title: "AMD64 Architecture Programmer's Manual, volume 2",
    reference:
      "publication 24593, revision 3.44, March 2026: tables 15-32 and B-4, as a public transcription has them",
  },
  igvm: {
    title: "igvmbuilder and the igvm crate",
    reference: "the feature names of igvmbuilder --sev-features and of the igvm crate",
  },
} as const satisfies Record<string, Source>;

export type SourceId = keyof typeof SOURCES;
