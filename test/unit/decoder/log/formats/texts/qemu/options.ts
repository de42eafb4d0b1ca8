import type { FormatTexts } from "../formatTexts";

export const QEMU_OPTIONS_TEXTS: FormatTexts = {
  "qemu: SEV_FEATURES switched on in QEMU's object": {
    examples: [
      "qemu-system-x86_64 -object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1,secure-tsc=on,debug-swap=on -m 4G",
      '-object \'{"qom-type":"sev-snp-guest","id":"lsec0","cbitpos":51,"reduced-phys-bits":1,"policy":196608,"secure-tsc":true}\'',
      '{"id": "sev0", "debug-swap": true, "qom-type": "sev-snp-guest"}',
      "-object sev-snp-guest,id=sev0,debug-swap=on,secure-tsc=on,secure-tsc=off",
    ],
    says: ["sev-features 0x220", "sev-features 0x200", "sev-features 0x20", "sev-features 0x20"],
    nearMisses: [
      "-object sev-snp-guest,id=sev0,cbitpos=51,reduced-phys-bits=1",
      "-object sev-snp-guest,id=sev0,secure-tsc=off,debug-swap=off",
      "-object sev-snp-guest,id=sev0,secure-tsc=on,secure-tsc=off",
      '{"qom-type": "sev-snp-guest", "id": "sev0", "secure-tsc": false}',
      '{"qom-type": "memory-backend-ram", "secure-tsc": true}, {"qom-type": "sev-snp-guest"}',
      "-object sev-snp-guest,id=sev0,secure-tsc=on|off,debug-swap=on|off",
      "-object memory-backend-memfd,id=ram1,secure-tsc=on",
      "<launchSecurity type='sev-snp' authorKey='yes'><policy>0x30000</policy></launchSecurity>",
      "set secure-tsc=on for sev-snp-guest",
    ],
  },
};
