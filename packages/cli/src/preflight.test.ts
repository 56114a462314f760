import type { PreflightCheck, PreflightReport } from '@reroot/shared/api';
import { afterEach, describe, expect, it } from 'vitest';
import { type MeshServer, startMeshServer } from './testing/mesh-server.ts';
import { runCaptured } from './testing/run-captured.ts';

const servers: MeshServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.stop();
});

const check = (id: string, changes: Partial<PreflightCheck> = {}): PreflightCheck => ({
  id,
  category: 'istiod',
  outcome: 'passed',
  message: `${id} is as it should be`,
  findings: [],
  findingCount: 0,
  clusterCount: 0,
  ...changes,
});
const failing = (id: string, outcome: 'fatal' | 'warning' | 'unknown', count: number): PreflightCheck =>
  check(id, {
    outcome,
    message: `${id} is not as it should be`,
    findings: Array.from({ length: Math.min(count, 20) }, (_, index) => ({
      cluster: `c-${index}`,
      kind: 'failing' as const,
      message: `istiod-${index} is odd`,
    })),
    findingCount: count,
    clusterCount: count,
    hint: `mend it (docs/preflight.md#${id})`,
  });

async function preflight(
  checks: readonly PreflightCheck[],
  args: readonly string[] = [],
  env = utf8,
  start: PreflightReport['start'] = 'rotation',
) {
  const outcome = checks.some((each) => each.outcome === 'fatal') ? 'fatal' : 'warnings';
  const report: PreflightReport = { mesh: 'demo', start, takenAt: '2026-01-01T00:00:00Z', outcome, checks };
  const server = await startMeshServer(() => ({ status: 200, body: report }));
  servers.push(server);
  const run = await runCaptured(['preflight', '--server', server.url, '--mesh', 'demo', ...args], { env });
  return { run, report, asked: server.asked };
}

const utf8: Record<string, string> = { LANG: 'de_DE.UTF-8' };

describe('reroot preflight', () => {
  it('shows one line for each check, category by category, and what each has found', async () => {
    const checks = [check('signs'), failing('loaded', 'warning', 1), { ...failing('disk', 'unknown', 1), category: 'room' }];
    const { run, asked } = await preflight(checks);
    expect(run.exit).toBe(0);
    expect(run.stdout.split('\n')).toEqual([
      'istiod',
      '  ✓ signs is as it should be',
      '  ‼ loaded is not as it should be',
      '      c-0: istiod-0 is odd',
      '      mend it (docs/preflight.md#loaded)',
      '',
      'room',
      '  ? disk is not as it should be',
      '      c-0: istiod-0 is odd',
      '      mend it (docs/preflight.md#disk)',
      '',
      'mesh demo: a rotation can start, and may wait or need a hand',
      '',
    ]);
    expect(asked.map(({ method, path, body }) => `${method} ${path} ${body}`)).toEqual(['POST /v1/meshes/demo/preflight {}']);
  });

  it('asks of a rotation in an emergency, and shows by what it is judged', async () => {
    const policy = { strategy: 'MULTI_ROOT', verification: 'none', requiredEvidence: 'held' } as const;
    const emergency = { losses: [], policy: { ...policy, restarts: 'when-refused', workloadRestarts: 'when-needed' } as const };
    const report: PreflightReport = {
      mesh: 'demo',
      start: 'rotation',
      takenAt: '2026-01-01T00:00:00Z',
      outcome: 'passed',
      checks: [],
      emergency,
    };
    const server = await startMeshServer(() => ({ status: 200, body: report }));
    servers.push(server);
    const run = await runCaptured(['preflight', '--emergency', '--server', server.url, '--mesh', 'demo'], { env: utf8 });
    expect(server.asked.at(-1)?.body).toBe('{"pace":"emergency"}');
    expect(run.stdout).toContain('in an EMERGENCY: every cluster at once');
    expect(run.stdout).toContain('istiod restarts when-refused');
  });

  it('exits 4 when a check is fatal, naming it', async () => {
    const { run } = await preflight([check('signs'), failing('multi-root', 'fatal', 2)]);
    expect(run).toMatchObject({ exit: 4, code: 'RR_PREFLIGHT_FAILED', message: '1 of 2 checks are fatal: multi-root' });
    expect(run.stdout).toContain('  ✗ multi-root is not as it should be: c-0, c-1\n');
    expect(run.stdout).toContain('mesh demo: a rotation does not start\n');
  });

  it('names the first of a thousand clusters, and how many there are', async () => {
    const { run } = await preflight([failing('multi-root', 'warning', 1_000)]);
    expect(run.stdout).toContain(': c-0, c-1, c-2 and 997 more clusters\n');
    expect(run.stdout).toContain('      c-2: istiod-2 is odd\n      and 997 more like it\n');
  });

  it.each([
    [{ LANG: 'C' }, '+'],
    [{}, '+'],
    [{ LANG: 'de_DE.UTF-8', LC_ALL: 'POSIX' }, '+'],
    [{ LANG: 'C', LC_CTYPE: 'C.utf8' }, '✓'],
  ])('writes in the characters of the locale: %j', async (env, mark) => {
    const { run } = await preflight([check('signs')], [], env);
    expect(run.stdout).toContain(`  ${mark} signs`);
  });

  it('gives the whole report as JSON', async () => {
    const { run, report } = await preflight([failing('multi-root', 'fatal', 1)], ['-o', 'json']);
    expect(JSON.parse(run.stdout)).toEqual(report);
    expect(run.exit).toBe(4);
  });

  it('asks about the rotation that is meant', async () => {
    const { asked } = await preflight([check('signs')], ['--strategy', 'none']);
    expect(JSON.parse(asked[0]!.body)).toEqual({ strategy: 'NONE' });
  });

  it('asks about an adoption, which goes with no strategy, and calls it one', async () => {
    const { run, asked } = await preflight([check('signs')], ['--adoption'], utf8, 'adoption');
    expect(JSON.parse(asked[0]!.body)).toEqual({ start: 'adoption' });
    expect(run.stdout).toContain('mesh demo: an adoption can start, and may wait or need a hand\n');
    const both = await preflight([check('signs')], ['--adoption', '--strategy', 'none']);
    expect(both.run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
    expect(both.asked).toEqual([]);
  });
});

describe('reroot rotate --override', () => {
  async function rotate(...args: string[]) {
    const refusal = { code: 'RR_PREFLIGHT_FAILED', detail: 'disk: 3 MiB are free', remedy: 'make room' };
    const server = await startMeshServer(() => ({ status: 409, body: refusal }));
    servers.push(server);
    return {
      run: await runCaptured(['rotate', '--yes', '--server', server.url, '--mesh', 'demo', ...args]),
      asked: server.asked,
    };
  }

  it('names each check with its reason, or with the one that is given for all', async () => {
    const { run, asked } = await rotate(
      '--override',
      'disk=a disk is on its way',
      '--override',
      'istiod-signs',
      '--why',
      'left over',
    );
    expect(JSON.parse(asked[0]!.body)).toMatchObject({
      overrides: [
        { check: 'disk', why: 'a disk is on its way' },
        { check: 'istiod-signs', why: 'left over' },
      ],
    });
    expect(run).toMatchObject({ exit: 4, code: 'RR_PREFLIGHT_FAILED' });
  });

  it.each([['disk'], ['disk='], ['disk= '], ['Disk Space=x']])(
    'asks nothing for %j without a reason, or no check',
    async (text) => {
      const { run, asked } = await rotate('--override', text);
      expect(run).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID' });
      expect(asked).toEqual([]);
    },
  );
});
