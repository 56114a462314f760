import { systemClock } from '@reroot/shared/clock';
import {
  createSequence,
  generateIdentity,
  identityFromPem,
  keyringOf,
  openMessage,
  sealMessage,
  subjects,
} from '@reroot/shared/protocol';
import { waitFor } from '@reroot/shared/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apply, clientOf, type Installation, makeInstallation, reach, settle, signal } from './testing/installation.ts';
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
    expect(clusters[0]?.link).toMatchObject({ connected: true, agentVersion: '0.1.0', protocol: 2, refusedByAgent: {} });
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

  it('hears an agent that the next key was handed to, whichever of both signs, and comes back after a restart', async () => {
    const next = generateIdentity();
    const nextPrivateKeyFile = await installation.writeSecret('next.key', next.privateKeyPem);
    const config = installation.config();
    const identity = { ...config.identity, nextPrivateKeyFile };
    const mgmt = await installation.start({ config: installation.config({ identity }) });
    const signers: string[] = [];
    installation.agent('east');
    const keyring = keyringOf([next.publicKeyPem]);
    installation.bus.subscribe(subjects.terms('demo', 'east'), ({ subject, payload }) => {
      try {
        signers.push(openMessage({ subject, payload, keyring, expect: 'link-terms' }).keyId);
      } catch {
        signers.push('current');
      }
    });
    await apply(mgmt, { clusters: ['east'] });
    await settle(mgmt);
    // The scripted agent says that it accepts the current key alone.
    await waitFor(() => signers.length > 3, { timeoutMs: 5_000, what: 'terms' });
    expect(new Set(signers)).toEqual(new Set(['current']));
    const bothKeys = { mgmtKeys: [next.identity.keyId] };
    const subject = subjects.link('demo', 'east');
    const seal = createSequence({ ...systemClock, now: () => systemClock.now() + 60_000 });
    const state = { heardSequence: 0, heardAtMs: 0, agentVersion: '0.1.0', protocol: 2, credentialsEpoch: 0 };
    const rest = { connectedSinceMs: 0, reconnects: 0, refusals: [], natsJwtExpiresAtMs: 0, clusterUid: 'uid' };
    installation.bus.publish(
      subject,
      sealMessage({
        subject,
        address: { mesh: 'demo', cluster: 'east', term: 1, generation: 1 },
        message: { kind: 'link-state', body: { ...state, ...bothKeys, ...rest } },
        identity: installation.identity('east'),
        sequence: seal(),
        sentAtMs: systemClock.now(),
      }),
    );
    await waitFor(() => signers.at(-1) === next.identity.keyId, { timeoutMs: 5_000, what: 'the next key signs' });
  });
});

describe('too much of one cluster', () => {
  it('is refused before it is looked at, counted once a line, and keeps nobody else from being heard', async () => {
    const log = recordLog();
    const mgmt = await installation.start({ log });
    const west = installation.agent('west');
    await apply(mgmt);
    const garbage = new Uint8Array(1_000);
    for (let time = 0; time < 5_000; time += 1) installation.bus.publish(subjects.report('demo', 'east'), garbage);
    await reach(mgmt, 'west is heard', ({ clusters }) => clusters[1]?.verdict.passed === true);
    expect(west.generation).toBe(1);
    expect(log.all({ code: 'RR_RATE_LIMITED' })).toHaveLength(1);
    expect(log.all({ code: 'RR_PROTOCOL_MALFORMED' })).toHaveLength(1);
    await clientOf(mgmt).readMesh('demo', signal);
    identityFromPem(generateIdentity().privateKeyPem);
  });
});
