import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { utf8Chunks } from "../../../src/logFile/utf16";

const LOG =
  "[    0.000000] Linux version 6.12.77 (b@h) (gcc 14.2.0) #1 SMP\r\n[    0.544425] SEV: Status: SEV SEV-ES \r\n";

function littleEndian(text: string, hasMark: boolean): Uint8Array {
  return Buffer.from(`${hasMark ? "\ufeff" : ""}${text}`, "utf16le");
}

function bigEndian(text: string, hasMark: boolean): Uint8Array {
  return Buffer.from(littleEndian(text, hasMark)).swap16();
}

/** The bytes in chunks of a size, each in the same memory, which is overwritten afterwards. */
async function* inChunks(bytes: Uint8Array, size: number, fault = ""): AsyncGenerator<Uint8Array> {
  const memory = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    await Promise.resolve();
    const chunk = bytes.subarray(at, at + size);
    memory.set(chunk);
    yield memory.subarray(0, chunk.length);
    memory.fill(0xee);
  }
  if (fault !== "") throw new Error(fault);
}

async function read(bytes: Uint8Array, size = 1 << 16): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of utf8Chunks(inChunks(bytes, size))) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const ENCODINGS = [
  ["little endian with a mark", (text: string) => littleEndian(text, true)],
  ["little endian without a mark", (text: string) => littleEndian(text, false)],
  ["big endian with a mark", (text: string) => bigEndian(text, true)],
  ["big endian without a mark", (text: string) => bigEndian(text, false)],
] as const;

describe("a log in UTF-16", () => {
  for (const [name, encode] of ENCODINGS) {
    it(`is read as UTF-8, ${name}`, async () => {
      assert.equal((await read(encode(LOG))).toString(), LOG);
      assert.equal((await read(encode("0x887"))).toString(), "0x887");
    });

    it(`is read alike however it is cut, ${name}`, async () => {
      const text = `${LOG.repeat(20)}Größe 😀 \ufeff ende\n`;
      const bytes = encode(text);
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 1, max: 3000 }), async (size) => {
          assert.equal((await read(bytes, size)).toString(), text);
        }),
        { numRuns: 40 },
      );
    });
  }

  it("may have few characters beyond ASCII among its first, with a mark all of them", async () => {
    const text = `Größe: 14 Ω, ${LOG}`;
    assert.equal((await read(littleEndian(text, false))).toString(), text);
    assert.equal((await read(littleEndian("日本語のログ\n", true))).toString(), "日本語のログ\n");
  });

  it("may end in the middle of a character", async () => {
    const bytes = littleEndian(LOG, true);
    assert.equal((await read(bytes.subarray(0, -1))).toString(), `${LOG.slice(0, -1)}\ufffd`);
  });

  it("is given as far as it came before an error of the source, in its first bytes too", async () => {
    for (const [text, bytes, size] of [
      [LOG, littleEndian(LOG, false), 7],
      ["SEV", littleEndian("SEV", false), 1],
      [LOG, Buffer.from(LOG), 5],
    ] as const) {
      const chunks: Uint8Array[] = [];
      const reading = async () => {
        for await (const chunk of utf8Chunks(inChunks(bytes, size, "broken")))
          chunks.push(Buffer.from(chunk));
      };
      await assert.rejects(reading, /broken/u);
      assert.equal(Buffer.concat(chunks).toString(), text);
    }
  });
});

describe("bytes that are not UTF-16", () => {
  const utf32 = (text: string) =>
    Buffer.concat(Array.from(text, (one) => Buffer.from([one.charCodeAt(0), 0, 0, 0])));
  const others: readonly (readonly [string, Uint8Array])[] = [
    ["nothing", new Uint8Array()],
    ["one byte", Buffer.from("7")],
    ["one character and a NUL", Buffer.from("7\0")],
    ["UTF-8", Buffer.from(LOG)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${LOG}`)],
    ["UTF-8 after a NUL", Buffer.from(`\0${LOG}`)],
    ["UTF-8 after a character and a NUL", Buffer.from(`S\0${LOG}`)],
    ["UTF-8 with a NUL after each word", Buffer.from(LOG.replaceAll(" ", "\0"))],
    ["an ELF file", Buffer.concat([Buffer.from("\u007fELF\u0002\u0001"), Buffer.alloc(3000)])],
    ["a character in many NULs", Buffer.concat([Buffer.from("A\0"), Buffer.alloc(3000)])],
    [
      "small numbers of 16 bits",
      Buffer.from(Uint16Array.from({ length: 999 }, (_, n) => n).buffer),
    ],
    ["numbers of 32 bits", Buffer.from(Uint32Array.from({ length: 99 }, (_, n) => n + 65).buffer)],
    ["UTF-32", utf32(LOG)],
    ["UTF-32 with a mark", Buffer.concat([Buffer.from([0xff, 0xfe, 0, 0]), utf32(LOG)])],
    ["a character, a NUL and random bytes", Buffer.concat([Buffer.from("A\0"), randomBytes(3000)])],
  ];
  for (const [name, bytes] of others) {
    it(`stay as they are: ${name}`, async () => {
      for (const size of [1, 2, 3, 512, 1 << 16])
        assert.equal((await read(bytes, size)).equals(bytes), true, String(size));
    });
  }

  it("are given in the memory that they came in, not copied", async () => {
    const chunks = [Buffer.from(LOG), Buffer.from(LOG)];
    async function* source(): AsyncGenerator<Uint8Array> {
      await Promise.resolve();
      yield* chunks;
    }
    const given: Uint8Array[] = [];
    for await (const chunk of utf8Chunks(source())) given.push(chunk);
    assert.ok(given.length === 2 && given.every((chunk, at) => chunk === chunks[at]));
  });
});
