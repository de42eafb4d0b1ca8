"""Executes the SEV-SNP feature checks of an unmodified bzImage in an instruction emulator (Debian's python3-unicorn).

emulate.py VMLINUZ PATH:STATUS:VERSION[:dirty] ...   prints the banner, then one line of JSON for each run.

PATH is `decompressor` or `efi-stub`. On the first the image is entered at its 64-bit entry point as a boot loader does
it, with real page tables and boot_params; on the second as a program of a small UEFI firmware, which is in firmware.py.
CPUID 8000_001Fh, the MSRs SEV_STATUS and GHCB, VMGEXIT, PVALIDATE and RMPADJUST are answered here; everything else is
the kernel's own code. STATUS is what SEV_STATUS holds, VERSION the newest GHCB version that is offered. With `dirty` the
memory behind the image is not zero when the kernel is entered. A run ends at the request for termination, when the EFI
stub goes back to the firmware, or when the checks have passed: the relocated copy of the decompressor, or a stub that
was offered GHCB version 2, first reads the compressed kernel, or the kernel itself is entered.
"""

import ctypes
import json
import re
import struct
import sys

from unicorn import UC_ARCH_X86, UC_HOOK_CODE, UC_HOOK_INSN, UC_HOOK_INTR, UC_HOOK_MEM_READ, UC_MODE_64, UC_PROT_ALL, Uc, UcError
from unicorn.x86_const import *

from firmware import Firmware

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
# Only a run that never ends takes as long, on a busy machine too: the longest needs half a minute of processor time. The
# emulator cannot go on where it was stopped.
ENDS_AFTER_US = 900_000_000

# rdmsr, wrmsr, vmgexit, pvalidate, rmpadjust, rdrand (which the emulated processor does not have)
INSTRUCTIONS = re.compile(
    rb"\x0f\x32|\x0f\x30|\xf3\x0f\x01\xd9|\xf2\x0f\x01\xff|\xf3\x0f\x01\xfe|[\x48\x49]\x0f\xc7[\xf0-\xf7]",
    re.DOTALL,
)
REGISTERS = ("RAX", "RCX", "RDX", "RBX", "RSP", "RBP", "RSI", "RDI", "R8", "R9", "R10", "R11", "R12", "R13", "R14", "R15")
RANDOM = 0x5EED5EED5EED5EED
CARRY = 1
REP_MOVSQ = b"\xf3\x48\xa5"
PAGE_FAULT = 14
# sub $rva(_end), %ebx; add %rbp, %rbx: where the decompressor moves itself
END_OF_IMAGE = re.compile(rb"\x81\xeb(....)(?:\x48\x01\xeb|\x48\x03\xdd)", re.DOTALL)


class Image:
    def __init__(self, path):
        with open(path, "rb") as file:
            self.file = file.read()
        if self.file[0x202:0x206] != b"HdrS":
            raise SystemExit(f"{path} is no bzImage")
        self.setup = start = ((self.file[0x1F1] or 4) + 1) * 512
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


