import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { createFakeClock } from '@reroot/shared/testing';
import { describe, expect, it } from 'vitest';
import { describeVaultCredentialsContract } from '../../vault/vault-credentials-contract.ts';
import { secretPath, valueOf } from '../ca-secret/secret-object.ts';
import { createMemoryKubeApi, type MemoryKubeApi } from '../testing/memory-kube-api.ts';
import { createVaultCredentials } from './vault-credentials.ts';

const { signal } = new AbortController();
const namespace = 'default';
const account = { namespace, name: 'vault' };
const accountPath = '/api/v1/namespaces/default/serviceaccounts/vault';
const reference = { kind: 'reference', account, tokenKey: 'token' } as const;

/** A cluster with the service account, which makes tokens that are numbered and live for ten minutes. */
function createSubject(audience?: string) {
  const clock = createFakeClock(0);
  const api = createMemoryKubeApi();
  let made = 0;
  api.put(accountPath, { metadata: { name: 'vault' } });
  api.answer = ({ path }) => {
    if (!path.endsWith('/token')) return undefined;
    made += 1;
    return { status: { token: `made.token.${made}`, expirationTimestamp: new Date(clock.now() + 600_000).toISOString() } };
  };
  return { api, clock, credentials: createVaultCredentials({ api, audience, clock }) };
}

function putSecret(api: MemoryKubeApi, name: string, data: Readonly<Record<string, string>>, more: object = {}): void {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, text]) => [key, valueOf(text)]));
  api.put(secretPath(namespace, name), { metadata: { name }, data: encoded, ...more });
}

const tokenSecret = (owner: string) => ({
  type: 'kubernetes.io/service-account-token',
  metadata: { name: 'of-owner', annotations: { 'kubernetes.io/service-account.name': owner } },
});

describeVaultCredentialsContract('the API of Kubernetes', async () => {
  const { api, credentials } = createSubject();
  return {
    credentials,
    account,
    putSecret: async ({ name }, data) => putSecret(api, name, data),
    dispose: async () => undefined,
  };
});

describe('the token of a service account by reference', () => {
  it('is the one of a Secret that the account names, under the key that was named', async () => {
    const { api, credentials } = createSubject();
    api.put(accountPath, { metadata: { name: 'vault' }, secrets: [{ name: 'pull' }, { name: 'foreign' }, { name: 'own' }] });
    putSecret(api, 'pull', { jwt: 'a.pull.secret' }, { type: 'kubernetes.io/dockercfg' });
    putSecret(api, 'foreign', { jwt: 'of.another.account' }, tokenSecret('other'));
    putSecret(api, 'own', { jwt: 'of.this.account\n' }, tokenSecret('vault'));
    expect(await credentials.readJwt({ ...reference, tokenKey: 'jwt' }, signal)).toBe('of.this.account');
    expect(await credentials.readJwt(reference, signal)).toBe('made.token.1');
  });

  it('is none that the Secret holds in another form, and nothing of that is quoted', async () => {
    const { api, credentials } = createSubject();
    api.put(accountPath, { metadata: { name: 'vault' }, secrets: [{ name: 'own' }] });
    putSecret(api, 'own', { token: 'canary' }, tokenSecret('vault'));
    const refused = credentials.readJwt(reference, signal);
    await expect(refused).rejects.toMatchObject({
      message: 'Secret default/own, key token, holds no token of a service account',
    });
  });

  it('is made by the cluster where the agent may not read what the account names', async () => {
    const { api, credentials } = createSubject();
    api.put(accountPath, { metadata: { name: 'vault' }, secrets: [{ name: 'own' }, { name: 'gone' }] });
    putSecret(api, 'own', { token: 'of.this.account' }, tokenSecret('vault'));
    const { answer } = api;
    api.answer = (request) => {
      if (request.path.includes('/secrets/')) throw new RerootError('RR_CLUSTER_FORBIDDEN', 'no');
      return answer(request);
    };
    expect(await credentials.readJwt(reference, signal)).toBe('made.token.1');
  });

  it('is not made for want of an answer: another token than the one that is meant would be shown', async () => {
    const { api, credentials } = createSubject();
    api.put(accountPath, { metadata: { name: 'vault' }, secrets: [{ name: 'own' }] });
    putSecret(api, 'own', { token: 'of.this.account' }, tokenSecret('vault'));
    api.answer = ({ path }) => {
      if (path.includes('/secrets/')) throw new RerootError('RR_CLUSTER_UNREACHABLE', 'away');
      return undefined;
    };
    await expect(credentials.readJwt(reference, signal)).rejects.toMatchObject({ code: 'RR_CLUSTER_UNREACHABLE' });
  });

  it('is for the API server unless the configuration says otherwise, lives ten minutes and is kept for eight', async () => {
    for (const [audience, audiences] of [
      [undefined, []],
      ['vault', ['vault']],
    ] as const) {
      const { api, clock, credentials } = createSubject(audience);
      const next = () => credentials.readJwt(reference, signal);
      expect([await next(), await next()]).toEqual(['made.token.1', 'made.token.1']);
      const made = api.requests.find(({ verb }) => verb === 'create');
      expect(made).toMatchObject({ path: `${accountPath}/token`, body: { spec: { audiences, expirationSeconds: 600 } } });
      clock.advance(480_000);
      expect(await next()).toBe('made.token.2');
    }
  });

  it('is another one once Vault has refused it', async () => {
    const { credentials } = createSubject();
    expect(await credentials.readJwt(reference, signal)).toBe('made.token.1');
    credentials.discard();
    expect(await credentials.readJwt(reference, signal)).toBe('made.token.2');
  });
});

describe('a mounted token', () => {
  it('is read each time, and is nothing but a token', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'reroot-mounted-'));
    try {
      const { credentials } = createSubject();
      const path = join(directory, 'token');
      const read = () => credentials.readJwt({ kind: 'mounted', path }, signal);
      const invalid = { code: 'RR_VAULT_CREDENTIAL_INVALID' };
      await expect(read()).rejects.toMatchObject({ ...invalid, message: `${path} cannot be read (ENOENT)` });
      await writeFile(path, 'first.mounted.token\n');
      expect(await read()).toBe('first.mounted.token');
      await writeFile(path, 'second.mounted.token');
      expect(await read()).toBe('second.mounted.token');
      await writeFile(path, '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n');
      await expect(read()).rejects.toMatchObject({ ...invalid, message: `${path} holds no token of a service account` });
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('is looked for where the kubelet puts it, unless a path is named', async () => {
    const { credentials } = createSubject();
    await expect(credentials.readJwt({ kind: 'mounted', path: '' }, signal)).rejects.toMatchObject({
      message: expect.stringContaining('/var/run/secrets/kubernetes.io/serviceaccount/token') as string,
    });
  });
});
