import { bits } from "./fields";
import { SOURCES } from "./provenance";

/** A code with a name, as source code spells it, and what it tells. */
export interface ErrorCode {
  readonly value: bigint;
  readonly name: string;
  readonly meaning: string;
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
 * Status codes of the security processor's firmware; there is no 0x1e. After an SNP guest request they are
 * SW_EXITINFO2[31:0].
 */
export const FIRMWARE_STATUS = codes(SOURCES.firmwareStatus, "", [
  [0x00n, "SUCCESS", "No error."],
  [0x01n, "INVALID_PLATFORM_STATE", "The platform is not in the state that the command needs."],
  [0x02n, "INVALID_GUEST_STATE", "The guest is not in the state that the command needs."],
  [0x03n, "INVALID_CONFIG", "The platform's configuration is not valid."],
  [0x04n, "INVALID_LEN", "A buffer is too small."],
  [0x05n, "ALREADY_OWNED", "The platform has an owner already."],
  [0x06n, "INVALID_CERTIFICATE", "A certificate is not valid."],
  [
    0x07n,
    "POLICY_FAILURE",
    "The guest's policy does not allow it, or the platform does not allow that policy.",
  ],
  [0x08n, "INACTIVE", "The guest is not active."],
  [0x09n, "INVALID_ADDRESS", "An address is not valid."],
  [0x0an, "BAD_SIGNATURE", "A signature is wrong."],
  [0x0bn, "BAD_MEASUREMENT", "A measurement is wrong."],
  [0x0cn, "ASID_OWNED", "The ASID belongs to another guest."],
  [0x0dn, "INVALID_ASID", "The ASID is not valid."],
  [0x0en, "WBINVD_REQUIRED", "WBINVD has to be run first."],
  [0x0fn, "DFFLUSH_REQUIRED", "DF_FLUSH has to be run first."],
  [0x10n, "INVALID_GUEST", "The guest's handle is not valid."],
  [0x11n, "INVALID_COMMAND", "The firmware does not know the command."],
  [0x12n, "ACTIVE", "The guest is still active."],
  [0x13n, "HWERROR_PLATFORM", "A hardware error; buffers may be used again."],
  [0x14n, "HWERROR_UNSAFE", "A hardware error; buffers must not be used again."],
  [0x15n, "UNSUPPORTED", "The platform does not have this feature."],
  [0x16n, "INVALID_PARAM", "A parameter of the command is not valid."],
  [0x17n, "RESOURCE_LIMIT", "The firmware is out of a resource."],
  [0x18n, "SECURE_DATA_INVALID", "Data of the platform failed its integrity check."],
  [0x19n, "INVALID_PAGE_SIZE", "A page has another size in the RMP."],
  [0x1an, "INVALID_PAGE_STATE", "A page is in another state in the RMP."],
  [0x1bn, "INVALID_MDATA_ENTRY", "A metadata entry is not valid."],
  [0x1cn, "INVALID_PAGE_OWNER", "A page belongs to another owner in the RMP."],
  [0x1dn, "AEAD_OFLOW", "The message's sequence number would overflow."],
  [
    0x1fn,
    "RING_BUFFER_EXITED",
    "The firmware left its ring buffer mode and ignored the command; try again.",
  ],
  [0x20n, "RMP_INIT_REQUIRED", "The RMP has to be initialised again."],
  [0x21n, "BAD_SVN", "The security version is lower than the committed one."],
  [0x22n, "BAD_VERSION", "The version would go back behind the committed one."],
  [0x23n, "SHUTDOWN_REQUIRED", "SNP_SHUTDOWN has to be run first."],
  [0x24n, "UPDATE_FAILED", "The firmware's state or a guest's context was not updated."],
  [0x25n, "RESTORE_REQUIRED", "The committed firmware has to be installed again."],
  [0x26n, "RMP_INIT_FAILED", "The RMP was not initialised."],
  [0x27n, "INVALID_KEY", "The key asked for is not valid, not there or not allowed."],
]);

/** What most often lies behind a firmware status, where reports of it tell. */
const USUAL_CAUSES: ReadonlyMap<string, string> = new Map([
  [
    "INVALID_PLATFORM_STATE",
    "as the host's driver starts the firmware, the start of SEV-SNP that failed just before and has the error that counts (AMDESE/AMDSEV issues 154 and 189), or a BIOS with a boot loader of the secure processor that is too old for the firmware (AMDESE/AMDSEV, notes on EPYC 7003).",
  ],
  [
    "INVALID_CONFIG",
    "as the host's driver starts SEV-SNP, SMT that is turned off by the kernel, with firmware 1.51 (AMDESE/AMDSEV issue 154).",
  ],
  [
    "POLICY_FAILURE",
    "at SNP_LAUNCH_START, a policy that asks for a newer firmware (kata-containers pull request 11675), or one without bit 16 on a host with SMT (spiffe/spire issue 4469).",
  ],
  [
    "BAD_MEASUREMENT",
    "at SNP_LAUNCH_FINISH, an ID block with another launch digest than the guest's: another OVMF, kernel, number of processors or SEV_FEATURES (AMDESE/AMDSEV issue 195).",
  ],
  [
    "HWERROR_PLATFORM",
    "as the host's driver starts the firmware, BIOS settings: SMEE (AMDESE/sev-tool issue 43), SEV-SNP support or the IOMMU (AMDESE/AMDSEV issue 85).",
  ],
  [
    "INVALID_PARAM",
    "in a guest request, a VMPL with more rights than the guest's own, as 0 for a kernel on an SVSM (AMDESE/sev-guest issue 26); at SNP_LAUNCH_UPDATE, a CPUID page that the firmware corrects (NVIDIA/nvtrust issue 91); at SNP_CONFIG, a TCB version that is not allowed (virtee/snphost issue 127).",
  ],
]);

/** What most often lies behind a firmware status; null where nothing is known. */
export function usualCause({ name }: ErrorCode): string | null {
  return USUAL_CAUSES.get(name) ?? null;
}

/** Linux drivers/virt/coco/sev-guest/sev-guest.c begins a request with this value, which no firmware answers. */
const NOT_ANSWERED = 0xffn;
const NOT_ANSWERED_MEANING =
  "No status: Linux' sev-guest driver begins with this value, and no answer of the firmware came.";

/** The two halves of SW_EXITINFO2 after a guest request; 32-bit codes, 0 is no error. */
export interface GuestRequestError {
  readonly firmware: {
    readonly value: number;
    readonly name: string | null;
    /** What it tells, and what most often lies behind it; each null where nothing is known. */
    readonly meaning: string | null;
    readonly cause: string | null;
  };
  readonly vmm: {
    readonly value: number;
    readonly name: string | null;
    /** What it tells, or null for an unknown code and for none. */
    readonly meaning: string | null;
  };
}

/** Splits SW_EXITINFO2 of a guest request into [31:0] firmware status and [63:32] hypervisor error. */
export function decodeGuestRequestError(exitInfo2: bigint): GuestRequestError {
  const firmware = bits(exitInfo2, 31, 0);
  const status = errorByValue(FIRMWARE_STATUS, firmware);
  const code = bits(exitInfo2, 63, 32);
  const { name = null, meaning = null } = errorByValue(GUEST_REQUEST_VMM_ERRORS, code) ?? {};
  return {
    firmware: {
      value: Number(firmware),
      name: status?.name ?? null,
      meaning: status?.meaning ?? (exitInfo2 === NOT_ANSWERED ? NOT_ANSWERED_MEANING : null),
      cause: status === null ? null : usualCause(status),
    },
    vmm: { value: Number(code), name, meaning },
  };
}

/** The row for a code, or null. */
export function errorByValue(table: readonly ErrorCode[], value: bigint): ErrorCode | null {
  return table.find((row) => row.value === value) ?? null;
}
