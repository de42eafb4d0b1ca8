import type { FormatTexts } from "./formatTexts";

export const EDK2_TEXTS: FormatTexts = {
  "edk2: #VC exception without a handler": {
    examples: [
      "!!!! X64 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!\nExceptionData - 0000000000000072\nRIP  - 000000007EE21E9A, CS  - 0000000000000038, RFLAGS - 0000000000010006",
      "[   1.204] !!!! X64 Exception Type - 1D(Reserved)  CPU Apic ID - 00000003 !!!!\n[   1.205] ExceptionData - 0000000000000400",
    ],
    says: ["vmgexit 0x72", "vmgexit 0x400"],
    nearMisses: [
      // Without a flag for it the error code is taken for RIP, and no line of its own is printed.
      "!!!! X64 Exception Type - 1D(Reserved)  CPU Apic ID - 00000000 !!!!\nRIP  - 0000000000000072, CS  - 000000007EE21E9A, RFLAGS - 0000000000000038\nExceptionData - 0000000000000072",
      "!!!! X64 Exception Type - 0E(#PF - Page-Fault)  CPU Apic ID - 00000000 !!!!\nExceptionData - 0000000000000002  I:0 R:0 U:0 W:1 P:0 PK:0 SS:0 SGX:0",
      "!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000000 !!!!\nExceptionData - 0000000000000000",
      "!!!! X64 Exception Type - 15(#CP - Control Protection)  CPU Apic ID - 00000000 !!!!\nExceptionData - 0000000000000072",
      "!!!! X64 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!\n!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000001 !!!!\nExceptionData - 0000000000000072",
      "!!!! X64 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!\nExceptionData - 000000008000FFFE",
      "!!!! IA32 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!\nExceptionData - 00000072",
      "ExceptionData - 0000000000000072",
      '"!!!! X64 Exception Type - %02x(%a)  CPU Apic ID - %08x !!!!\\n",',
    ],
  },
};
