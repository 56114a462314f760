import { systemClock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import {
  type Certificate,
  createRootCertificate,
  generateKey,
  issueIntermediate,
  type Signer,
  signerFromKey,
} from '@reroot/shared/pki';
import { createFakeClock, waitFor } from '@reroot/shared/testing';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { RootAuthority } from '../../authorities/index.ts';
import { makeProofCredential } from './make-proof-credential.ts';
import type { HandshakeResult } from './outcome.ts';
import { judgeNegative, type NegativeProof, type ProveOptions, proveRootRefused } from './prove-root-refused.ts';
import { type AgentConduct, createMemoryAgents, type MemoryAgents } from './testing/memory-agents.ts';

interface Root {
  readonly certificate: Certificate;
  readonly key: Signer;
}

const custody = { kind: 'key-store', keyRef: 'x', chain: [] } as const;
let old: Root;
let fresh: Root;
let stranger: Root;
let agents: MemoryAgents | undefined;

async function makeRoot(commonName: string): Promise<Root> {
  const key = signerFromKey(await generateKey({ kind: 'ecdsa', curve: 'P-256' }));
  const span = { notBeforeMs: Date.now() - 3_600_000, notAfterMs: Date.now() + 86_400_000 };
  return { key, certificate: await createRootCertificate({ key, commonName, organization: 'test', ...span }) };
}

beforeAll(async () => {
  [old, fresh, stranger] = await Promise.all([makeRoot('old'), makeRoot('new'), makeRoot('another')]);
});
afterEach(() => agents?.close());

/** Signs under either root. */
const authority: Pick<RootAuthority, 'issue'> = {
  issue: async ({ certificate }, request) => {
    const root = [old, fresh].find((each) => each.certificate === certificate);
    if (root === undefined) throw new RerootError('RR_KEYSTORE_KEY_MISSING', 'the key is gone');
    return [await issueIntermediate({ ...request, issuer: root.certificate, issuerKey: root.key })];
  },
};

/** A cluster whose own leaf is of the new root, and that trusts these. */
async function trusting(...roots: readonly Certificate[]): Promise<AgentConduct> {
  const signing = { authority, organization: 'test', trustDomain: 'cluster.local', clock: systemClock };
  const { signal } = new AbortController();
  const own = await makeProofCredential({ certificate: fresh.certificate, custody }, roots, signing, signal);
  return { credential: () => own };
}

async function prove(
  conducts: Readonly<Record<string, AgentConduct>>,
  change: Partial<ProveOptions> = {},
): Promise<readonly NegativeProof[]> {
  const options = { ...optionsOf(conducts), ...change };
  const members = Object.keys(conducts).map((cluster) => ({ cluster, replicas: ['istiod-0', 'istiod-1'] }));
  return proveRootRefused(members, options);
}

describe('that the old root is refused', () => {
  it('is proven of each replica that refuses the one leaf and accepts the other', async () => {
    const east = await trusting(fresh.certificate);
    const proofs = await prove({ east });
    expect(proofs.map(({ cluster, replica, result }) => [cluster, replica, result.kind])).toEqual([
      ['east', 'istiod-0', 'proven'],
      ['east', 'istiod-1', 'proven'],
    ]);
    expect(proofs[0]?.result).toMatchObject({
      control: { kind: 'accepted' },
      refused: { refusals: [{ by: 'server', failure: { alert: 48 }, identity: 'spiffe://cluster.local/ns/reroot/sa/proof' }] },
    });
    expect(new Set(agents?.asked.map(({ turn }) => turn.group)).size).toBe(1);
  });

  it('is broken by a replica that accepts the old leaf', async () => {
    const proofs = await prove({ east: await trusting(fresh.certificate, old.certificate) });
    expect(proofs.map(({ result }) => result.kind)).toEqual(['broken', 'broken']);
  });

  it('is not proven by a replica that refuses everybody, nor by one that does not answer', async () => {
    const proofs = await prove({ east: await trusting(stranger.certificate) });
    expect(proofs[0]?.result).toMatchObject({
      kind: 'unproven',
      code: 'RR_HANDSHAKE_CONTROL',
      message: expect.stringContaining('the leaf of the new root was refused too') as string,
    });
    agents?.close();
    const [gone] = await proveRootRefused([{ cluster: 'gone', replicas: ['istiod-0'] }], optionsOf({}));
    expect(gone?.result).toMatchObject({ kind: 'unproven', code: 'RR_TASK_UNANSWERED' });
    const [without] = await proveRootRefused([{ cluster: 'gone', replicas: [] }], optionsOf({}));
    expect(without).toMatchObject({ replica: '', result: { kind: 'unproven', code: 'RR_HANDSHAKE_NO_REPLICA' } });
  });

  it('is told of each replica as soon as it is known, and takes no longer than it may', async () => {
    const [good, stuck] = [await trusting(fresh.certificate), Promise.withResolvers<never>()];
    const clock = createFakeClock(Date.now());
    const options = { ...optionsOf({ east: good }), clock, deadlineMs: 30_000 };
    const tasks: ProveOptions['tasks'] = {
      ask: (mesh, cluster, ask, { signal, ...rest }) => {
        if (cluster === 'east') return options.tasks.ask(mesh, cluster, ask, { signal, ...rest });
        signal.addEventListener('abort', () => stuck.reject(signal.reason as Error), { once: true });
        return stuck.promise;
      },
    };
    const heard: string[] = [];
    const onProgress = ({ cluster, result }: NegativeProof): unknown => heard.push(`${cluster} ${result.kind}`);
    const members = ['west', 'east', 'north'].map((cluster) => ({ cluster, replicas: ['istiod-0'] }));
    const proving = proveRootRefused(members, { ...options, tasks, concurrency: 2, onProgress });
    await waitFor(() => heard.length === 1, { timeoutMs: 5_000, what: 'the proof of east' });
    expect(heard).toEqual(['east proven']);
    clock.advance(30_000);
    expect((await proving).map(({ result }) => result)).toMatchObject([
      { kind: 'unproven', code: 'RR_TASK_UNANSWERED', message: 'the handshakes were not over within 30000 ms' },
      { kind: 'proven' },
      { kind: 'unproven', code: 'RR_TASK_UNANSWERED' },
    ]);
    expect(heard).toHaveLength(3);
  });

  it('is left with the reason of whoever leaves off', async () => {
    const leaving = new AbortController();
    const options = optionsOf({ east: await trusting(fresh.certificate) });
    const onProgress = (): void => leaving.abort(new Error('mgmt stops'));
    const members = [{ cluster: 'east', replicas: ['istiod-0', 'istiod-1'] }];
    const proving = proveRootRefused(members, { ...options, concurrency: 1, signal: leaving.signal, onProgress });
    await expect(proving).rejects.toThrow('mgmt stops');
  });

  it('is impossible to prove where mgmt cannot sign under the old root, and says why', async () => {
    const east = await trusting(fresh.certificate);
    const [foreign] = await prove({ east }, { old: { certificate: stranger.certificate } });
    expect(foreign?.result).toMatchObject({ kind: 'impossible', code: 'RR_ISSUE_NOT_HERE' });
    agents?.close();
    const [gone] = await prove({ east }, { old: { certificate: stranger.certificate, custody } });
    expect(gone?.result).toMatchObject({ kind: 'impossible', code: 'RR_KEYSTORE_KEY_MISSING' });
    agents?.close();
    const away: typeof authority = {
      issue: async () => {
        throw new RerootError('RR_VAULT_UNREACHABLE', 'Vault is away');
      },
    };
    const [later] = await prove({ east }, { authority: away });
    expect(later?.result).toMatchObject({ kind: 'unproven', code: 'RR_VAULT_UNREACHABLE' });
  });
});

function optionsOf(conducts: Readonly<Record<string, AgentConduct>>): ProveOptions {
  agents = createMemoryAgents(conducts);
  return {
    ...{ mesh: 'demo', trustDomain: 'cluster.local', organization: 'test', tasks: agents.tasks, clock: systemClock },
    ...{ authority, turnMs: 5_000, deadlineMs: 60_000, signal: new AbortController().signal },
    old: { certificate: old.certificate, custody },
    current: { certificate: fresh.certificate, custody },
  };
}

describe('what two handshakes prove', () => {
  const presented = { chain: ['aa'], bundleSha256: 'b1', roots: [] };
  const accepted: HandshakeResult = { kind: 'accepted', channel: 'c', client: presented, server: presented };
  const noIssuer = 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY';
  const refusedBy = (by: 'client' | 'server', reason = noIssuer, bundleSha256 = 'b1'): HandshakeResult => ({
    kind: 'refused',
    refusals: [{ by, failure: { alert: 48, reason }, identity: '' }],
    client: presented,
    server: { ...presented, bundleSha256 },
  });
  const unavailable: HandshakeResult = { kind: 'unavailable', code: 'RR_TASK_UNANSWERED', message: 'm' };

  it.each<[string, HandshakeResult, HandshakeResult, string]>([
    ['one accepted and one refused for its root', accepted, refusedBy('server'), 'proven'],
    ['both accepted', accepted, accepted, 'broken'],
    ['the old one accepted and the new one refused', refusedBy('server'), accepted, 'broken'],
    ['the old one accepted and the new one unavailable', unavailable, accepted, 'broken'],
    ['both refused', refusedBy('server'), refusedBy('server'), 'unproven'],
    ['the new one unavailable', unavailable, refusedBy('server'), 'unproven'],
    ['the old one unavailable', accepted, unavailable, 'unproven'],
    ['one refused because it had expired', accepted, refusedBy('server', 'CERT_HAS_EXPIRED'), 'unproven'],
    ['one refused by a clock that is behind', accepted, refusedBy('server', 'CERT_NOT_YET_VALID'), 'unproven'],
    ['one refused for the length of its path', accepted, refusedBy('server', 'PATH_LENGTH_EXCEEDED'), 'unproven'],
    ['one refused for a name that its root does not allow', accepted, refusedBy('server', 'PERMITTED_VIOLATION'), 'unproven'],
    ['one refused for its identity', accepted, refusedBy('server', 'WRONG_TRUST_DOMAIN'), 'unproven'],
    ['one refused by mgmt itself', accepted, refusedBy('client'), 'unproven'],
    ['one refused under another bundle', accepted, refusedBy('server', noIssuer, 'b2'), 'unproven'],
  ])('%s', (_, control, former, kind) => {
    expect(judgeNegative(control, former).kind).toBe(kind);
  });
});
