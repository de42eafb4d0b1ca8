import type { FormatTexts } from "../formatTexts";

export const MSR_TOOLS_RDMSR_TEXTS: FormatTexts = {
  "msr-tools: rdmsr": {
    examples: [
      "# rdmsr -p 0 0xc0010131\n87",
      "$ sudo rdmsr -c -0 0xC0010131\n0x0000000000000807",
      "# rdmsr -a 0xc0010131\nCPU 0: 7\nCPU 1: 7",
      "# rdmsr -d 0xc0010131\n2183",
      "# rdmsr -u -c 0xc0010131\n2183U",
      "# rdmsr -o 0xc0010131\n4207",
      "# rdmsr -X 0xc0010131\n103DF",
      "# rdmsr --processor=0 -f 63:0 0xc0010131 2>/dev/null\n7",
      "# rdmsr -a 0xc0010131 | sort | uniq\n87",
      "$ sudo modprobe msr && sudo rdmsr 0xc0010131\n87",
      // As a shell of today prints it on a serial console, and as a console that doubles the CRs does.
      "\u001b[?2004hroot@vm:~# rdmsr 0xc0010131\n\u001b[?2004l\n807",
      "# rdmsr -a 0xc0010131\n\n807\n\n807\n\n# ",
    ],
    says: [
      "sev-status 0x87",
      "sev-status 0x807",
      "sev-status 0x7, sev-status 0x7",
      "sev-status 0x887",
      "sev-status 0x887",
      "sev-status 0x887",
      "sev-status 0x103df",
      "sev-status 0x7",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x807",
      "sev-status 0x807, sev-status 0x807",
    ],
    nearMisses: [
      "87",
      "# rdmsr -f 7:0 0xc0010131\n87",
      "# rdmsr 0xc0010130\n87",
      "# rdmsr 0xc0010131 | bc\n87",
      "# rdmsr -a 0xc0010131 | uniq -c\n87",
      "SEV_STATUS=$(rdmsr -p 0 0xc0010131 2>/dev/null | bc)\n87",
      "# rdmsr 0xc0010131\n\n87",
      "# rdmsr 0xc0010131\n\n87\nnext",
      "# rdmsr 0xc0010131\n\n\n87\n",
      "# rdmsr 0xc0010131\n\u001b[1m\u001b[0m$ \n87",
      "# rdmsr 0xc0010131\n[    1.234567] 87",
      "# rdmsr 0xc0010131\n# rdmsr 0xc0010130\n87",
      "# rdmsr 0xc0010130; rdmsr 0xc0010131\n7\n87",
    ],
  },
  "linux: SEV_STATUS in sysfs": {
    examples: [
      "# cat /sys/devices/system/cpu/sev/sev_status\n7",
      "\u001b[?2004h# cat /sys/devices/system/cpu/sev/sev_status\n\u001b[?2004l\n7",
    ],
    says: ["sev-status 0x7", "sev-status 0x7"],
    nearMisses: [
      "# cat /sys/devices/system/cpu/sev/vmpl\n0",
      "# cat /sys/devices/system/cpu/sev/sev_status\n\n7",
      "# cat /sys/devices/system/cpu/sev/vmpl; cat /sys/devices/system/cpu/sev/sev_status\n0\n7",
      "# cat /sys/devices/system/cpu/sev/sev_status\n# cat /sys/devices/system/cpu/sev/vmpl\n0",
    ],
  },
  "linux: SEV_STATUS in sysfs, with its path": {
    examples: ["/sys/devices/system/cpu/sev/sev_status:7"],
    says: ["sev-status 0x7"],
    nearMisses: [
      "/sys/devices/system/cpu/sev/vmpl:0",
      "/sys/devices/system/cpu/sev/sev_status: 7 bytes copied",
    ],
  },
  "msr-tools: a tool's sentence on the MSR": {
    examples: ["Successfully read MSR 0xc0010131 on CPU 0: 0x7"],
    says: ["sev-status 0x7"],
    nearMisses: ["Successfully read MSR 0xc0010130 on CPU 0: 0x7"],
  },
  "msr-tools: msr_dump": {
    examples: ["SEV_STATUS, 0xC0010131, {'7'}", "SEV_STATUS, 0xC0010131, {'87', '7'}"],
    says: ["sev-status 0x7", "sev-status 0x87, sev-status 0x7"],
    nearMisses: ["SYSCFG, 0xC0010010, {'3fc0000'}"],
  },
};