class Machine:
    """A processor of an SEV guest, its memory and its host. Whoever uses it loads a program and starts it."""

    def __init__(self, image, status, version):
        self.image, self.status, self.version = image, status, version
        self.msr = 0
        self.result = None
        # Two views of one memory: the C-bit is part of the address.
        self.ram = (ctypes.c_char * RAM)()
        self.uc = uc = Uc(UC_ARCH_X86, UC_MODE_64)
        for base in (0, 1 << C_BIT):
            uc.mem_map_ptr(base, RAM, UC_PROT_ALL, ctypes.addressof(self.ram))
        self.page_tables()
        uc.hook_add(UC_HOOK_INSN, self.cpuid, None, 1, 0, UC_X86_INS_CPUID)
        uc.hook_add(UC_HOOK_INTR, lambda *given: self.exception(*given))

    def write(self, at, data):
        ctypes.memmove(ctypes.addressof(self.ram) + at, data, len(data))

    def read(self, at, size):
        return ctypes.string_at(ctypes.addressof(self.ram) + at, size)

    def answer_instructions(self, *bases):
        """Answers what the emulator cannot, in each copy of the decompressor; they begin at `bases`."""
        image = self.image
        behind = image.payload + image.payload_length
        for found in INSTRUCTIONS.finditer(image.code):
            if image.payload <= found.start() < behind:
                continue
            for base in bases:
                at = base + found.start()
                self.uc.hook_add(UC_HOOK_CODE, self.instruction, found[0], at, at)

    def ends_at_payload_of(self, moved_to):
        # Moving itself, the decompressor reads the payload where it was loaded; here it is decompressed.
        payload = moved_to + self.image.payload
        self.uc.hook_add(UC_HOOK_MEM_READ, lambda *_: self.end({"outcome": "boots"}), None, payload, payload + 4096)

    def end(self, result):
        self.result = self.result or result
        self.uc.emu_stop()

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

    def exception(self, uc, number, _):
        """Enters the kernel's own handler of page faults, with which old decompressors map memory; no other comes."""
        at = uc.reg_read(UC_X86_REG_RIP)
        _, table, limit, _ = uc.reg_read(UC_X86_REG_IDTR)
        if number != PAGE_FAULT or limit < 16 * PAGE_FAULT + 15:
            self.end({"outcome": "unknown", "how": f"exception {number} at {at:#x}"})
            return
        low, selector, _, middle, high = struct.unpack_from("<HHHHI", self.ram, table + 16 * PAGE_FAULT)
        stack = uc.reg_read(UC_X86_REG_RSP)
        frame = (0, at, *(uc.reg_read(one) for one in (UC_X86_REG_CS, UC_X86_REG_EFLAGS)), stack, uc.reg_read(UC_X86_REG_SS))
        stack = (stack & ~15) - 8 * len(frame)
        self.write(stack, struct.pack(f"<{len(frame)}Q", *frame))
        uc.reg_write(UC_X86_REG_RSP, stack)
        uc.reg_write(UC_X86_REG_CS, selector)
        uc.reg_write(UC_X86_REG_RIP, low | middle << 16 | high << 32)

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

    def run_from(self, at):
        try:
            self.uc.emu_start(at, 0, timeout=ENDS_AFTER_US)
        except UcError as error:
            return self.result or {"outcome": "unknown", "how": f"{error} at {self.uc.reg_read(UC_X86_REG_RIP):#x}"}
        return self.result or {"outcome": "unknown", "how": f"no end, at {self.uc.reg_read(UC_X86_REG_RIP):#x}"}


class Decompressor(Machine):
    """The image as a boot loader without UEFI enters it."""

    def __init__(self, image, status, version, is_dirty):
        super().__init__(image, status, version)
        end = LOAD + len(image.code)
        if is_dirty:
            ctypes.memset(ctypes.addressof(self.ram) + end, 0xA5, LOAD + image.end - end)
        self.write(LOAD, image.code)
        self.write(BOOT_PARAMS, self.boot_params())
        self.write(COMMAND_LINE, b"nokaslr\0")
        self.answer_instructions(LOAD, image.moved_to)
        self.ends_at_payload_of(image.moved_to)

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

    def run(self):
        self.uc.reg_write(UC_X86_REG_RSI, BOOT_PARAMS)
        self.uc.reg_write(UC_X86_REG_RSP, STACK)
        return self.run_from(LOAD + 0x200)


class EfiStub(Machine):
    """The image as a program that UEFI starts."""

    def __init__(self, image, status, version):
        super().__init__(image, status, version)
        self.firmware = Firmware(self, LOAD, image.file)
        payload = LOAD + image.setup + image.payload
        self.hook = self.uc.hook_add(UC_HOOK_MEM_READ, self.payload_read, None, payload, payload + 4096)
        copies = [LOAD + image.setup]
        # An older stub only starts the decompressor, which moves itself within the image.
        if self.firmware.size >= image.memory:
            copies.append(image.moved_to)
            self.ends_at_payload_of(image.moved_to)
        self.answer_instructions(*copies)

    def payload_read(self, uc, *_):
        if self.read(uc.reg_read(UC_X86_REG_RIP), 3) == REP_MOVSQ:
            return  # It is only moved.
        # The hook slows every access to memory, and the decompression has millions of them.
        uc.hook_del(self.hook)
        # Offered an older version, the kernel may still ask for its end when it is decompressed.
        if self.version >= 2:
            self.end({"outcome": "boots"})

    def run(self):
        return self.run_from(self.firmware.start())


def main(path, *runs):
    image = Image(path)
    print(json.dumps({"banner": image.banner}), flush=True)
    for text in runs:
        boot, status, version, *words = text.split(":")
        about = (image, int(status, 16), int(version))
        run = Decompressor(*about, "dirty" in words) if boot == "decompressor" else EfiStub(*about)
        asked = {"boot": boot, "sevStatus": status, "ghcbVersion": int(version)}
        print(json.dumps({**asked, **({"dirty": True} if words else {}), **run.run()}), flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
