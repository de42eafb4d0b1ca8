"""A UEFI firmware that has only what Linux' EFI stub needs to get as far as its kernel.

UEFI specification 2.10: tables and services in chapters 4, 7 and 8, the console in 12.4, a loaded image in 9.1.
"""

import struct

from unicorn import UC_HOOK_CODE
from unicorn.x86_const import *

PAGE = 4096
SYSTEM_TABLE, BOOT_TABLE, RUNTIME_TABLE, CONSOLE_TABLE = 0x100000, 0x100400, 0x100800, 0x100C00
LOADED_IMAGE, OPTIONS, NO_CONFIGURATION = 0x101000, 0x101400, 0x101800
SERVICES, RETURN, HANDLE = 0x110000, 0x118000, 0x119000
POOL, POOL_END = 0x200000, 0x400000
STACK_TOP = 0x480000
FREE, FREE_END = 0x800000, 256 << 20

SUCCESS = 0
ERROR = 1 << 63
UNSUPPORTED, BUFFER_TOO_SMALL, OUT_OF_RESOURCES, NOT_FOUND = (ERROR | code for code in (3, 5, 9, 14))
LOADED_IMAGE_PROTOCOL = bytes.fromhex("a1311b5b6295d2118e3f00a0c969723b")
LOADER_DATA, CONVENTIONAL = 2, 7
DESCRIPTOR = 48
ANY, BELOW, AT = range(3)

# The services by their places in the tables; those that are not here are unsupported.
BOOT_SERVICES = {
    **{2: "allocate_pages", 3: "free_pages", 4: "get_memory_map", 5: "allocate_pool", 6: "succeed"},
    **{16: "handle_protocol", 19: "find_nothing", 20: "find_nothing", 21: "succeed", 24: "exit", 26: "succeed"},
    **{28: "succeed", 29: "succeed", 36: "find_nothing", 37: "find_nothing"},
}
RUNTIME_SERVICES = {6: "find_nothing", 7: "find_nothing", 8: "succeed"}
CONSOLE = {1: "output_string"}


