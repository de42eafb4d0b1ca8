import { printedBy } from "./format";
import { readFirmwareStatus } from "./kit/matches";

/** What programs of the host print that talk to the secure processor's firmware. */
export const FIRMWARE_FORMATS = [
  ...printedBy("ccp", [
    /**
     * `ccp 0000:47:00.1: SEV: failed to INIT error 0x1, rc -5`, `SEV-SNP: SNP_DF_FLUSH failed rc -5, error 0x3` — the
     * host's driver could not start the firmware. Source: Linux drivers/crypto/ccp/sev-dev.c.
     */
    {
      name: "failed start of the firmware",
      anchors: [" failed to INIT ", " failed rc "],
      pattern:
        /\bccp [\da-f:.]{4,20}: SEV(?:-SNP)?: (?:failed to INIT|SNP_INIT(?:_EX)? failed|SNP_DF_FLUSH failed) (?:rc -?\d{1,10}, )?error (?<value>0x[\da-f]{1,8})\b/gu,
      read: readFirmwareStatus(undefined, { isHostStart: true }),
    },
  ]),
  ...printedBy("sev-tool", [
    /** `Command Unsuccessful: 0x16` — the whole line. Source: AMDESE/sev-tool src/main.cpp. */
    {
      name: "firmware status",
      anchors: ["Command Unsuccessful: 0x"],
      pattern: /^\s{0,8}Command Unsuccessful: (?<value>0x[\da-f]{2})\s*$/gmu,
      read: readFirmwareStatus(),
    },
  ]),
];
