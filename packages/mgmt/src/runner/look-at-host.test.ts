import { tmpdir } from 'node:os';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock } from '@reroot/shared/testing';
import type { BusStats } from '@reroot/shared/transport';
import { describe, expect, it } from 'vitest';
import type { HostFacts } from '../preflight/index.ts';
import { createLookAtHost } from './look-at-host.ts';
import type { MeshMoment } from './mesh-loop.ts';

const root = 'a'.repeat(64);
const custody = { kind: 'key-store', keyRef: root, chain: [] } as const;
const stored = { record: { currentRoot: root }, spec: { mesh: 'demo', rootSource: { kind: 'generated' } } };
const moment = { view: { stored, roots: new Map([[root, { custody }]]) } } as unknown as MeshMoment;
const clock = createFakeClock(0);

function look(probe: () => Promise<void>, signal = new AbortController().signal): Promise<HostFacts> {
  const names = 'known' as const;
  const busStats = (): BusStats => ({ maxPayloadBytes: 1_048_576 }) as unknown as BusStats;
  const options = { dataDir: tmpdir(), busStats, authority: { probe }, reportBytes: () => new Map(), names, clock };
  return createLookAtHost(options)(moment, signal);
}

describe('the key of the root in force', () => {
  it('can be used when whoever keeps it says so', async () => {
    expect((await look(() => Promise.resolve())).rootKey).toEqual({ kind: 'known', value: { kind: 'usable' } });
  });

  it('cannot be used when whoever keeps it says why', async () => {
    const refused = new RerootError('RR_VAULT_FORBIDDEN', 'no right to sign');
    expect((await look(() => Promise.reject(refused))).rootKey).toEqual({
      kind: 'known',
      value: { kind: 'unusable', why: 'RR_VAULT_FORBIDDEN: no right to sign' },
    });
  });

  it('is not known about when nothing is said in time: a busy machine takes seconds to open a key file', async () => {
    const looking = look(() => new Promise(() => undefined));
    clock.advance(4_000);
    expect((await looking).rootKey).toEqual({ kind: 'unknown', why: 'whoever keeps the key has not answered within 4000 ms' });
  });

  it('is not waited for any longer when nobody asks any more', async () => {
    const ending = new AbortController();
    const looking = look(() => new Promise(() => undefined), ending.signal);
    ending.abort(new Error('gone'));
    await expect(looking).rejects.toThrow('gone');
  });
});
