/** What differs from run to run, and what it is called instead. The order counts: what is longer comes first. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, 'ID'],
  [/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME'],
  [/\b\d{4}-\d\d-\d\d\b/g, 'DATE'],
  [/\b[0-9a-f]{12,64}\b/g, 'DIGITS'],
  [/\b\d+(\.\d+)? (ms|s|min|h|d|days?|bytes)\b/g, 'SPAN'],
  [/\bgeneration \d+/g, 'generation N'],
  // A cluster that has come back may have its intermediate of the root already, or not yet.
  [/\bare revoked: \d+/g, 'are revoked: N'],
  [/\b\d+ files\b/g, 'N files'],
  [/\(and \d+ more\)/g, '(and N more)'],
  [/\bversion \d+\.\d+\.\d+/g, 'version V'],
  // The columns of a table are as wide as their widest cell.
  [/ {2,}/g, '  '],
  [/\s+$/g, ''],
];

/** A line without what differs from run to run. */
export function settle(line: string): string {
  return varying.reduce((text, [pattern, name]) => text.replaceAll(pattern, name), line);
}

/**
 * Compares what a page shows with what came. Lines follow each other as shown; a line `…` stands for any lines, and `…` within a
 * line for any text.
 * @returns the first line shown that did not come; undefined where all of it came
 */
export function findMissing(shown: readonly string[], came: readonly string[]): string | undefined {
  const lines = came.map(settle).filter((line) => line !== '');
  let [next, gap] = [0, true];
  for (const line of shown.map(settle).filter((each) => each !== '')) {
    if (line.trim() === '…') {
      gap = true;
      continue;
    }
    const pattern = patternOf(line);
    const found = gap ? lines.findIndex((each, index) => index >= next && pattern.test(each)) : next;
    const candidate = lines[found];
    if (candidate === undefined || !pattern.test(candidate)) return line;
    [next, gap] = [found + 1, false];
  }
  return undefined;
}

function patternOf(line: string): RegExp {
  const parts = line.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`);
}
