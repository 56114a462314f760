import { describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { noHistory, noteRefresh, noteRestart, observe } from './history.ts';
import type { Proof } from './proof.ts';

const secret = (rootCert: string): CaSecret => ({
  caCert: 'c',
  caKey: 'k',
  certChain: 'c',
  rootCert,
  version: '1',
  source: 'cacerts',
  owner: 'reroot',
  editedBy: [],
  staleCopies: [],
  annotations: undefined,
});
const proof = (...states: Proof['replicas'][number]['state'][]): Proof => ({
  replicas: states.map((state, index) => ({ name: `istiod-${index}`, startedAtMs: 0, state })),
  workloads: 'reached',
  moment: 'not-needed',
});

describe('the history of a Secret', () => {
  it('begins when the bytes are first seen, and anew when they change', () => {
    const first = observe(noHistory, secret('one'), proof('differs'), 1_000);
    expect(observe(first, secret('one'), proof('differs'), 2_000)).toEqual(first);
    expect(observe(first, secret('two'), proof('differs'), 2_000).writtenSinceMs).toBe(2_000);
  });

  it('counts from the moment at which every replica was proven, and forgets it when one is not', () => {
    const proven = observe(noHistory, secret('one'), proof('loaded', 'loaded'), 1_000);
    expect(observe(proven, secret('one'), proof('loaded', 'loaded'), 2_000).provenSinceMs).toBe(1_000);
    const lost = observe(proven, secret('one'), proof('loaded', 'unproven'), 2_000);
    expect(lost.provenSinceMs).toBeUndefined();
    expect(observe(lost, secret('one'), proof('loaded', 'loaded'), 3_000).provenSinceMs).toBe(3_000);
    expect(observe(proven, secret('two'), proof('loaded', 'loaded'), 2_000).provenSinceMs).toBe(2_000);
  });

  it('remembers when the volumes were refreshed as long as the bytes stay', () => {
    const refreshed = noteRefresh(observe(noHistory, secret('one'), proof('differs'), 1_000), 3_000);
    expect(observe(refreshed, secret('one'), proof('differs'), 4_000).refreshedAtMs).toBe(3_000);
    expect(observe(refreshed, secret('two'), proof('differs'), 4_000).refreshedAtMs).toBeUndefined();
  });

  it('remembers a restart as long as the bytes stay', () => {
    const restarted = noteRestart(
      observe(noHistory, secret('one'), proof('loaded', 'differs'), 1_000),
      'istiod-1',
      proof('loaded', 'differs'),
      1_500,
    );
    expect(restarted.restart).toEqual({ replica: 'istiod-1', atMs: 1_500, replicasBefore: 2, loadedBefore: 1 });
    expect(observe(restarted, secret('one'), proof('loaded', 'differs'), 2_000).restart).toEqual(restarted.restart);
    expect(observe(restarted, secret('two'), proof('loaded', 'differs'), 2_000).restart).toBeUndefined();
  });

  it('counts from now what was noted while the clock was ahead: no wait lasts as long as the clock was', () => {
    const aheadMs = 12 * 3_600_000;
    const seen = observe(noHistory, secret('one'), proof('loaded', 'loaded'), aheadMs);
    const noted = noteRefresh(noteRestart(seen, 'istiod-1', proof('loaded', 'loaded'), aheadMs), aheadMs);
    const problem = { code: 'RR_CLUSTER_FORBIDDEN', message: 'no', remedy: 'ask' };
    const refused = [{ owner: { kind: 'Deployment', namespace: 'default', name: 'web' }, atMs: aheadMs, problem }] as const;
    expect(observe({ ...noted, refused }, secret('one'), proof('loaded', 'loaded'), 2_000)).toMatchObject({
      ...{ writtenSinceMs: 2_000, provenSinceMs: 2_000, refreshedAtMs: 2_000 },
      ...{ restart: { replica: 'istiod-1', atMs: 2_000 }, refused: [{ atMs: 2_000 }] },
    });
  });
});
