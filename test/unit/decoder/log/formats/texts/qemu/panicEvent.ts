import type { FormatTexts } from "../formatTexts";

const pretty = (type: string, members: readonly string[]) =>
  [
    "{",
    '    "timestamp": {',
    '        "seconds": 1794992066,',
    '        "microseconds": 679347',
    "    },",
    '    "event": "GUEST_PANICKED",',
    '    "data": {',
    '        "action": "pause",',
    '        "info": {',
    `            "type": "${type}",`,
    ...members.map((member) => `            ${member}`),
    "        }",
    "    }",
    "}",
  ].join("\n");

export const QEMU_PANIC_EVENT_TEXTS: FormatTexts = {
  "qemu: panic event of an SEV guest": {
    examples: [
      '{"timestamp": {"seconds": 1794992066, "microseconds": 679347}, "event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 11, "code": 237}}}',
      '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 0, "code": 2}}}',
      '{"data":{"action":"poweroff","info":{"code":1,"set":15,"type":"sev"}},"event":"GUEST_PANICKED"}',
      '2026-11-06 09:14:26.679+0000: 4711: info : qemuMonitorJSONIOProcessLine:210 : QEMU_MONITOR_RECV_EVENT: mon=0x7f5c event={"timestamp": {"seconds": 1794992066, "microseconds": 679347}, "event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 0, "code": 0}}}',
      `event GUEST_PANICKED at 1794992066.679347 for domain 'snp0': {"action":"pause","info":{"type":"sev","set":1,"code":3}}`,
      'level=debug msg="got QMP event" event="{GUEST_PANICKED map[action:pause info:map[code:237 set:11 type:sev]] 2026-11-06 09:14:26 +0000 UTC}" subsystem=qmp',
    ],
    says: [
      "termination untold -",
      "termination 0:2 -",
      "termination 15:1 -",
      "termination 0:0 -",
      "termination 1:3 -",
      "termination untold -",
    ],
    nearMisses: [
      '{"event": "GUEST_PANICKED", "data": {"action": "pause"}}',
      '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "tdx", "error-code": 2, "message": ""}}}',
      '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 16, "code": 2}}}',
      '{"event": "GUEST_PANICKED", "data": {"action": "pause", "info": {"type": "sev", "set": 0}}}',
      '{"event": "GUEST_CRASHLOADED", "data": {"action": "run", "info": {"type": "sev", "set": 0, "code": 2}}}',
      'level=debug msg="got QMP event" event="{GUEST_PANICKED map[action:pause info:map[type:hyper-v]]}"',
      "GUEST_PANICKED of the type sev has set and code",
    ],
  },
  "qemu: panic event of an SEV guest, a member a line": {
    examples: [
      pretty("sev", ['"set": 11,', '"code": 237']),
      pretty("sev", ['"set": 0,', '"code": 2']),
    ],
    says: ["termination untold -", "termination 0:2 -"],
    nearMisses: [
      pretty("tdx", ['"set": 0,', '"code": 2']),
      pretty("sev", ['"set": 0,', '"code": 256']),
      pretty("sev", ['"set": 0']),
      pretty("sev", ['"set": 0,', '"code": 2']).replace("GUEST_PANICKED", "GUEST_CRASHLOADED"),
    ],
  },
};
