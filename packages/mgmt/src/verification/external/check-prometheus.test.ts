import type { Clock } from '@reroot/shared/clock';
import { createFakeClock, type FakeClock } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PrometheusCheck } from '../../rotation/index.ts';
import type { CheckResult } from '../check.ts';
import { attempt } from '../testing/attempt.ts';
import { sampleSubject, startedAtMs } from '../testing/sample-subject.ts';
import { type JsonServer, prometheusAnswer, serveJson } from '../testing/serve-json.ts';
import { createAskHost } from './ask-host.ts';
import { checkPrometheus } from './check-prometheus.ts';

let server: JsonServer;
let clock: FakeClock;
beforeEach(async () => {
  server = await serveJson();
  clock = createFakeClock(startedAtMs);
});
afterEach(() => server.stop());

const subject = sampleSubject();

/** Runs the check to its end, moving the clock on each time that it waits. */
async function look(changes: Partial<PrometheusCheck> = {}, of = subject, wall: Clock = clock): Promise<CheckResult> {
  const check: PrometheusCheck = {
    ...{ kind: 'prometheus', name: 'errors', url: `${server.url}/prom/`, query: 'sum(rate(x[1m]))' },
    ...{ limit: { kind: 'max', max: 0.5 }, forMs: 0, noData: 'fail' },
    ...changes,
  };
  const steadyClock = { now: () => clock.now(), sleep: async (ms: number) => clock.advance(ms) };
  return attempt(checkPrometheus(check, createAskHost([{ origin: server.url }])), of, wall, { steadyClock });
}

describe('a query of Prometheus', () => {
  it('is an instant query below the address, and passes within its limit', async () => {
    server.answer = prometheusAnswer(0.5);
    expect(await look()).toMatchObject({ outcome: 'passed', message: 'the value is 0.5, and at most 0.5 passes' });
    const [asked] = server.asked;
    expect([asked?.url.pathname, asked?.url.searchParams.get('query')]).toEqual(['/prom/api/v1/query', 'sum(rate(x[1m]))']);
  });

  it('reads a scalar too', async () => {
    server.answer = { body: JSON.stringify({ status: 'success', data: { resultType: 'scalar', result: [1, '0.4'] } }) };
    expect(await look()).toMatchObject({ outcome: 'passed' });
  });

  it('fails beyond its limit, when the third value in a row is', async () => {
    server.answer = prometheusAnswer('0.75');
    expect(await look()).toMatchObject({ outcome: 'failed', message: 'the value is 0.75, and at most 0.5 passes' });
    expect(server.asked).toHaveLength(3);
  });

  it('forgives one value beyond it, and counts the time anew from there', async () => {
    const values = [0.1, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1];
    let place = 0;
    server.answer = () => prometheusAnswer(values[place++] ?? 0);
    const beforeMs = clock.now();
    expect(await look({ forMs: 60_000 })).toMatchObject({ outcome: 'passed' });
    // 15 s to the bad value, 15 s to the next good one, and a minute from there.
    expect(clock.now() - beforeMs).toBe(90_000);
  });

  it('counts the time as long as it is, when the clock is set meanwhile, ahead or back', async () => {
    server.answer = prometheusAnswer(0.1);
    for (const setMs of [3_600_000, -3_600_000]) {
      const beganAtMs = clock.now();
      const wall = { ...clock, now: () => clock.now() + (clock.now() === beganAtMs ? 0 : setMs) };
      expect(await look({ forMs: 60_000 }, subject, wall)).toMatchObject({ outcome: 'passed' });
      expect(clock.now() - beganAtMs).toBe(60_000);
    }
  });

  it('compares with the value at the start of the rotation', async () => {
    const limit = { kind: 'baseline', ratio: 2, tolerance: 0.1 } as const;
    const at = (before: number, now: number): void => {
      server.answer = ({ url }) => prometheusAnswer(url.searchParams.get('time') === '1' ? before : now);
    };
    at(0.2, 0.5);
    expect(await look({ limit })).toMatchObject({ outcome: 'passed', evidence: { limit: 0.5 } });
    expect(server.asked[0]?.url.searchParams.get('time')).toBe(String(startedAtMs / 1_000));
    at(0.2, 0.51);
    expect(await look({ limit })).toMatchObject({ outcome: 'failed' });
    at(0, 0.1);
    expect(await look({ limit })).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    [[], 0.1, 'passed'],
    [['NaN'], 0.1, 'passed'],
    [[], 0.11, 'failed'],
    [['NaN'], 0.11, 'failed'],
  ] as const)('takes no value at the start, %j, for 0 where no data passes: then %d has %s', async (before, now, outcome) => {
    const limit = { kind: 'baseline', ratio: 2, tolerance: 0.1 } as const;
    server.answer = ({ url }) => (url.searchParams.has('time') ? prometheusAnswer(...before) : prometheusAnswer(now));
    expect(await look({ limit, noData: 'pass' })).toMatchObject({ outcome, evidence: { limit: 0.1 } });
    expect(await look({ limit, noData: 'fail' })).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('no value at the start'),
    });
  });

  it.each(['+Inf', '-Inf', '1e999'])('is of no use with %s, at the start or now', async (infinite) => {
    const limit = { kind: 'baseline', ratio: 2, tolerance: 0.1 } as const;
    server.answer = ({ url }) => prometheusAnswer(url.searchParams.has('time') ? infinite : 7);
    const finding = { outcome: 'unavailable', message: `the query gives ${infinite}, which is not finite` };
    expect(await look({ limit, noData: 'pass' })).toMatchObject(finding);
    server.answer = prometheusAnswer(infinite);
    expect(await look({ noData: 'pass' })).toMatchObject(finding);
  });

  it('has nothing to compare with outside of a rotation', async () => {
    const record = { ...subject.record, rotation: undefined };
    const limit = { kind: 'baseline', ratio: 2, tolerance: 0 } as const;
    expect(await look({ limit }, { ...subject, record })).toMatchObject({ outcome: 'skipped' });
  });

  it.each([
    ['no series', prometheusAnswer()],
    ['no number', prometheusAnswer('NaN')],
  ])('without data, %s, does what the policy says', async (_, answer) => {
    server.answer = answer;
    expect(await look()).toMatchObject({ outcome: 'failed', message: 'there is no value, and at most 0.5 passes' });
    expect(await look({ noData: 'pass' })).toMatchObject({ outcome: 'passed' });
  });

  it.each([
    ['several series', prometheusAnswer(1, 2), 'gives 2 series; aggregate it'],
    ['a matrix', { body: '{"status":"success","data":{"resultType":"matrix","result":[]}}' }, 'neither a scalar nor'],
    ['an error', { body: '{"status":"error","error":"parse error"}' }, 'neither a scalar nor'],
  ])('is of no use when it gives %s', async (_, answer, words) => {
    server.answer = answer;
    expect(await look({ noData: 'pass' })).toMatchObject({ outcome: 'unavailable', message: expect.stringContaining(words) });
  });
});
