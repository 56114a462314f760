import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { runCaptured } from './testing/run-captured.ts';

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
const dayMs = 86_400_000;

describe('reroot token new', () => {
  it('gives the token on stdout, and elsewhere nothing from which it could be found', async () => {
    const run = await runCaptured(['token', 'new', '--name', 'ci', '--role', 'operator']);
    expect(run).toMatchObject({ exit: 0, stdout: expect.stringMatching(/^rrt_[A-Za-z0-9_-]{43}\n$/) });
    expect(run.stderr).not.toContain(run.stdout.trim().slice(0, 12));
  });

  it('gives what goes into the configuration on stderr', async () => {
    const nowMs = Date.now();
    const run = await runCaptured(['token', 'new', '--name', 'Ann: "on call"', '--role', 'admin']);
    const lines = run.stderr.split('\n');
    const from = lines.indexOf('api:');
    expect(lines.slice(from, from + 6)).toEqual([
      'api:',
      '  access:',
      '    tokens:',
      '      - name: "Ann: \\"on call\\""',
      `        sha256: "${digestOf(run.stdout.trim())}"`,
      '        role: "admin"',
    ]);
    const [, expires] = /^ {8}expires: "(.+)"$/.exec(lines[from + 6] ?? '') ?? [];
    expect(Date.parse(expires!) - nowMs).toBeGreaterThanOrEqual(90 * dayMs);
    expect(Date.parse(expires!) - nowMs).toBeLessThan(90 * dayMs + 60_000);
  });

  it('gives both as JSON', async () => {
    const run = await runCaptured(['token', 'new', '--name', 'ci', '--role', 'viewer', '--days', '0', '-o', 'json']);
    const { token, ...entry } = JSON.parse(run.stdout) as Record<string, string>;
    expect(entry).toEqual({ name: 'ci', role: 'viewer', sha256: digestOf(token!) });
    expect(run.stderr).toBe('');
  });

  it('never gives the same token twice', async () => {
    const runs = await Promise.all([1, 2, 3].map(() => runCaptured(['token', 'new', '--name', 'ci', '--role', 'viewer'])));
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(3);
  });

  it.each([
    ['no name', ['--role', 'viewer']],
    ['no role', ['--name', 'ci']],
    ['a role that is none', ['--name', 'ci', '--role', 'root']],
    ['a name with a line feed', ['--name', 'a\nb', '--role', 'viewer']],
    ['a blank name', ['--name', ' ', '--role', 'viewer']],
    ['a time that is none', ['--name', 'ci', '--role', 'viewer', '--days', 'soon']],
    ['a time that is over', ['--name', 'ci', '--role', 'viewer', '--days', '-1']],
  ])('refuses %s', async (_, args) => {
    expect(await runCaptured(['token', 'new', ...args])).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID', stdout: '' });
  });
});
