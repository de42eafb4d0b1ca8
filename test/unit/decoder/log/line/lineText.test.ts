import assert from "node:assert/strict";
import { LineText } from "../../../../../src/decoder/log/line/lineText";

/** Where in the line as it stands a word is that was found in its cleaned text. */
function placed(line: string, word: string): string {
  const text = new LineText(line);
  const start = text.text.indexOf(word);
  assert.notEqual(start, -1, text.text);
  const { text: original } = text.place({ start, end: start + word.length }, 0);
  return original;
}

describe("the text of a line", () => {
  const cases: readonly [string, string, string, string][] = [
    ["nothing to clean", "SEV: 0x7", "SEV: 0x7", "0x7"],
    ["colours around a value", "SEV: \u001b[1m0x7\u001b[0m;", "SEV: 0x7;", "0x7"],
    ["a colour in a value", "SEV: 0x\u001b[1m7;", "SEV: 0x7;", "0x\u001b[1m7"],
    ["NULs and CRs", "\0\0SEV:\r 0\0x7\0", "SEV: 0x7", "0\0x7"],
    ["escaped quotes", 'a=\\"SEV: 0x7\\"', 'a="SEV: 0x7"', "0x7"],
    ["quotes escaped twice", 'a=\\\\\\"SEV: 0x7\\\\\\"', 'a="SEV: 0x7"', "0x7"],
    ["an escaped colour", "SEV: \\u001b[31m0x7\\u001B[0m", "SEV: 0x7", "0x7"],
    ["escaped ends of lines", "one\\nSEV: 0x7\\r\\n", "one SEV: 0x7  ", "0x7"],
    ["backslashes that escape nothing", "\\_SB_\\SEV: 0x7\\", "\\_SB_\\SEV: 0x7\\", "0x7"],
    ["an escape for each unit", "\\/\\/0x7\\/", "//0x7/", "0x7"],
  ];
  for (const [title, line, text, value] of cases) {
    it(`is cleaned, and leads back to the line: ${title}`, () => {
      assert.equal(new LineText(line).text, text);
      assert.equal(placed(line, "0x7"), value);
    });
  }

  it("leads back to the whole of an escape of which a character is left", () => {
    assert.equal(placed('a \\"b\\" c', 'a "'), 'a \\"');
    assert.equal(placed('a \\"b\\" c', '" c'), '\\" c');
  });
});

describe("the message of a line", () => {
  const prefixes: readonly [string, string][] = [
    ["a kernel", "[    1.234567] "],
    ["a kernel that marks its callers", "[    1.234567] [   T12] "],
    ["a serial console with levels", "<7>[    1.234567] "],
    ["dmesg -T", "[Thu Nov  6 10:56:59 2026] [   T12] "],
    ["dmesg -x", "kern  :debug : [    1.234567] "],
    ["dmesg -x, a program's", "daemon:notice: [    1.234567] "],
    ["dmesg -H", "[Nov26 10:56] "],
    ["dmesg -H, within a minute", "[  +0.000012] "],
    ["dmesg -d", "[    1.234567 <    0.000012>] "],
    ["dmesg --time-format=iso", "2026-11-26T10:56:59,123456+00:00 "],
    ["syslog", "Nov 26 10:56:59 host kernel: "],
    ["journalctl -o short-precise", "Nov 26 10:56:59.123456 host kernel: "],
    ["journalctl -o short-iso", "2026-11-26T10:56:59+0000 host kernel: "],
    ["journalctl -o short-iso-precise", "2026-11-26T10:56:59.123456+00:00 host.example kernel: "],
    ["journalctl -o short-full", "Thu 2026-11-26 10:56:59 UTC host kernel: "],
    ["journalctl -o short-monotonic", "[    1.234567] host kernel: "],
    ["journalctl -o short-monotonic, a program's", "[    1.234567] host agent[12]: "],
    ["journalctl -o short-unix", "1764154619.123456 host kernel: "],
    ["Kubernetes", "2026-01-01T00:00:00.000000000Z stdout F "],
    ["Kubernetes, of a guest", "2026-01-01T00:00:00.0Z stderr F [    1.234567] "],
    ["QEMU", "2026-12-06T09:14:26.679347Z "],
    ["libvirt", "2026-12-06 09:14:26.679+0000: "],
    ["mails", "> > [    1.234567] "],
  ];
  for (const [who, prefix] of prefixes) {
    it(`begins after what ${who} puts before it`, () => {
      assert.equal(new LineText(`${prefix}29 00`).body, "29 00");
      assert.equal(new LineText(`${prefix}SEV SEV-ES `).body, "SEV SEV-ES ");
    });
  }

  const kata = 'level=debug msg="reading guest console" vmconsole="[    0.5] SEV SEV-ES "';
  const consoles: readonly [string, string][] = [
    ["kata", kata],
    ["kata in JSON", JSON.stringify({ MESSAGE: kata, PRIORITY: "6" })],
    ["kata in JSON, the last field", JSON.stringify({ MESSAGE: kata })],
  ];
  for (const [who, line] of consoles) {
    it(`is the guest's own in a line of ${who}`, () => {
      const text = new LineText(line);
      assert.equal(text.body, "SEV SEV-ES ");
      assert.equal(text.text.slice(text.bodyStart).startsWith("SEV SEV-ES "), true);
    });
  }

  const others = [
    // Neither a host's name nor a program's.
    "kvm: SEV SEV-ES",
    "other:debug : SEV",
    "[Thu] SEV",
    "[host kernel] SEV",
    "SEV SEV-ES vmconsole=x",
    "2026-01-01 SEV",
    "12.5 host kernel: SEV",
  ];
  for (const line of others) {
    it(`is all of: ${line}`, () => {
      assert.equal(new LineText(line).body, line);
    });
  }

  it("keeps a program's name that a kernel prints, and the words after a date", () => {
    assert.equal(new LineText("[    1.234567] kvm amd: SEV").body, "kvm amd: SEV");
    assert.equal(new LineText("2026-12-06 09:14:26 SEV SEV-ES").body, "SEV SEV-ES");
    assert.equal(new LineText("2026-01-01T00:00:00.0Z stdout P 29 00").body, "stdout P 29 00");
  });
});
