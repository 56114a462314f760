import { generateIdentity, keyringOf, openMessage } from '@reroot/shared/protocol';
import { createFakeClock } from '@reroot/shared/testing';
import type { Bus } from '@reroot/shared/transport';
import { beforeEach, describe, expect, it } from 'vitest';
import { newRecord, requestStart } from '../rotation/index.ts';
import { makeRoot, type TestRoot } from '../testing/certificates.ts';
import type { MeshView } from './mesh-view.ts';
import { createPublisher, type Publisher } from './publisher.ts';

const options = { ttlDays: 1, organization: 'o', keyAlgorithm: { kind: 'ecdsa', curve: 'P-256' } } as const;
const { identity, publicKeyPem } = generateIdentity();
const [a, b] = await Promise.all([makeRoot('a'), makeRoot('b')]);

function generationOf({ certificate: { fingerprint, notBeforeMs, notAfterMs } }: TestRoot) {
  return { fingerprint, notBeforeMs, notAfterMs };
}

const record = requestStart(
  newRecord('demo', generationOf(a), 0),
  { rotationId: 'r1', target: generationOf(b), strategy: 'MULTI_ROOT', verification: 'none', by: 'ann' },
  Date.now(),
).record;
const view: MeshView = {
  stored: {
    revision: 1,
    record,
    spec: {
      mesh: 'demo',
      clusters: ['east', 'west'],
      trustDomain: 'example.org',
      root: options,
      intermediate: options,
      rotation: { strategy: 'MULTI_ROOT', verification: 'none' },
    },
  },
  roots: new Map([a, b].map(({ certificate }) => [certificate.fingerprint, { certificate, keyRef: 'k' }])),
};

describe('the publisher', () => {
  let published: { subject: string; payload: Uint8Array }[];
  let clock: ReturnType<typeof createFakeClock>;
  let publisher: Publisher;
  beforeEach(() => {
    published = [];
    clock = createFakeClock(1_000_000);
    let sequence = 0;
    const bus = { publish: (subject: string, payload: Uint8Array) => published.push({ subject, payload }) } as unknown as Bus;
    publisher = createPublisher({ bus, identity, term: 4, nextSequence: () => (sequence += 1), clock });
  });

  it('tells each cluster, signed and on its own subject, what the record puts in force', () => {
    publisher.publish(view);
    expect(published.map(({ subject }) => subject)).toEqual(['reroot.v1.demo.east.trust', 'reroot.v1.demo.west.trust']);
    const { message, address } = openMessage({ ...published[1]!, keyring: keyringOf([publicKeyPem]), expect: 'desired-trust' });
    expect(address).toEqual({ mesh: 'demo', cluster: 'west', term: 4, generation: 2 });
    expect(message.body).toMatchObject({
      rotationId: 'r1',
      step: 'ADDING_NEW_ROOT',
      signerRoot: a.certificate.fingerprint,
      nudge: 'laggards',
      replicaRestart: 'never',
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
    publisher.publish(view);
    publisher.hasten(view, 'east');
    expect(published).toHaveLength(2);
  });
});
