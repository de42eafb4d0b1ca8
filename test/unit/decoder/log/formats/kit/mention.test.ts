import assert from "node:assert/strict";
import { isMention } from "../../../../../../src/decoder/log/formats/kit/mention";

const WORDS = "SEV-SNP: AP Destroy failed";

function mentions(line: string): boolean {
  const start = line.indexOf(WORDS);
  return isMention(line, { start, end: start + WORDS.length });
}

describe("words that are only spoken of", () => {
  for (const line of [
    `  DEBUG ((DEBUG_ERROR, "${WORDS}\\n"));`,
    `\t\tpr_err("${WORDS}");`,
    `      "${WORDS}\\n"`,
    `+\t\t"${WORDS}",`,
    `grep -q '${WORDS}' serial.log`,
    `grep --regexp="${WORDS}" serial.log`,
    `MESSAGE="${WORDS}"`,
    `const MESSAGE = "${WORDS}";`,
    `if "${WORDS}" in line:`,
    `- pattern: '${WORDS}'`,
    `look for \`${WORDS}\` in the log`,
    `prints \`\`${WORDS}\`\` and halts`,
    `prints “${WORDS}” and halts`,
    `// ${WORDS}`,
    ` * ${WORDS}`,
    `# ${WORDS}`,
    `abort (); /* ${WORDS} */`,
  ]) {
    it(`are: ${line}`, () => {
      assert.ok(mentions(line));
    });
  }

  for (const line of [
    WORDS,
    `[    1.204] ${WORDS}`,
    `Sep  3 10:00:01 host console[12]: it's "up" ${WORDS}`,
    `{"MESSAGE":"${WORDS}"}`,
    `{"PRIORITY": 3, "MESSAGE": "${WORDS} "}`,
    `{'message': '${WORDS}'}`,
    `level=info msg="reading guest console" vmconsole="[    1.204] ${WORDS}"`,
    `"2026-03-03","host","${WORDS}"`,
    `"[    1.204] ${WORDS}"`,
    `thread 'svsm' panicked at '${WORDS}', kernel/src/main.rs:1:2`,
    `the guest's console doesn't end: ${WORDS}`,
    `Error: "${WORDS}"`,
  ]) {
    it(`are not: ${line}`, () => {
      assert.ok(!mentions(line));
    });
  }
});
