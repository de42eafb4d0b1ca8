// What a test run says to the run that started it, through nothing but text, the same from every host.

/** @typedef {{ readonly passed: number, readonly failed: number }} Counts */

const MARK = "sev-status-test: ";
const COUNTS = /sev-status-test: (\d+) passed, (\d+) failed/;

/**
 * Marks text as said by the tests: an extension host prints much else on the same console.
 * @param {string} text
 */
export function spoken(text) {
  return MARK + text;
}

/**
 * @param {string} printed
 * @returns {string | null} what the tests said, null where something else printed it
 */
export function saidByTests(printed) {
  const start = printed.indexOf(MARK);
  return start < 0 ? null : printed.slice(start + MARK.length);
}

/**
 * @param {Counts} counts
 * @returns {string}
 */
export function countsLine({ passed, failed }) {
  return spoken(`${passed} passed, ${failed} failed`);
}

/**
 * @param {string} printed
 * @returns {Counts | null} null where the text does not tell them
 */
export function countsIn(printed) {
  const match = COUNTS.exec(printed);
  return match === null ? null : { passed: Number(match[1]), failed: Number(match[2]) };
}
