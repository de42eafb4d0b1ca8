import { bits } from "./fields";
import { SOURCES, type Mark } from "./provenance";

/** A code with a name, as source code spells it, and what it tells. */
export interface ErrorCode {
  readonly value: bigint;
  readonly name: string;
  readonly meaning: string;
  readonly mark?: Mark;
  readonly source: string;
}

/** Codes whose names have the same prefix: each with its value, the rest of its name and what it tells. */
function codes(
  source: string,
  prefix: string,
  rows: readonly (readonly [value: bigint, name: string, meaning: string])[],
): readonly ErrorCode[] {
  return rows.map(([value, name, meaning]) => ({ value, name: prefix + name, meaning, source }));
}

/** What the hypervisor answers in SW_EXITINFO1[31:0]. */
export const HV_RESPONSES = codes(SOURCES.sevCommon, "GHCB_HV_RESP_", [
  [0n, "NO_ACTION", "Done; what SW_EXITINFO2 means depends on the exit code."],
  [1n, "ISSUE_EXCEPTION", "The guest is to raise the exception that SW_EXITINFO2 holds."],
  [2n, "MALFORMED_INPUT", "The hypervisor could not use the request; SW_EXITINFO2 says why."],
]);

/** Why a request was malformed: SW_EXITINFO2 beside the response GHCB_HV_RESP_MALFORMED_INPUT. */
export const MALFORMED_INPUT_ERRORS = codes(SOURCES.sevCommon, "GHCB_ERR_", [
  [1n, "NOT_REGISTERED", "The GHCB's address was not registered."],
  [2n, "INVALID_USAGE", "The GHCB usage field has a value that the hypervisor does not know."],
  [3n, "INVALID_SCRATCH_AREA", "SW_SCRATCH does not point to memory that the request may use."],
  [4n, "MISSING_INPUT", "A field that the request needs was not marked valid."],
  [5n, "INVALID_INPUT", "A field of the request holds a value that is not allowed."],
  [6n, "INVALID_EVENT", "The hypervisor does not know the exit code, or not for this guest."],
]);

/** SW_EXITINFO2 after a page state change event; zero is success. */
export const PSC_ERRORS = codes(SOURCES.sevCommon, "VMGEXIT_PSC_ERROR_", [
  [0x1_0000_0001n, "INVALID_HDR", "The header of the page list is not valid."],
  [0x1_0000_0002n, "INVALID_ENTRY", "An entry of the page list is not valid."],
  [0x100_0000_0000n, "GENERIC", "The hypervisor could not change a page's state."],
]);

/** The hypervisor's own errors of a guest request, SW_EXITINFO2[63:32]; in Linux SNP_GUEST_VMM_ERR_…. */
export const GUEST_REQUEST_VMM_ERRORS: readonly ErrorCode[] = [
  ...codes(SOURCES.sevGuest, "", [
    [1n, "INVALID_LEN", "The buffer for certificates is too small; RBX holds the pages needed."],
    [2n, "BUSY", "Throttled or busy; the guest has to repeat the same message."],
  ]),
  ...codes(SOURCES.kvmGenericError, "", [
    [0xffff_ffffn, "GENERIC", "The hypervisor failed for another reason; KVM has it since 7.0."],
  ]),
];

/**
 * Status codes of the security processor's firmware after an SNP guest request; there is no 0x1e.
 * Source: virtee/sev src/error.rs @ 9cf2adbffa20; of 0 linux include/uapi/linux/psp-sev.h.
 */
export const FIRMWARE_STATUS: Readonly<Record<number, string>> = {
  0x00: "SUCCESS",
  0x01: "INVALID_PLATFORM_STATE",
  0x02: "INVALID_GUEST_STATE",
  0x03: "INVALID_CONFIG",
  0x04: "INVALID_LEN",
  0x05: "ALREADY_OWNED",
  0x06: "INVALID_CERTIFICATE",
  0x07: "POLICY_FAILURE",
  0x08: "INACTIVE",
  0x09: "INVALID_ADDRESS",
  0x0a: "BAD_SIGNATURE",
  0x0b: "BAD_MEASUREMENT",
  0x0c: "ASID_OWNED",
  0x0d: "INVALID_ASID",
  0x0e: "WBINVD_REQUIRED",
  0x0f: "DFFLUSH_REQUIRED",
  0x10: "INVALID_GUEST",
  0x11: "INVALID_COMMAND",
  0x12: "ACTIVE",
  0x13: "HWERROR_PLATFORM",
  0x14: "HWERROR_UNSAFE",
  0x15: "UNSUPPORTED",
  0x16: "INVALID_PARAM",
  0x17: "RESOURCE_LIMIT",
  0x18: "SECURE_DATA_INVALID",
  0x19: "INVALID_PAGE_SIZE",
  0x1a: "INVALID_PAGE_STATE",
  0x1b: "INVALID_MDATA_ENTRY",
  0x1c: "INVALID_PAGE_OWNER",
  0x1d: "AEAD_OFLOW",
  0x1f: "RING_BUFFER_EXITED",
  0x20: "RMP_INIT_REQUIRED",
  0x21: "BAD_SVN",
  0x22: "BAD_VERSION",
  0x23: "SHUTDOWN_REQUIRED",
  0x24: "UPDATE_FAILED",
  0x25: "RESTORE_REQUIRED",
  0x26: "RMP_INIT_FAILED",
  0x27: "INVALID_KEY",
};

/** The two halves of SW_EXITINFO2 after a guest request; 32-bit codes, 0 is no error. */
export interface GuestRequestError {
  readonly firmware: { readonly value: number; readonly name: string | null };
  readonly vmm: {
    readonly value: number;
    readonly name: string | null;
    /** What it tells, or null for an unknown code and for none. */
    readonly meaning: string | null;
    readonly mark: Mark | null;
  };
}

/** Splits SW_EXITINFO2 of a guest request into [31:0] firmware status and [63:32] hypervisor error. */
export function decodeGuestRequestError(exitInfo2: bigint): GuestRequestError {
  const firmware = Number(bits(exitInfo2, 31, 0));
  const code = bits(exitInfo2, 63, 32);
  const {
    name = null,
    meaning = null,
    mark = null,
  } = errorByValue(GUEST_REQUEST_VMM_ERRORS, code) ?? {};
  return {
    firmware: { value: firmware, name: FIRMWARE_STATUS[firmware] ?? null },
    vmm: { value: Number(code), name, meaning, mark },
  };
}

/** The row for a code, or null. */
export function errorByValue(table: readonly ErrorCode[], value: bigint): ErrorCode | null {
  return table.find((row) => row.value === value) ?? null;
}
