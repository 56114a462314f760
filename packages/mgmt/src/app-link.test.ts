import { systemClock } from '@reroot/shared/clock';
import { generateIdentity, protocolVersion, sealMessage, subjects } from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import type { BusMessage } from '@reroot/shared/transport';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerOf } from './rotation/testing/sample-link.ts';
import { apply, type Installation, makeInstallation, reach, settle } from './testing/installation.ts';
import { recordLog } from './testing/recorded-log.ts';

let installation: Installation;
beforeEach(async () => {
  installation = await makeInstallation();
});
afterEach(() => installation.dispose());

describe('the link to an agent', () => {
  it('is measured, and shown beside the evidence', async () => {
    const mgmt = await installation.start();
    installation.agent('east');
    await apply(mgmt);
    const { clusters } = await reach(mgmt, 'east answers', (status) => status.clusters[0]?.link !== undefined);
    expect(clusters[0]?.link).toMatchObject({
      connected: true,
      agentVersion: '0.1.0',
      protocol: protocolVersion,
      refusedByAgent: {},
    });
    expect(clusters[0]!.link!.roundTripMs).toBeLessThan(1_000);
    expect(Math.abs(clusters[0]!.link!.clockOffsetMs)).toBeLessThan(1_000);
    expect(clusters[1]).not.toHaveProperty('link');
  });

  it('tells an agent that only answers from one that is gone', async () => {
    const mgmt = await installation.start();
    const east = installation.agent('east');
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    east.behave('answer');
    const answers = await reach(mgmt, 'silence is noticed', ({ verdict }) => verdict.reason === 'ClusterSilent');
    expect(answers.verdict.message).toMatch(/its agent answers \(version 0\.1\.0\), but sends no report/);
    expect(answers.clusters[0]).toMatchObject({ presence: 'silent', link: { connected: true } });
    east.behave('mute');
    const gone = await reach(mgmt, 'the link is lost', ({ clusters }) => clusters[0]?.link?.connected === false);
    expect(gone.verdict.message).toContain(`its agent answered last at ${gone.clusters[0]?.link?.heardAt ?? ''}`);
  });

  it('is spoken over by the next key once the agent has said that it accepts it', async () => {
    const next = generateIdentity();
    const nextPrivateKeyFile = await installation.writeSecret('next.key', next.privateKeyPem);
    const identity = { ...installation.config().identity, nextPrivateKeyFile };
    const mgmt = await installation.start({ config: installation.config({ identity }) });
    installation.agent('east');
    const bySubject = new Map<string, Set<string>>();
    const isNext = ({ subject, payload }: BusMessage): void => {
      const signers = bySubject.get(subject) ?? new Set();
      bySubject.set(subject, signers.add(Buffer.from(payload).includes(next.identity.keyId) ? 'next' : 'current'));
    };
    for (const topic of ['terms', 'trust'] as const) installation.bus.subscribe(subjects.all(topic), isNext);
    await apply(mgmt);
    const signed = (cluster: string) =>
      [subjects.terms('demo', cluster), subjects.trust('demo', cluster)].map((each) => bySubject.get(each));
    await reach(mgmt, 'east answers', ({ clusters }) => clusters[0]?.link !== undefined);
    await waitFor(() => signed('east').every((each) => each?.size === 1), { timeoutMs: 5_000, what: 'words to east' });
    expect(signed('east')).toEqual(Array(2).fill(new Set(['current'])));

    installation.bus.publish(subjects.link('demo', 'east'), stateAccepting(next.identity.keyId));
    await waitFor(() => signed('east').every((each) => each?.has('next')), { timeoutMs: 5_000, what: 'the next key' });
    expect(signed('west').some((each) => each?.has('next'))).toBe(false);
  });

  /** What east's agent says once it accepts a key; in the future, so that the scripted agent says nothing newer. */
  function stateAccepting(keyId: string): Uint8Array {
    const sentAtMs = systemClock.now() + 60_000;
    return sealMessage({
      subject: subjects.link('demo', 'east'),
      address: { mesh: 'demo', cluster: 'east', term: 1, generation: 1 },
      message: { kind: 'link-state', body: answerOf(0, { state: { heardSequence: 0, mgmtKeys: [keyId] } }).state },
      identity: installation.identity('east'),
      sequence: sentAtMs * 1_000,
      sentAtMs,
    });
  }
});

describe('a flood under the name of one cluster', () => {
  it('is refused before it is looked at, said once, and keeps no other cluster from being heard', async () => {
    const log = recordLog();
    const mgmt = await installation.start({ log });
    await apply(mgmt);
    const garbage = new Uint8Array(1_000);
    for (let time = 0; time < 5_000; time += 1) installation.bus.publish(subjects.report('demo', 'east'), garbage);
    installation.agent('west');
    await reach(mgmt, 'west is heard', ({ clusters }) => clusters[1]?.verdict.passed === true);
    const ofEast = { subject: subjects.report('demo', 'east') };
    expect(log.all({ ...ofEast, code: 'RR_RATE_LIMITED' })).toHaveLength(1);
    expect(log.all({ ...ofEast, code: 'RR_PROTOCOL_MALFORMED' })).toHaveLength(1);
  });
});