class Firmware:
    def __init__(self, machine, base, file):
        """Loads the PE file at `base`, a physical address."""
        self.machine, self.base, self.console, self.pool = machine, base, "", POOL
        header = struct.unpack_from("<I", file, 0x3C)[0]
        sections = struct.unpack_from("<H", file, header + 6)[0]
        first = header + 24 + struct.unpack_from("<H", file, header + 20)[0]
        self.entry = base + struct.unpack_from("<I", file, header + 24 + 16)[0]
        self.size, headers = struct.unpack_from("<II", file, header + 24 + 56)
        machine.write(base, file[:headers])
        for at in range(first, first + 40 * sections, 40):
            size, to, in_file, start = struct.unpack_from("<4I", file, at + 8)
            machine.write(base + to, file[start : start + min(size, in_file)])
        self.is_free = bytearray([0] * (FREE // PAGE) + [1] * ((FREE_END - FREE) // PAGE))
        self.set_free(base, self.size, False)
        self.services = []
        self.table(BOOT_TABLE, 24, BOOT_SERVICES, 44)
        self.table(RUNTIME_TABLE, 24, RUNTIME_SERVICES, 14)
        self.table(CONSOLE_TABLE, 0, CONSOLE, 10)
        consoles = (HANDLE, 0, HANDLE, CONSOLE_TABLE, HANDLE, CONSOLE_TABLE)
        system = struct.pack("<8sIIIIQQ", b"IBI SYST", 2 << 16 | 100, 120, 0, 0, 0, 0)
        machine.write(SYSTEM_TABLE, system + struct.pack("<10Q", *consoles, RUNTIME_TABLE, BOOT_TABLE, 0, NO_CONFIGURATION))
        options = "nokaslr\0".encode("utf-16-le")
        machine.write(OPTIONS, options)
        image = (0x1000, HANDLE, SYSTEM_TABLE, HANDLE, 0, 0, len(options), OPTIONS, base, self.size)
        machine.write(LOADED_IMAGE, struct.pack("<10Q", *image))
        machine.write(RETURN, b"\xc3")
        hook = machine.uc.hook_add
        hook(UC_HOOK_CODE, self.call, None, SERVICES, SERVICES + len(self.services) - 1)
        hook(UC_HOOK_CODE, self.returned, None, RETURN, RETURN)
        for start, end in ((FREE, base), (base + self.size, FREE_END)):
            hook(UC_HOOK_CODE, self.code_outside, None, start, end - 1)

    def table(self, at, header, services, count):
        for place in range(count):
            self.machine.write(at + header + 8 * place, struct.pack("<Q", SERVICES + len(self.services)))
            self.machine.write(SERVICES + len(self.services), b"\xc3")
            self.services.append(getattr(self, services.get(place, "refuse")))

    def start(self):
        """Makes ready for the image's entry; gives its address."""
        write = self.machine.uc.reg_write
        write(UC_X86_REG_RCX, HANDLE)
        write(UC_X86_REG_RDX, SYSTEM_TABLE)
        stack = STACK_TOP - 0x108
        self.machine.write(stack, struct.pack("<Q", RETURN))
        write(UC_X86_REG_RSP, stack)
        return self.entry

    def call(self, uc, address, *_):
        parameters = [uc.reg_read(one) for one in (UC_X86_REG_RCX, UC_X86_REG_RDX, UC_X86_REG_R8, UC_X86_REG_R9)]
        parameters.append(self.number(uc.reg_read(UC_X86_REG_RSP) + 0x28))
        uc.reg_write(UC_X86_REG_RAX, self.services[address - SERVICES](*parameters))

    def returned(self, uc, *_):
        self.leave(uc.reg_read(UC_X86_REG_RAX))

    def code_outside(self, *_):
        self.machine.end({"outcome": "boots"})

    def leave(self, status):
        lines = [line for line in self.console.replace("\r", "").split("\n") if "SEV" in line]
        self.machine.end({"outcome": "exits", "efiStatus": f"{status:#x}", "console": "\n".join(lines)})

    def number(self, at):
        return struct.unpack("<Q", self.machine.read(at, 8))[0]

    def put(self, at, number):
        if at != 0:
            self.machine.write(at, struct.pack("<Q", number))

    # The services. They get five parameters each, however many they have.

    def refuse(self, *_):
        return UNSUPPORTED

    def succeed(self, *_):
        return SUCCESS

    def find_nothing(self, *_):
        return NOT_FOUND

    def exit(self, handle, status, *_):
        self.leave(status)
        return SUCCESS

    def output_string(self, console, at, *_):
        text = self.machine.read(at, 2 * 1024).decode("utf-16-le", "replace")
        self.console += text[: text.index("\0")]
        return SUCCESS

    def handle_protocol(self, handle, protocol, to, *_):
        if self.machine.read(protocol, 16) != LOADED_IMAGE_PROTOCOL:
            return UNSUPPORTED
        self.put(to, LOADED_IMAGE)
        return SUCCESS

    def allocate_pool(self, kind, size, to, *_):
        if self.pool + size > POOL_END:
            return OUT_OF_RESOURCES
        self.put(to, self.pool)
        self.pool += size + 15 & ~15
        return SUCCESS

    def set_free(self, at, size, is_free):
        first, count = at // PAGE, -(-size // PAGE)
        self.is_free[first : first + count] = bytes([is_free]) * count

    def allocate_pages(self, how, kind, count, to, *_):
        wanted = self.number(to)
        if how == AT:
            first = wanted // PAGE
            if self.is_free[first : first + count] != b"\1" * count:
                return NOT_FOUND
        else:
            end = min(len(self.is_free), (wanted + 1) // PAGE) if how == BELOW else len(self.is_free)
            first = self.is_free.rfind(b"\1" * count, 0, end)
            if first < 0:
                return OUT_OF_RESOURCES
        self.set_free(first * PAGE, count * PAGE, False)
        self.put(to, first * PAGE)
        return SUCCESS

    def free_pages(self, at, count, *_):
        self.set_free(at, count * PAGE, True)
        return SUCCESS

    def get_memory_map(self, size, to, key, descriptor_size, version):
        runs = []
        for page, is_free in enumerate(self.is_free):
            if not runs or runs[-1][2] != is_free:
                runs.append([page, 0, is_free])
            runs[-1][1] += 1
        room = self.number(size)
        self.put(size, DESCRIPTOR * len(runs))
        self.put(descriptor_size, DESCRIPTOR)
        if room < DESCRIPTOR * len(runs):
            return BUFFER_TOO_SMALL
        for place, (first, count, is_free) in enumerate(runs):
            kind = CONVENTIONAL if is_free else LOADER_DATA
            row = struct.pack("<IIQQQQQ", kind, 0, first * PAGE, 0, count, 8, 0)
            self.machine.write(to + DESCRIPTOR * place, row)
        self.put(key, 1)
        if version != 0:
            self.machine.write(version, struct.pack("<I", 1))
        return SUCCESS
