/** What may happen to a mesh, and under which policies, for properties. */
import type { Strategy, Verification } from '@reroot/shared/api';
import fc from 'fast-check';
import type { NewRoot } from '../new-record.ts';
import type { Policy } from '../policy.ts';

/** What a cluster shows when it reports. */
export type Shown =
  | 'what it is told'
  | 'a late replica'
  | 'no nudge'
  | 'no Secret'
  | 'the old root'
  | 'an unknown root'
  | 'the same again';

export type Event =
  | { readonly kind: 'report'; readonly cluster: number; readonly shows: Shown }
  /** So many times, every cluster shows what it is told, and one transition is made. */
  | { readonly kind: 'proceed'; readonly times: number }
  | { readonly kind: 'time passes'; readonly ms: number }
  /** At most so many transitions. */
  | { readonly kind: 'decide'; readonly times: number }
  | {
      readonly kind: 'start';
      readonly target: number;
      readonly strategy: Strategy;
      readonly verification: Verification;
      readonly pace: 'usual' | 'emergency';
    }
  | { readonly kind: 'answer'; readonly action: 'CONTINUE' | 'ROLLBACK' }
  | { readonly kind: 'abort' }
  /** Automatic verification finds something, of the present moment or of another one. */
  | { readonly kind: 'find'; readonly finding: 'running' | 'passed' | 'failed'; readonly of: 'now' | 'before' }
  /** Of every cluster that stands aside under a root of its own. */
  | { readonly kind: 'adopt' }
  | { readonly kind: 'window'; readonly is: Policy['window']['kind'] }
  | ClusterEvent;

export type ClusterEvent = { readonly kind: 'exclude' | 'include' | 'join' | 'leave' | 'rebuild'; readonly cluster: number };

export const names = ['a', 'b', 'c', 'd', 'e', 'f'] as const;
export const roots: readonly NewRoot[] = ['a', 'b', 'c', 'd'].map((name, index) => ({
  fingerprint: name.repeat(64),
  notBeforeMs: 0,
  notAfterMs: index === 3 ? 60_000 : 1_000_000_000,
}));

/** Clusters that are not of this mesh's making, and the roots that they come with. */
export const foreignRoots: Readonly<Record<string, NewRoot>> = {
  e: { fingerprint: '1'.repeat(64), notBeforeMs: 0, notAfterMs: 1_000_000_000 },
  f: { fingerprint: '2'.repeat(64), notBeforeMs: 0, notAfterMs: 1_000_000_000 },
};

const time = fc.constantFrom(0, 1_000, 4_000, 8_000, 20_000);

export const anyPolicy: fc.Arbitrary<Policy> = fc.record({
  strategy: fc.constantFrom('MULTI_ROOT' as const, 'NONE' as const),
  verification: fc.constantFrom('none' as const, 'manual' as const, 'automatic' as const),
  automatic: fc.record({
    soakMs: fc.constantFrom(0, 3_000),
    timeoutMs: fc.constantFrom(1_000, 20_000),
    onFailure: fc.constantFrom('hold' as const, 'rollback' as const),
    handshakes: fc.constant('sampled' as const),
    negativeProof: fc.constant('where-possible' as const),
    pathProbes: fc.constant([]),
    checks: fc.constant([]),
  }),
  approvals: fc.constantFrom(
    { by: 'anybody', expireAfterMs: 20_000 } as const,
    { by: 'another-person', expireAfterMs: 90_000 } as const,
  ),
  waves: fc.record({
    canaries: fc.subarray([...names], { maxLength: 2 }),
    size: fc.oneof(
      fc.constant({ kind: 'all' } as const),
      fc.integer({ min: 1, max: 3 }).map((clusters) => ({ kind: 'count', clusters }) as const),
      fc.integer({ min: 1, max: 100 }).map((percent) => ({ kind: 'share', percent }) as const),
    ),
    soakMs: fc.constantFrom(0, 0, 3_000),
    onFailure: fc.constantFrom('stop' as const, 'continue' as const),
  }),
  stepTimeout: fc.record({
    afterMs: fc.constantFrom(undefined, 6_000),
    then: fc.constantFrom('hold' as const, 'rollback' as const),
  }),
  silentClusters: fc.constantFrom(
    { kind: 'wait' } as const,
    { kind: 'exclude', afterMs: 3_000 } as const,
    { kind: 'exclude', afterMs: 15_000 } as const,
  ),
  requiredEvidence: fc.constantFrom('held' as const, 'held' as const, 'written' as const),
  restarts: fc.constant('never' as const),
  workloadRestarts: fc.constant('never' as const),
  drift: fc.constant('reapply' as const),
  minimumOverlapMs: fc.constantFrom(0, 5_000),
  minimumRootValidityMs: fc.constant(0),
  rootKeyRetentionMs: fc.constantFrom(0, 10_000, 100_000),
  rootGraceRatio: fc.constantFrom(0, 0.1),
  emergency: fc.constantFrom(
    { restarts: 'when-refused', workloadRestarts: 'when-needed' } as const,
    { restarts: 'never', workloadRestarts: 'never' } as const,
  ),
  silentAfterMs: fc.constant(5_000),
  finishedHoldMs: fc.constantFrom(0, 10_000),
  window: fc.constant({ kind: 'open' } as const),
});

const cluster = fc.nat(names.length - 1);
const shown = fc.constantFrom<Shown>(
  'what it is told',
  'a late replica',
  'no nudge',
  'no Secret',
  'the old root',
  'an unknown root',
  'the same again',
);

export const anyEvents: fc.Arbitrary<readonly Event[]> = fc.array(
  fc.oneof(
    { weight: 12, arbitrary: fc.integer({ min: 1, max: 6 }).map((times): Event => ({ kind: 'proceed', times })) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 3 }).map((times): Event => ({ kind: 'decide', times })) },
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('report' as const), cluster, shows: shown }) },
    { weight: 2, arbitrary: time.map((ms): Event => ({ kind: 'time passes', ms })) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('start' as const),
        target: fc.nat(roots.length - 1),
        strategy: fc.constantFrom<Strategy>('MULTI_ROOT', 'MULTI_ROOT', 'NONE'),
        verification: fc.constantFrom<Verification>('none', 'manual', 'automatic'),
        pace: fc.constantFrom('usual' as const, 'emergency' as const),
      }),
    },
    { weight: 4, arbitrary: fc.constant<Event>({ kind: 'answer', action: 'CONTINUE' }) },
    { weight: 1, arbitrary: fc.constant<Event>({ kind: 'answer', action: 'ROLLBACK' }) },
    { weight: 1, arbitrary: fc.constant<Event>({ kind: 'abort' }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('find' as const),
        finding: fc.constantFrom('running' as const, 'passed' as const, 'failed' as const),
        of: fc.constantFrom('now' as const, 'now' as const, 'before' as const),
      }),
    },
    { weight: 2, arbitrary: fc.constant<Event>({ kind: 'adopt' }) },
    { weight: 1, arbitrary: fc.constantFrom<Event>({ kind: 'window', is: 'open' }, { kind: 'window', is: 'closed' }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom(
          'exclude' as const,
          'include' as const,
          'include' as const,
          'join' as const,
          'leave' as const,
          'rebuild' as const,
        ),
        cluster,
      }),
    },
  ),
  { minLength: 1, maxLength: 120, size: 'max' },
);
