import { logKeys } from '@reroot/shared/log';
import { describe, expect, it } from 'vitest';
import { isForTests, readRepositoryFile, readSources } from './sources.ts';

const page = readRepositoryFile('docs/logs.md');
const sources = readSources('packages/*/src/**/*.ts').filter((source) => !isForTests(source));
/** Of every line that is written, with whatever stands before its sentence. */
const calls = sources.flatMap(({ path, text }) =>
  [...text.matchAll(/\blog\??\.(debug|info|warn|error)\(((?:[^()]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\))*)\)/g)].map(
    ([, level = '', given = '']) => ({ path, level, given }),
  ),
);
/** What pino, the tracer, or a child puts there. */
const putElsewhere = ['level', 'time', 'name', 'msg', 'traceId', 'spanId'];

describe('lines of the log', () => {
  it('are found', () => {
    expect(calls.length).toBeGreaterThan(80);
  });

  it('have a sentence that is the same each time', () => {
    expect(calls.filter(({ given }) => /`[^`]*`\s*,?\s*$/.test(given)).map(({ path, given }) => `${path}: ${given}`)).toEqual([]);
  });

  it('use every key that there is', () => {
    const texts = sources.filter(({ path }) => path !== 'packages/shared/src/log/keys.ts').map(({ text }) => text);
    const loggers = texts.filter((text) => text.includes('/log'));
    const unused = Object.keys(logKeys).filter((key) => !loggers.some((text) => new RegExp(`\\b${key}\\b`).test(text)));
    expect(unused.filter((key) => !putElsewhere.includes(key))).toEqual([]);
  });

  it('that docs/logs.md would have people alerted by are written, at the level that stands there', () => {
    const [, section = ''] = page.split('## What to be alerted by');
    const rows = [...section.matchAll(/^\| (?:mgmt|agent|both) \| (\w+) \| `([^`]+)` \|/gm)];
    expect(rows.length).toBeGreaterThan(10);
    const missing = rows.filter(([, level = '', sentence = '']) => {
      return !calls.some((call) => call.level === level && call.given.includes(`'${sentence}'`));
    });
    expect(missing.map(([row]) => row)).toEqual([]);
  });
});
