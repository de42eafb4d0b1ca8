import { SOURCES } from "./provenance";

/** A status code of the security processor's firmware (32 bits). */
export interface FirmwareStatus {
  readonly value: number;
  readonly name: string;
  readonly source: string;
}

const VIRTEE = SOURCES.virteeErrors;
const PSP = SOURCES.pspSev;

/** Firmware status codes of an SNP guest request; there is no 0x1e. */
export const FIRMWARE_STATUS: readonly FirmwareStatus[] = [
  { value: 0x00, name: "SUCCESS", source: PSP },
  { value: 0x01, name: "INVALID_PLATFORM_STATE", source: VIRTEE },
  { value: 0x02, name: "INVALID_GUEST_STATE", source: VIRTEE },
  { value: 0x03, name: "INVALID_CONFIG", source: VIRTEE },
  { value: 0x04, name: "INVALID_LEN", source: VIRTEE },
  { value: 0x05, name: "ALREADY_OWNED", source: VIRTEE },
  { value: 0x06, name: "INVALID_CERTIFICATE", source: VIRTEE },
  { value: 0x07, name: "POLICY_FAILURE", source: VIRTEE },
  { value: 0x08, name: "INACTIVE", source: VIRTEE },
  { value: 0x09, name: "INVALID_ADDRESS", source: VIRTEE },
  { value: 0x0a, name: "BAD_SIGNATURE", source: VIRTEE },
  { value: 0x0b, name: "BAD_MEASUREMENT", source: VIRTEE },
  { value: 0x0c, name: "ASID_OWNED", source: VIRTEE },
  { value: 0x0d, name: "INVALID_ASID", source: VIRTEE },
  { value: 0x0e, name: "WBINVD_REQUIRED", source: VIRTEE },
  { value: 0x0f, name: "DFFLUSH_REQUIRED", source: VIRTEE },
  { value: 0x10, name: "INVALID_GUEST", source: VIRTEE },
  { value: 0x11, name: "INVALID_COMMAND", source: VIRTEE },
  { value: 0x12, name: "ACTIVE", source: VIRTEE },
  { value: 0x13, name: "HWERROR_PLATFORM", source: VIRTEE },
  { value: 0x14, name: "HWERROR_UNSAFE", source: VIRTEE },
  { value: 0x15, name: "UNSUPPORTED", source: VIRTEE },
  { value: 0x16, name: "INVALID_PARAM", source: VIRTEE },
  { value: 0x17, name: "RESOURCE_LIMIT", source: VIRTEE },
  { value: 0x18, name: "SECURE_DATA_INVALID", source: VIRTEE },
  { value: 0x19, name: "INVALID_PAGE_SIZE", source: VIRTEE },
  { value: 0x1a, name: "INVALID_PAGE_STATE", source: VIRTEE },
  { value: 0x1b, name: "INVALID_MDATA_ENTRY", source: VIRTEE },
  { value: 0x1c, name: "INVALID_PAGE_OWNER", source: VIRTEE },
  { value: 0x1d, name: "AEAD_OFLOW", source: VIRTEE },
  { value: 0x1f, name: "RING_BUFFER_EXITED", source: VIRTEE },
  { value: 0x20, name: "RMP_INIT_REQUIRED", source: VIRTEE },
  { value: 0x21, name: "BAD_SVN", source: VIRTEE },
  { value: 0x22, name: "BAD_VERSION", source: VIRTEE },
  { value: 0x23, name: "SHUTDOWN_REQUIRED", source: VIRTEE },
  { value: 0x24, name: "UPDATE_FAILED", source: VIRTEE },
  { value: 0x25, name: "RESTORE_REQUIRED", source: VIRTEE },
  { value: 0x26, name: "RMP_INIT_FAILED", source: VIRTEE },
  { value: 0x27, name: "INVALID_KEY", source: VIRTEE },
];
