import { assertNever } from '@reroot/shared/errors';
import { bytesRelated, composeBundle, rootsOf } from '@reroot/shared/pki';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CaSecret } from '../cluster/cluster.ts';
import { asSecret, type Ca, createCa, makeIntermediate } from '../testing/ca.ts';
import { acceptedOf } from '../trust/accepted.ts';
import type { Desired } from '../trust/desired.ts';
import { annotate } from './annotate.ts';
import { noHistory } from './history.ts';
import { planInstall } from './plan-install.ts';
import type { Proof } from './proof.ts';

const nowMs = Date.UTC(2026, 0, 1);
const timings = { renudgeAfterMs: 1, refusedAfterMs: 1 };

let cas: readonly (Ca & { readonly files: Awaited<ReturnType<typeof makeIntermediate>> })[];

beforeAll(async () => {
  const made = await Promise.all(['A', 'B', 'C'].map((name) => createCa(`root ${name}`, nowMs)));
  cas = await Promise.all(made.map(async (ca) => ({ ...ca, files: await makeIntermediate(ca) })));
});

/** A place in the table of a rotation from one root to another; both stand for indexes of `cas`. */
interface Place {
  readonly from: number;
  readonly to: number;
  readonly row: 'previous' | 'adding' | 'propagating' | 'deleting';
}

const table: readonly Place['row'][] = ['previous', 'adding', 'propagating', 'deleting'];

const rootsAt = ({ from, to, row }: Place): number[] => (row === 'previous' ? [from] : row === 'deleting' ? [to] : [from, to]);
const signerAt = ({ from, to, row }: Place): number => (row === 'previous' || row === 'adding' ? from : to);

type Move =
  /**
   * To the row after, of a next rotation if need be, to one of the other two roots. While a replica may not have left the
   * row before, this and `back` both take the step back: nothing else may be desired then.
   */
  | { readonly kind: 'forward'; readonly pick: number }
  | { readonly kind: 'back' }
  /** Another mgmt says the same. */
  | { readonly kind: 'new-term' }
  | { readonly kind: 'load' | 'restart'; readonly replica: number }
  | { readonly kind: 'nudge' }
  /** Every replica loads, before and between so many nudges, but not after the last. */
  | { readonly kind: 'settle'; readonly nudges: number };

const moveArb: fc.Arbitrary<Move> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('forward' as const), pick: fc.nat(1) }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'back' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'new-term' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('load' as const, 'restart' as const), replica: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'nudge' } as const) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('settle' as const), nudges: fc.constantFrom(0, 0, 1, 2, 8, 9, 10) }) },
);

/** One cluster whose replicas of Istio up to 1.29 each load the Secret when they come to it. */
class Cluster {
  private pair = { term: 1, generation: 1 };
  private place: Place = { from: 0, to: 1, row: 'previous' };
  /** The row that some replica may not have left yet; undefined once all have been seen on the row in force. */
  private base: Place | undefined;
  private secret: CaSecret;
  private readonly held: string[];

  constructor(replicas: number) {
    const row = { roots: [cas[0]!.certificate], signerRoot: cas[0]!.certificate };
    const annotations = {
      accepted: acceptedOf({ ...this.pair, ...row }),
      filesWrittenAtMs: nowMs,
      replicaRestart: 'never',
    } as const;
    this.secret = asSecret({ ...cas[0]!.files, rootCert: composeBundle(undefined, row.roots), annotations });
    this.held = Array.from({ length: replicas }, () => this.secret.rootCert);
  }

  make(move: Move): void {
    switch (move.kind) {
      case 'forward':
      case 'back': {
        const next = this.base ?? (move.kind === 'back' ? this.before() : this.after(move.pick));
        if (next !== undefined) this.enter(next);
        break;
      }
      case 'new-term':
        this.pair = { ...this.pair, term: this.pair.term + 1 };
        this.install();
        break;
      case 'load':
        this.load(move.replica % this.held.length);
        break;
      case 'restart':
        this.held[move.replica % this.held.length] = this.secret.rootCert;
        break;
      case 'nudge':
        this.nudge();
        break;
      case 'settle':
        this.loadAll();
        for (let nudges = 0; nudges < move.nudges; nudges += 1) {
          this.loadAll();
          this.nudge();
        }
        break;
      default:
        assertNever(move);
    }
    if (this.haveLoaded()) this.base = undefined;
    // Whatever is loaded from here on, it is by itself: nobody has to restart a replica.
    for (const held of this.held) expect(bytesRelated(held, this.secret.rootCert)).toBe(true);
  }

