import { bits } from "./fields";
import { FIRMWARE_STATUS } from "./firmwareStatus";
import { SOURCES, type Mark } from "./provenance";

/** A code with a name, as source code spells it, and what it tells. */
export interface ErrorCode {
  readonly value: bigint;
  readonly name: string;
  readonly meaning: string;
  readonly mark: Mark | null;
  readonly source: string;
}

const inSevCommon = { mark: null, source: SOURCES.sevCommon } as const;

/** What the hypervisor answers in SW_EXITINFO1[31:0]. */
export const HV_RESPONSES = [
  {
    ...inSevCommon,
    value: 0n,
    name: "GHCB_HV_RESP_NO_ACTION",
    meaning: "Done; what SW_EXITINFO2 means depends on the exit code.",
  },
  {
    ...inSevCommon,
    value: 1n,
    name: "GHCB_HV_RESP_ISSUE_EXCEPTION",
    meaning: "The guest is to raise the exception that SW_EXITINFO2 holds.",
  },
  {
    ...inSevCommon,
    value: 2n,
    name: "GHCB_HV_RESP_MALFORMED_INPUT",
    meaning: "The hypervisor could not use the request; SW_EXITINFO2 says why.",
  },
] as const satisfies readonly ErrorCode[];

/** Why a request was malformed: SW_EXITINFO2 beside the response GHCB_HV_RESP_MALFORMED_INPUT. */
export const MALFORMED_INPUT_ERRORS: readonly ErrorCode[] = [
  {
    ...inSevCommon,
    value: 1n,
    name: "GHCB_ERR_NOT_REGISTERED",
    meaning: "The GHCB's address was not registered.",
  },
  {
    ...inSevCommon,
    value: 2n,
    name: "GHCB_ERR_INVALID_USAGE",
    meaning: "The GHCB usage field has a value that the hypervisor does not know.",
  },
  {
    ...inSevCommon,
    value: 3n,
    name: "GHCB_ERR_INVALID_SCRATCH_AREA",
    meaning: "SW_SCRATCH does not point to memory that the request may use.",
  },
  {
    ...inSevCommon,
    value: 4n,
    name: "GHCB_ERR_MISSING_INPUT",
    meaning: "A field that the request needs was not marked valid.",
  },
  {
    ...inSevCommon,
    value: 5n,
    name: "GHCB_ERR_INVALID_INPUT",
    meaning: "A field of the request holds a value that is not allowed.",
  },
  {
    ...inSevCommon,
    value: 6n,
    name: "GHCB_ERR_INVALID_EVENT",
    meaning: "The hypervisor does not know the exit code, or not for this guest.",
  },
];

/** SW_EXITINFO2 after a page state change event; zero is success. */
export const PSC_ERRORS: readonly ErrorCode[] = [
  {
    ...inSevCommon,
    value: 0x1_0000_0001n,
    name: "VMGEXIT_PSC_ERROR_INVALID_HDR",
    meaning: "The header of the page list is not valid.",
  },
  {
    ...inSevCommon,
    value: 0x1_0000_0002n,
    name: "VMGEXIT_PSC_ERROR_INVALID_ENTRY",
    meaning: "An entry of the page list is not valid.",
  },
  {
    ...inSevCommon,
    value: 0x100_0000_0000n,
    name: "VMGEXIT_PSC_ERROR_GENERIC",
    meaning: "The hypervisor could not change a page's state.",
  },
];

/** The hypervisor's own errors of a guest request: SW_EXITINFO2[63:32]. */
export const GUEST_REQUEST_VMM_ERRORS: readonly ErrorCode[] = [
  {
    value: 1n,
    name: "INVALID_LEN",
    meaning: "The buffer for certificates is too small; RBX holds the pages needed.",
    mark: null,
    source: SOURCES.sevGuest,
  },
  {
    value: 2n,
    name: "BUSY",
    meaning: "Throttled or busy; the guest has to repeat the same message.",
    mark: null,
    source: SOURCES.sevGuest,
  },
  {
    value: 0x8000_0000n,
    name: "GENERIC",
    meaning: "The hypervisor failed for another reason.",
    mark: "unverified",
    source: SOURCES.kvmGenericError,
  },
];

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
  const vmm = errorByValue(GUEST_REQUEST_VMM_ERRORS, code);
  return {
    firmware: {
      value: firmware,
      name: FIRMWARE_STATUS.find(({ value }) => value === firmware)?.name ?? null,
    },
    vmm: {
      value: Number(code),
      name: vmm?.name ?? null,
      meaning: vmm?.meaning ?? null,
      mark: vmm?.mark ?? null,
    },
  };
}

/** The row for a code, or null. */
export function errorByValue(table: readonly ErrorCode[], value: bigint): ErrorCode | null {
  return table.find((row) => row.value === value) ?? null;
}
