"""Executes the SEV-SNP feature check of an unmodified bzImage in an instruction emulator (Debian's python3-unicorn).

emulate.py VMLINUZ STATUS:VERSION[:dirty] ...   prints the banner, then one line of JSON for each run.

The image is entered at its 64-bit entry point as a boot loader does it, with real page tables and boot_params. CPUID
8000_001Fh, the MSRs SEV_STATUS and GHCB, VMGEXIT, PVALIDATE and RMPADJUST are answered here; everything else is the
kernel's own code. STATUS is what SEV_STATUS holds, VERSION the newest GHCB version that is offered. With `dirty` the
memory behind the image is not zero when the kernel is entered. A run ends at the request for termination, or when the
relocated copy first reads the compressed kernel: then the check has passed.
"""

import ctypes
import json
import re
import struct
import sys

from unicorn import UC_ARCH_X86, UC_HOOK_CODE, UC_HOOK_INSN, UC_HOOK_MEM_READ, UC_MODE_64, UC_PROT_ALL, Uc, UcError
from unicorn.x86_const import *

RAM = 256 << 20
LOAD = 0x1000000
PAGE_TABLES = 0x8000
BOOT_PARAMS = 0x10000
COMMAND_LINE = 0x12000
STACK = 0x80000
# The emulated processor has 40 bits of physical address; the memory is there with and without the C-bit.
C_BIT = 38
SEV_STATUS, GHCB = 0xC0010131, 0xC0010130
HYPERVISOR_FEATURES = 1
TERMINATION_EVENT = 0x8000FFFE
ENDS_AFTER_US = 120_000_000

