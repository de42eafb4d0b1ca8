import type { FormatTexts } from "./formatTexts";

export const FIRMWARE_TEXTS: FormatTexts = {
  "ccp: failed start of the firmware": {
    examples: [
      "[    4.364896] ccp 0000:47:00.1: SEV: failed to INIT error 0x1, rc -5",
      "[    9.501511] ccp 0000:49:00.1: SEV-SNP: failed to INIT rc -5, error 0x3",
      "[    9.501511] ccp 0000:49:00.1: SEV: failed to INIT error 0x14",
      "ccp 0000:49:00.1: SEV-SNP: SNP_INIT_EX failed rc -5, error 0x26",
      "ccp 0000:49:00.1: SEV-SNP: SNP_DF_FLUSH failed rc -5, error 0x3",
    ],
    says: [
      "guest-request-error 0x1",
      "guest-request-error 0x3",
      "guest-request-error 0x14",
      "guest-request-error 0x26",
      "guest-request-error 0x3",
    ],
    nearMisses: [
      "ccp 0000:47:00.1: SEV: failed to INIT error 0x0, rc -5",
      "ccp 0000:47:00.1: SEV: failed to INIT error 0xffffffff, rc -19",
      "ccp 0000:47:00.1: SEV: failed to INIT rc -5",
      "disk 0000:47:00.1: failed to INIT rc -5, error 0x3",
      '\tdev_err(sev->dev, "SEV-SNP: failed to INIT rc %d, error %#x\\n",',
    ],
  },
  "sev-tool: firmware status": {
    examples: ["Command Unsuccessful: 0x16", "Command Unsuccessful: 0x07"],
    says: ["guest-request-error 0x16", "guest-request-error 0x7"],
    nearMisses: [
      "Command Unsuccessful: 0x00",
      "Command Unsuccessful: 0x1600",
      "The Command Unsuccessful: 0x16",
      "Command Unsuccessful: 0x16 blocks were written",
      'printf("\\nCommand Unsuccessful: 0x%02x\\n", cmd_ret);',
    ],
  },
};
