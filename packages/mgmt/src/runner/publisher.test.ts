import { generateIdentity, keyringOf, openMessage } from '@reroot/shared/protocol';
import { createFakeClock } from '@reroot/shared/testing';
import type { Bus } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createSigningKeys } from '../fleet/index.ts';
import { samplePolicy } from '../rotation/evidence-sample.ts';
import { excludeCluster, newRecord, perform, type RotationRecord, requestStart } from '../rotation/index.ts';
import { waveAfter } from '../rotation/wave.ts';
import { makeRoot, type TestRoot } from '../testing/certificates.ts';
import { type RecordedLog, recordLog } from '../testing/recorded-log.ts';
import type { MeshView } from './mesh-view.ts';
import { createPacer, wordsPerSlice } from './pacer.ts';
import { createPublisher, type Publisher } from './publisher.ts';
import { createSealer } from './sealer.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' }, graceRatio: 0.25 } as const;
const { identity, publicKeyPem } = generateIdentity();
const [a, b] = await Promise.all([makeRoot('a'), makeRoot('b')]);

function newRootOf({ certificate: { fingerprint, notBeforeMs, notAfterMs } }: TestRoot) {
  return { fingerprint, notBeforeMs, notAfterMs };
}

const clusters = ['east', 'west'];
const policy = {
  ...samplePolicy,
  workloadRestarts: 'when-needed',
  waves: { ...samplePolicy.waves, size: { kind: 'count', clusters: 1 } },
} as const;
const started = requestStart(
  newRecord('demo', newRootOf(a), 0),
  { rotationId: 'r1', target: newRootOf(b), by: 'ann' },
  policy,
  Date.now(),
).record;

/** The record after the next wave. */
function release(record: RotationRecord): RotationRecord {
  const wave = waveAfter(record, clusters, policy.waves.size, 0);
  return perform(record, { move: 'release', wave }, 0, { message: 'm' }).record;
}

function viewOf(record: RotationRecord): MeshView {
  const spec = {
    mesh: 'demo',
    clusters,
    trustDomain: 'example.org',
    rootSource: { kind: 'generated' as const },
    intermediateSource: { kind: 'mgmt' as const },
    root: options,
    intermediate: options,
    rotation: policy,
    maintenanceWindows: [],
  };
  const roots = new Map(
    [a, b].map(({ certificate }) => [
      certificate.fingerprint,
      { certificate, custody: { kind: 'key-store' as const, keyRef: 'k', chain: [] } },
    ]),
  );
  return { stored: { revision: 1, record, spec, verdict: undefined }, roots, rootNames: new Set(roots.keys()) };
}

/** Everybody is told. */
const record = release(release(started));
const view = viewOf(record);

