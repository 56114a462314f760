import { appendFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Counts of a test run. */
export interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** The closing line of a run, as CI reads it: `N passed, N failed`, and skipped ones only when there are any. */
export function countLine({ passed, failed, skipped }: TestCounts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Counts the tests of the modules. A module that failed outside its tests counts as one failed test. */
export function countTests(modules: readonly TestModule[], unhandledErrors: number): TestCounts {
  let [passed, failed, skipped] = [0, unhandledErrors, 0];
  for (const module of modules) {
    const results = [...module.children.allTests()].map((test) => test.result().state);
    const failures = results.filter((state) => state === 'failed').length;
    passed += results.filter((state) => state === 'passed').length;
    skipped += results.filter((state) => state === 'skipped' || state === 'pending').length;
    failed += failures === 0 && module.state() === 'failed' ? 1 : failures;
  }
  return { passed, failed, skipped };
}

/**
 * Ends a run of vitest with one plain line of its counts. When REROOT_COUNTS_FILE names a file they are appended to it
 * instead, as three numbers: whoever runs several tiers closes with one line for all of them.
 */
export default class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const counts = countTests(modules, unhandledErrors.length);
    const file = process.env['REROOT_COUNTS_FILE'] ?? '';
    if (file === '') process.stdout.write(`${countLine(counts)}\n`);
    else appendFileSync(file, `${counts.passed} ${counts.failed} ${counts.skipped}\n`);
  }
}
