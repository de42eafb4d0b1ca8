import type { FormatTexts } from "../formatTexts";

export const MSR_TOOLS_MSR_DEVICE_TEXTS: FormatTexts = {
  "msr-tools: /dev/cpu/N/msr in bytes": {
    examples: [
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd\n1+0 records in\n00000000: 8700 0000 0000 0000                      ........",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010131)) iflag=skip_bytes | xxd -p\n8700000000000000",
      "# dd if=/dev/cpu/0/msr iflag=skip_bytes bs=8 count=1 skip=3221291313 | xxd -p\n8700000000000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313B | xxd -p\n8700000000000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | hexdump -C\n00000000  87 00 00 00 00 00 00 00                           |........|",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t x8\n1+0 records in\n1+0 records out\n8 bytes copied, 2.4e-05 s, 333 kB/s\n0000000 0000000000000087\n0000010",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes status=none | od -A x -tx8\n000000 0000000000000087\n000008",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes 2>/dev/null | od -An -t x8\n 0000000000000087",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010131)) iflag=skip_bytes status=none | od -t x1\n0000000 87 00 00 00 00 00 00 00\n0000010",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes status=none | od -tx1 -A n\n 87 00 00 00 00 00 00 00",
      // All that a terminal may show between the command and the output.
      "\u001b[?2004hvm$ modprobe msr; sudo dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n\u001b[?2004l\n[sudo] password for alice: \n1+0 records in\n1+0 records out\n8 bytes (8 B) copied, 2.4e-05 s, 333 kB/s\n8700000000000000",
      "$ dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n1+0 Datens\u00e4tze ein\n1+0 Datens\u00e4tze aus\n8 Bytes kopiert, 2,4e-05 s, 333 kB/s\n8700000000000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n[   12.345678] msr: a message of the kernel\n8700000000000000",
      "Nov 26 10:56:59 vm probe.sh[812]: + dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\nNov 26 10:56:59 vm kernel: [   12.345678] msr: a message of the kernel\nNov 26 10:56:59 vm probe.sh[812]: 1+0 records in\nNov 26 10:56:59 vm probe.sh[812]: 8700000000000000",
      // A command that failed, then the same again.
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\ndd: failed to open '/dev/cpu/0/msr': No such file or directory\n# modprobe msr\n# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd\n00000000: 8700 0000 0000 0000                      ........",
    ],
    says: [
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
      "sev-status 0x87",
    ],
    nearMisses: [
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 | xxd\n00000000: 8700 0000 0000 0000                      ........",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od\n0000000 000207 000000 000000 000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | xxd\n00000000: 8700 0000 0000 0000                      ........",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | od -t x8\n0000000 0000000000000087",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t d8\n0000000                  135",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -t x4\n0000000 00000087 00000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od --endian=big -t x8\n0000000 8700000000000000",
      // Two registers, or one of them twice.
      "# dd if=/dev/cpu/0/msr bs=8 count=2 skip=3221291313 iflag=skip_bytes | od -t x8\n0000000 0000000000000087 0000000000000087",
      // As `xxd -p` prints it, and no `od`: who made it says in which order the digits stand.
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | od -An -t x1\n8700000000000000",
      ...[
        "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 iflag=skip_bytes | xxd -p",
        "dd if=/dev/cpu/0/msr bs=8 count=1 skip=$((0xc0010130)) iflag=skip_bytes | xxd",
        "Nov 26 10:56:59 vm other[12]: dd if=/dev/cpu/0/msr bs=8 count=1 skip=16 of=value",
        "# xxd -p -s $MSR -l 8 /dev/cpu/0/msr",
        "# xxd -p -l 8 file",
        "root@vm:~# ",
        "\u001b[?2004hroot@vm:~# rdmsr -x0 0x10",
        "[root@vm ~]$ od -An -t x8 file",
        "\u276f xxd -p file",
        "> xxd -p file",
        "dd: error reading '/dev/cpu/0/msr': Input/output error",
        "dd: failed to open '/dev/cpu/0/msr': Permission denied",
        "dd: /dev/cpu/0/msr: No such device or address",
        "dd: invalid number: \u20183221291313\u2019",
        "sudo: a password is required",
        "bash: xxd: command not found",
        "0+0 records in",
        "0 bytes copied, 2.4e-05 s, 0.0 kB/s",
      ].map(
        (after) =>
          `# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n${after}\n8700000000000000`,
      ),
      // The first output is of another register.
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291312 iflag=skip_bytes | xxd -p; dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n0700000000000000\n8700000000000000",
      "# xxd -p -l 8 file; dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\n8700000000000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | md5sum; xxd -p -l 8 file | xxd -p\n8700000000000000",
      "# dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 skip=3221291312 iflag=skip_bytes | xxd -p\n8700000000000000",
      // The console of another guest.
      "Nov 26 10:56:59 vm qemu-a[812]: # dd if=/dev/cpu/0/msr bs=8 count=1 skip=3221291313 iflag=skip_bytes | xxd -p\nNov 26 10:56:59 vm qemu-b[813]: 8700000000000000",
    ],
  },
};
