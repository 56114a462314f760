import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TestModule } from 'vitest/node';
import CountReporter, { countLine, countTests } from './count-reporter.ts';

type State = 'passed' | 'failed' | 'skipped' | 'pending';

function moduleOf(state: State, ...tests: State[]): TestModule {
  const results = tests.map((each) => ({ result: () => ({ state: each }) }));
  return { state: () => state, children: { allTests: () => results.values() } } as unknown as TestModule;
}

describe('the closing line of a test run', () => {
  it('has the counts that CI reads', () => {
    expect(countLine({ passed: 12, failed: 0, skipped: 0 })).toBe('12 passed, 0 failed');
    expect(countLine({ passed: 12, failed: 1, skipped: 2 })).toBe('12 passed, 1 failed, 2 skipped');
  });

  it('counts the tests of every module, those that never ended as skipped', () => {
    const counts = countTests([moduleOf('passed', 'passed', 'passed'), moduleOf('failed', 'failed', 'skipped', 'pending')], 0);
    expect(counts).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it('counts a module that cannot be loaded, and an error outside any test, as failed', () => {
    expect(countTests([moduleOf('failed'), moduleOf('passed', 'passed')], 1)).toEqual({ passed: 1, failed: 2, skipped: 0 });
  });
});

describe('the counts of a test run', () => {
  afterEach(() => {
    vi.unstubAllEnvs();
    vi.restoreAllMocks();
  });

  it('are gathered in a file, and not told, when several tiers are run', () => {
    const folder = mkdtempSync(join(tmpdir(), 'reroot-counts-'));
    const file = join(folder, 'counts');
    vi.stubEnv('REROOT_COUNTS_FILE', file);
    const told = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const reporter = new CountReporter();
    reporter.onTestRunEnd([moduleOf('passed', 'passed', 'passed')], []);
    reporter.onTestRunEnd([moduleOf('failed', 'failed', 'skipped')], []);
    expect(told).not.toHaveBeenCalled();
    expect(readFileSync(file, 'utf8')).toBe('2 0 0\n0 1 1\n');
    rmSync(folder, { recursive: true });
  });
});