describe('the publisher', () => {
  let published: { subject: string; payload: Uint8Array }[];
  let clock: ReturnType<typeof createFakeClock>;
  let publisher: Publisher;
  let reportBytes: number | undefined;
  let stopping: AbortController;
  let log: RecordedLog;
  afterEach(() => expect(log.all({ level: 'warn' })).toEqual([]));
  beforeEach(() => {
    published = [];
    clock = createFakeClock(1_000_000);
    log = recordLog();
    stopping = new AbortController();
    let sequence = 0;
    const bus = { publish: (subject: string, payload: Uint8Array) => published.push({ subject, payload }) } as unknown as Bus;
    const keys = createSigningKeys({ current: identity, acceptedBy: () => undefined });
    const sealer = createSealer({ keys, term: 4, nextSequence: () => (sequence += 1), clock });
    const pacer = createPacer({
      clock,
      signal: stopping.signal,
      log,
    });
    reportBytes = undefined;
    publisher = createPublisher({ bus, sealer, pacer, clock, reportBytes: () => reportBytes });
  });

  afterEach(() => {
    stopping.abort();
  });

  it('tells each cluster, signed and on its own subject, what the record puts in force', () => {
    publisher.publishAll(view);
    expect(published.map(({ subject }) => subject)).toEqual(['reroot.v1.demo.east.trust', 'reroot.v1.demo.west.trust']);
    const { message, address } = openMessage({ ...published[1]!, keyring: keyringOf([publicKeyPem]), expect: 'desired-trust' });
    expect(address).toEqual({ mesh: 'demo', cluster: 'west', term: 4, generation: 2 });
    expect(message.body).toMatchObject({
      rotationId: 'r1',
      step: 'ADDING_NEW_ROOT',
      signerRoot: a.certificate.fingerprint,
      nudge: 'laggards',
      passage: 'gradual',
      replicaRestart: 'never',
      workloadRestart: 'when-needed',
      trustDomain: 'example.org',
      intermediate: options,
    });
    expect(message.body.roots.map((der) => Buffer.from(der))).toEqual(
      [a, b].map(({ certificate }) => Buffer.from(certificate.der)),
    );
  });

  it('hastens one cluster, at most once a second', () => {
    const count = () => published.filter(({ subject }) => subject.includes('.east.')).length;
    publisher.hasten(view, 'east');
    publisher.hasten(view, 'east');
    expect(count()).toBe(1);
    clock.advance(999);
    publisher.hasten(view, 'east');
    expect(count()).toBe(1);
    clock.advance(1);
    publisher.hasten(view, 'east');
    expect(count()).toBe(2);
    expect(published.some(({ subject }) => subject.includes('.west.'))).toBe(false);
  });

  it('does not hasten whom it has just told', () => {
    publisher.publishAll(view);
    publisher.hasten(view, 'east');
    expect(published).toHaveLength(2);
  });

  const toldSince = (count: number): string[] =>
    published.slice(count).map(({ subject, payload }) => {
      const { message, address } = openMessage({ subject, payload, keyring: keyringOf([publicKeyPem]), expect: 'desired-trust' });
      return `${address.cluster}: ${message.body.step} as generation ${address.generation}`;
    });

  it('tells a change to those whom the wave has reached, and nobody twice', () => {
    publisher.publishChanges(viewOf(started));
    expect(toldSince(0)).toEqual(['east: PREVIOUS_CA as generation 1', 'west: PREVIOUS_CA as generation 1']);
    publisher.publishAll(viewOf(release(started)));
    const count = published.length;
    // A store reads the same spec anew with each move of the mesh.
    publisher.publishChanges(viewOf({ ...release(started), enteredAtMs: 7_000 }));
    expect(published).toHaveLength(count);
    publisher.publishChanges(viewOf(release(release(started))));
    expect(toldSince(count)).toEqual(['west: ADDING_NEW_ROOT as generation 2']);
  });

  it('says what holds now, also for one who comes with the mesh as it was before', () => {
    const at = (revision: number, { stored, ...rest }: MeshView): MeshView => ({ ...rest, stored: { ...stored, revision } });
    publisher.publishChanges(at(2, viewOf(release(started))));
    publisher.publishTo(at(1, viewOf(started)), ['east']);
    expect(toldSince(2)).toEqual(['east: ADDING_NEW_ROOT as generation 2']);
  });

  it('tells a cluster as one that was told nothing, when another one of its name was forgotten', () => {
    publisher.publishAll(view);
    publisher.forget('demo', 'west');
    publisher.publishChanges(view);
    expect(toldSince(2)).toEqual(['west: ADDING_NEW_ROOT as generation 2']);
  });

  it('tells everybody what has changed under the same generation', () => {
    const before = viewOf(started);
    publisher.publishAll(before);
    const { stored } = before;
    const spec = { ...stored.spec, intermediate: { ...stored.spec.intermediate, ttlDays: 9 } };
    publisher.publishChanges({ ...before, stored: { ...stored, spec } });
    expect(toldSince(2)).toEqual(['east: PREVIOUS_CA as generation 1', 'west: PREVIOUS_CA as generation 1']);
    publisher.publishChanges({ ...before, stored: { ...stored, spec: structuredClone(spec) } });
    expect(published).toHaveLength(4);
  });

  it('keeps telling an excluded cluster what it was told when it was excluded', () => {
    const act = { by: 'ann', why: 'down', cause: 'operator', members: clusters } as const;
    publisher.publishAll(viewOf(release(excludeCluster(release(started), 'west', act, 0).record)));
    expect(toldSince(0)).toEqual(['east: ADDING_NEW_ROOT as generation 2', 'west: PREVIOUS_CA as generation 1']);
  });

  it('lets agents restart more in an emergency, once it is approved, and only those that take part and were told', () => {
    const emergency = { reason: 'the key is out', excludeSilent: [], losses: [] };
    const request = { rotationId: 'r1', target: newRootOf(b), by: 'ann', emergency };
    const begun = requestStart(newRecord('demo', newRootOf(a), 0), request, policy, Date.now()).record;
    const approved = perform(begun, { move: 'approve', approval: { by: 'bob', atMs: 1, why: 'so' } }, 1, { message: 'm' }).record;
    const away = excludeCluster(approved, 'west', { by: 'ann', why: 'down', cause: 'operator', members: clusters }, 0).record;
    const restarts = (told: RotationRecord): string[] => {
      const before = published.length;
      publisher.publishAll(viewOf(told));
      return published.slice(before).map((each) => {
        const { message, address } = openMessage({ ...each, keyring: keyringOf([publicKeyPem]), expect: 'desired-trust' });
        return `${address.cluster} ${message.body.step} ${message.body.nudge} ${message.body.replicaRestart}`;
      });
    };
    const asBefore = ['east PREVIOUS_CA laggards never', 'west PREVIOUS_CA laggards never'];
    expect([restarts(begun), restarts(approved)]).toEqual([asBefore, asBefore]);
    expect(restarts(release(release(away)))).toEqual([
      'east ADDING_NEW_ROOT when-loaded when-refused',
      'west PREVIOUS_CA laggards never',
    ]);
  });

  it('tells a cluster that has joined nothing before it has shown what it holds', () => {
    const joined = perform(record, { move: 'members', added: ['west'], removed: [] }, 0, { message: 'm' }).record;
    publisher.publishAll(viewOf(joined));
    expect(toldSince(0)).toEqual(['east: ADDING_NEW_ROOT as generation 2']);
  });

  it('lets only clusters that strategy NONE has reached leap, and restarts what refuses there', () => {
    const leap = requestStart(
      newRecord('demo', newRootOf(a), 0),
      { rotationId: 'r1', target: newRootOf(b), by: 'ann' },
      { ...policy, strategy: 'NONE' },
      Date.now(),
    ).record;
    publisher.publishAll(viewOf(release(leap)));
    const bodies = published.map(
      ({ subject, payload }) =>
        openMessage({ subject, payload, keyring: keyringOf([publicKeyPem]), expect: 'desired-trust' }).message.body,
    );
    expect(bodies.map(({ passage, replicaRestart }) => [passage, replicaRestart])).toEqual([
      ['abrupt', 'when-refused'],
      ['gradual', 'never'],
    ]);
  });

  describe('in a mesh of thousands', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => `c${String(index).padStart(4, '0')}`);
    const viewOfMany = (of: RotationRecord, revision: number): MeshView => {
      const { stored, ...rest } = viewOf(of);
      return { ...rest, stored: { ...stored, revision, spec: { ...specOfMany, rotation: policy } } };
    };
    /** Those that waves reach first stand last. */
    const specOfMany = { ...view.stored.spec, clusters: many.toReversed() };
    const releaseMany = (of: RotationRecord): RotationRecord =>
      perform(of, { move: 'release', wave: waveAfter(of, many, { kind: 'count', clusters: 3 }, 0) }, 0, { message: 'm' }).record;
    const pass = async (ms: number): Promise<void> => {
      for (let time = 0; time < ms; time += 100) {
        clock.advance(100);
        await new Promise(setImmediate);
      }
    };

    it('tells all of them, no more than a slice at a time', async () => {
      publisher.publishAll(viewOfMany(started, 1));
      let before = 0;
      for (let slice = 0; slice < 25; slice += 1) {
        expect(published.length - before).toBe(wordsPerSlice.again);
        before = published.length;
        await pass(100);
      }
      expect(new Set(published.map(({ subject }) => subject)).size).toBe(many.length);
    });

    it('tells fewer of them at a time where their answers are large', async () => {
      reportBytes = 40_000;
      publisher.publishAll(viewOfMany(started, 1));
      expect(published).toHaveLength(wordsPerSlice.again / 10);
      await pass(100);
      expect(published).toHaveLength((2 * wordsPerSlice.again) / 10);
    });

    it('tells a wave at once, for those whom nothing has changed for take no room', async () => {
      publisher.publishChanges(viewOfMany(started, 1));
      await pass(2_600);
      const [first, second] = [viewOfMany(releaseMany(started), 2), viewOfMany(releaseMany(releaseMany(started)), 3)];
      const spec = first.stored.spec;
      publisher.publishAll({ ...first, stored: { ...first.stored, spec } });
      await pass(2_600);
      const count = published.length;
      publisher.publishChanges({ ...second, stored: { ...second.stored, spec } });
      expect(toldSince(count)).toEqual(['c0005', 'c0004', 'c0003'].map((name) => `${name}: ADDING_NEW_ROOT as generation 2`));
    });

    it('says to those who had to wait what holds by then, and nothing to those who have left', async () => {
      publisher.publishAll(viewOfMany(started, 1));
      const later = viewOfMany(releaseMany(started), 2);
      const spec = { ...later.stored.spec, clusters: many.slice(0, 300) };
      publisher.publishChanges({ ...later, stored: { ...later.stored, spec } });
      const count = published.length;
      await pass(3_000);
      const told = toldSince(count);
      expect(told).toHaveLength(300);
      expect(new Set(told).size).toBe(300);
      expect(told.filter((word) => word.includes('ADDING'))).toHaveLength(3);
    });
  });
});