# rdmsr, wrmsr, vmgexit, pvalidate, rmpadjust, rdrand (which the emulated processor does not have)
INSTRUCTIONS = re.compile(
    rb"\x0f\x32|\x0f\x30|\xf3\x0f\x01\xd9|\xf2\x0f\x01\xff|\xf3\x0f\x01\xfe|[\x48\x49]\x0f\xc7[\xf0-\xf7]",
    re.DOTALL,
)
REGISTERS = ("RAX", "RCX", "RDX", "RBX", "RSP", "RBP", "RSI", "RDI", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15")
RANDOM = 0x5EED5EED5EED5EED
CARRY = 1
# sub $rva(_end), %ebx; add %rbp, %rbx: where the decompressor moves itself
END_OF_IMAGE = re.compile(rb"\x81\xeb(....)(?:\x48\x01\xeb|\x48\x03\xdd)", re.DOTALL)


class Image:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.file = file.read()
        if self.file[0x202:0x206] != b"HdrS":
            raise SystemExit(f"{path} is no bzImage")
        start = ((self.file[0x1F1] or 4) + 1) * 512
        # What follows in the file is its signature.
        self.code = self.file[start : start + 16 * struct.unpack_from("<I", self.file, 0x1F4)[0]]
        self.payload, self.payload_length = struct.unpack_from("<II", self.file, 0x248)
        self.memory = struct.unpack_from("<I", self.file, 0x260)[0]
        start = struct.unpack_from("<H", self.file, 0x20E)[0] + 0x200
        self.banner = self.file[start : self.file.index(b"\0", start)].decode()
        found = END_OF_IMAGE.search(self.code, 0x200)
        if found is None:
            raise SystemExit(f"{path}: the code that moves the decompressor was not found")
        self.end = struct.unpack("<I", found[1])[0]
        self.moved_to = LOAD + self.memory - self.end


class Run:
    def __init__(self, image, status, version, is_dirty):
        self.image, self.status, self.version = image, status, version
        self.msr = 0
        self.result = None
        # Two views of one memory: the C-bit is part of the address.
        self.ram = (ctypes.c_char * RAM)()
        self.uc = uc = Uc(UC_ARCH_X86, UC_MODE_64)
        for base in (0, 1 << C_BIT):
            uc.mem_map_ptr(base, RAM, UC_PROT_ALL, ctypes.addressof(self.ram))
        end = LOAD + len(image.code)
        if is_dirty:
            ctypes.memset(ctypes.addressof(self.ram) + end, 0xA5, LOAD + image.end - end)
        self.write(LOAD, image.code)
        self.write(BOOT_PARAMS, self.boot_params())
        self.write(COMMAND_LINE, b"nokaslr\0")
        self.page_tables()
        uc.hook_add(UC_HOOK_INSN, self.cpuid, None, 1, 0, UC_X86_INS_CPUID)
        behind = image.payload + image.payload_length
        for found in INSTRUCTIONS.finditer(image.code):
            if image.payload <= found.start() < behind:
                continue
            for base in (LOAD, image.moved_to):
                at = base + found.start()
                uc.hook_add(UC_HOOK_CODE, self.instruction, found[0], at, at)
        payload = image.moved_to + image.payload
        uc.hook_add(UC_HOOK_MEM_READ, self.payload_read, None, payload, payload + 4096)

    def write(self, at, data):
        ctypes.memmove(ctypes.addressof(self.ram) + at, data, len(data))

    def boot_params(self):
        page = bytearray(4096)
        header_end = 0x202 + self.image.file[0x201]
        page[0x1F1:header_end] = self.image.file[0x1F1:header_end]
        page[0x210] = 0xFF
        struct.pack_into("<I", page, 0x228, COMMAND_LINE)
        page[0x1E8] = 2
        struct.pack_into("<QQI", page, 0x2D0, 0, 0x9FC00, 1)
        struct.pack_into("<QQI", page, 0x2D0 + 20, 0x100000, RAM - 0x100000, 1)
        return bytes(page)

    def page_tables(self):
        pml4, pdpt = PAGE_TABLES, PAGE_TABLES + 0x1000
        self.write(pml4, struct.pack("<Q", pdpt | 3))
        for gigabyte in range(4):
            directory = PAGE_TABLES + 0x2000 + 0x1000 * gigabyte
            self.write(pdpt + 8 * gigabyte, struct.pack("<Q", directory | 3))
            entries = [(gigabyte << 30) + (page << 21) | 0x83 for page in range(512)]
            self.write(directory, struct.pack("<512Q", *entries))
        uc = self.uc
        uc.reg_write(UC_X86_REG_CR4, uc.reg_read(UC_X86_REG_CR4) | 1 << 5)
        uc.reg_write(UC_X86_REG_CR3, pml4)
        uc.reg_write(UC_X86_REG_CR0, uc.reg_read(UC_X86_REG_CR0) | 1 << 31 | 1)

    def cpuid(self, uc, _):
        leaf = uc.reg_read(UC_X86_REG_EAX)
        answers = {
            0x80000000: (0x80000021, 0, 0, 0),
            0x8000001F: (0b11011, C_BIT, 0, 0),
        }
        if leaf not in answers:
            return 0
        registers = (UC_X86_REG_RAX, UC_X86_REG_RBX, UC_X86_REG_RCX, UC_X86_REG_RDX)
        for register, value in zip(registers, answers[leaf]):
            uc.reg_write(register, value)
        return 1

    def instruction(self, uc, address, size, code):
        if code == b"\x0f\x32":
            number = uc.reg_read(UC_X86_REG_ECX)
            if number not in (SEV_STATUS, GHCB):
                return
            value = self.status if number == SEV_STATUS else self.msr
            uc.reg_write(UC_X86_REG_RAX, value & 0xFFFFFFFF)
            uc.reg_write(UC_X86_REG_RDX, value >> 32)
        elif code == b"\x0f\x30":
            if uc.reg_read(UC_X86_REG_ECX) != GHCB:
                return
            self.msr = uc.reg_read(UC_X86_REG_EDX) << 32 | uc.reg_read(UC_X86_REG_EAX)
        elif code == b"\xf3\x0f\x01\xd9":
            if self.vmgexit():
                uc.emu_stop()
                return
        elif code[1:3] == b"\x0f\xc7":
            name = REGISTERS[(code[3] & 7) + (8 if code[0] & 1 else 0)]
            uc.reg_write(globals()[f"UC_X86_REG_{name}"], RANDOM)
            uc.reg_write(UC_X86_REG_EFLAGS, uc.reg_read(UC_X86_REG_EFLAGS) | CARRY)
        else:
            # PVALIDATE and RMPADJUST succeed.
            uc.reg_write(UC_X86_REG_RAX, 0)
            uc.reg_write(UC_X86_REG_EFLAGS, uc.reg_read(UC_X86_REG_EFLAGS) & ~CARRY)
        uc.reg_write(UC_X86_REG_RIP, address + len(code))

    def vmgexit(self):
        """Answers the request; whether it ends the guest."""
        request = self.msr & 0xFFF
        if request == 0x100:
            self.result = {"outcome": "terminates", "how": "ghcb-msr", "ghcbMsr": hex(self.msr)}
            return True
        answers = {
            0x002: 0x001 | C_BIT << 24 | 1 << 32 | self.version << 48,
            0x080: 0x081 | HYPERVISOR_FEATURES << 12,
            0x012: 0x013 | self.msr & ~0xFFF,
            0x014: 0x015,
        }
        if request in answers:
            self.msr = answers[request]
            return False
        code, info1, info2 = (
            struct.unpack_from("<Q", self.ram, self.msr + field)[0] for field in (0x390, 0x398, 0x3A0)
        )
        if request != 0 or code != TERMINATION_EVENT:
            self.result = {"outcome": "unknown", "how": f"VMGEXIT with MSR {self.msr:#x}, exit code {code:#x}"}
            return True
        self.result = {
            "outcome": "terminates",
            "how": "ghcb",
            **{"exitCode": hex(code), "exitInfo1": hex(info1), "exitInfo2": hex(info2)},
        }
        return True

    def payload_read(self, uc, access, address, size, value, _):
        # Moving itself, the decompressor reads the payload where it was loaded; here it is decompressed.
        self.result = self.result or {"outcome": "boots"}
        uc.emu_stop()

    def run(self):
        uc = self.uc
        uc.reg_write(UC_X86_REG_RSI, BOOT_PARAMS)
        uc.reg_write(UC_X86_REG_RSP, STACK)
        try:
            uc.emu_start(LOAD + 0x200, 0, timeout=ENDS_AFTER_US)
        except UcError as error:
            at = uc.reg_read(UC_X86_REG_RIP)
            self.result = self.result or {"outcome": "unknown", "how": f"{error} at {at:#x}"}
        return self.result or {"outcome": "unknown", "how": f"no end, at {uc.reg_read(UC_X86_REG_RIP):#x}"}


def main(path, *runs):
    image = Image(path)
    print(json.dumps({"banner": image.banner}), flush=True)
    for text in runs:
        status, version, *words = text.split(":")
        run = Run(image, int(status, 16), int(version), "dirty" in words)
        asked = {"boot": "decompressor", "sevStatus": status, "ghcbVersion": int(version)}
        print(json.dumps({**asked, **({"dirty": True} if words else {}), **run.run()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
