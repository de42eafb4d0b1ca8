import type { Block, BlockFormat } from "./format";
import { readExitCode } from "./kit/exit";

const ANY_EXCEPTION = "!!!! X64 Exception Type - ";
/** 0x1D is #VC; what stands in the brackets is its name, or `Reserved` in AMD's development trees. */
const VC_EXCEPTION =
  /!!!! X64 Exception Type - 1D\([^()]{1,40}\) {1,4}CPU Apic ID - [\dA-F]{8} !!!!/u;
/** An error code of #VC is one of the processor's exit codes: those that only software defines have bit 31 set. */
const VC_ERROR_CODE = /\bExceptionData - (?<exitCode>0{8}[0-7][\dA-F]{7}) *$/du;
/** The dump goes on with the registers, whether or not there was an error code. */
const REGISTERS = /\bRIP {1,4}- [\dA-F]{16}\b/u;

/** The lines of a dump after its first one. */
const DUMP: Block = {
  take: (text, number) => {
    const match = VC_ERROR_CODE.exec(text.text);
    const found = match === null ? null : readExitCode(match, number);
    if (found !== null) return { state: "done", found: [text.placeMatch(found, number)] };
    const isOver = REGISTERS.test(text.text) || text.text.includes(ANY_EXCEPTION);
    return { state: isOver ? "over" : "foreign", found: [] };
  },
  close: () => [],
};

/**
 * ```
 * !!!! X64 Exception Type - 1D(#VC - VMM Communication)  CPU Apic ID - 00000000 !!!!
 * ExceptionData - 0000000000000072
 * ```
 * A #VC exception in firmware, or a part of it, that is built without a handler for it; the error code is still the
 * processor's. The handler that OVMF has (CcExitLib, before that VmgExitLib) turns what it cannot handle into #GP or
 * #UD and drops the code, so its dump is that of any other #GP: `0D(#GP - General Protection)` and 0.
 *
 * Source: edk2 UefiCpuPkg/Library/CpuExceptionHandlerLib/X64/ArchExceptionHandler.c (the lines), CpuExceptionCommon.c
 * (which exceptions have an error code: #VC since it has that name), UefiCpuPkg/Library/CcExitLibNull (no handler).
 */
export const vcException: BlockFormat = {
  name: "#VC exception without a handler",
  software: "edk2",
  anchors: [`${ANY_EXCEPTION}1D(`],
  begin: ({ text }) => (VC_EXCEPTION.test(text) ? DUMP : null),
  isMember: ({ text }) => VC_EXCEPTION.test(text) || VC_ERROR_CODE.test(text),
  patience: 2,
  longest: 4,
  holds: false,
};
