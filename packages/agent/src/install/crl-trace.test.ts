import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret, Replica } from '../cluster/cluster.ts';
import { asSecret, createCa, makeContent } from '../testing/ca.ts';
import { awaitRestarts, noCrlTrace, traceCrl } from './crl-trace.ts';
import type { InstallPlan } from './plan.ts';

const write: InstallPlan = { kind: 'write', bundle: 'roots', needIntermediate: true };
const replica = (name: string, startedAtMs: number): Replica => ({ name, startedAtMs, multiRoot: 'on' });

let plain: CaSecret;

beforeAll(async () => {
  const ca = await createCa('root', 0);
  plain = asSecret(await makeContent([ca], ca));
});

describe('lists that were taken out of the Secret', () => {
  it('hold back a write until every replica was started after that', () => {
    const there = traceCrl(noCrlTrace, { ...plain, crl: 'lists' }, 100);
    const gone = traceCrl(there, plain, 200);
    expect(gone).toEqual({ kind: 'gone', sinceMs: 200 });
    expect(traceCrl(gone, plain, 300)).toEqual(gone);
    const held = awaitRestarts(write, gone, [replica('istiod-0', 150), replica('istiod-1', 250), replica('istiod-2', 200)]);
    expect(held).toMatchObject({ kind: 'refuse', problem: { code: 'RR_SECRET_CRL_INCOMPLETE' } });
    expect(held).toMatchObject({ problem: { message: expect.stringContaining('istiod-0, istiod-2 still run since before') } });
    expect(awaitRestarts(write, gone, [replica('istiod-0', 201), replica('istiod-1', 250)])).toBe(write);
  });

  it('count as taken out too when the whole Secret was, and as there again when they are', () => {
    const there = traceCrl(noCrlTrace, { ...plain, crl: 'lists' }, 100);
    const gone = traceCrl(there, undefined, 200);
    expect(gone).toEqual({ kind: 'gone', sinceMs: 200 });
    expect(traceCrl(gone, { ...plain, crl: 'lists' }, 300)).toEqual({ kind: 'there' });
  });

  it('hold back nothing that is no write, and nothing where there never were any', () => {
    const old = [replica('istiod-0', 0)];
    expect(awaitRestarts({ kind: 'none' }, { kind: 'gone', sinceMs: 200 }, old)).toEqual({ kind: 'none' });
    expect(awaitRestarts(write, traceCrl(noCrlTrace, plain, 100), old)).toBe(write);
    expect(awaitRestarts(write, { kind: 'there' }, old)).toBe(write);
  });
});