  loadAll(): void {
    for (const replica of this.held.keys()) this.load(replica);
    expect(this.haveLoaded()).toBe(true);
    this.base = undefined;
  }

  private load(replica: number): void {
    if (bytesRelated(this.held[replica]!, this.secret.rootCert)) this.held[replica] = this.secret.rootCert;
  }

  private haveLoaded(): boolean {
    return this.held.every((bundle) => bundle === this.secret.rootCert);
  }

  private before(): Place | undefined {
    const row = table[table.indexOf(this.place.row) - 1];
    return row === undefined ? undefined : { ...this.place, row };
  }

  private after(pick: number): Place {
    const { from, to, row } = this.place;
    const next = table[table.indexOf(row) + 1];
    if (next !== undefined && row !== 'previous') return { from, to, row: next };
    const root = row === 'deleting' ? to : from;
    return { from: root, to: [0, 1, 2].filter((other) => other !== root)[pick]!, row: 'adding' };
  }

  private enter(next: Place): void {
    this.base = this.place;
    this.place = next;
    this.pair = { ...this.pair, generation: this.pair.generation + 1 };
    this.install();
  }

  private desired(): Desired {
    return {
      ...this.pair,
      roots: rootsAt(this.place).map((index) => cas[index]!.certificate),
      signerRoot: cas[signerAt(this.place)]!.certificate,
      intermediate: { keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, organization: 'test', ttlDays: 365, graceRatio: 0 },
      nudge: 'laggards',
      replicaRestart: 'never',
      workloadRestart: 'never',
      passage: 'gradual',
      trustDomain: 'cluster.local',
      intermediateSource: { kind: 'mgmt' },
      rotationId: '',
    };
  }

  private install(): void {
    expect(this.write(undefined)).toBe('write');
    expect(this.write(undefined)).toBe('none');
    const roots = rootsOf(this.secret.rootCert).map(({ fingerprint }) => fingerprint);
    expect(roots.toSorted()).toEqual(
      this.desired()
        .roots.map(({ fingerprint }) => fingerprint)
        .toSorted(),
    );
  }

  private nudge(): void {
    const state = (bundle: string) => (bundle === this.secret.rootCert ? ('loaded' as const) : ('differs' as const));
    const replicas = this.held.map((bundle, index) => ({ name: `istiod-${index}`, startedAtMs: nowMs, state: state(bundle) }));
    const expected = this.haveLoaded() ? 'nudge' : 'none';
    expect(this.write({ replicas, workloads: 'lagging', moment: 'not-needed' })).toBe(expected);
  }

  private write(proof: Proof | undefined): string {
    const desired = this.desired();
    const history = { ...noHistory, writtenSinceMs: nowMs, provenSinceMs: 0 };
    const { secret } = this;
    const plan = planInstall({ secret, desired, proof, history, nowMs, timings, adoption: 'never' });
    if (plan.kind !== 'write' && plan.kind !== 'nudge') return plan.kind;
    const { caCert, caKey, certChain } =
      plan.kind === 'write' && plan.needIntermediate ? cas[signerAt(this.place)]!.files : secret;
    const annotations = annotate(plan, secret, desired, nowMs);
    this.secret = asSecret({ caCert, caKey, certChain, rootCert: plan.bundle, annotations });
    return plan.kind;
  }
}

describe('a replica of Istio up to 1.29 that is late', () => {
  it('can always load what is written without a restart, whatever is added, dropped, taken back and nudged meanwhile', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 3 }), fc.array(moveArb, { maxLength: 40, size: 'max' }), (replicas, moves) => {
        const cluster = new Cluster(replicas);
        for (const move of moves) cluster.make(move);
        cluster.loadAll();
      }),
      { numRuns: 50 },
    );
  });
});
