import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RerootError } from '@reroot/shared/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAccountJwt, type TokenApi } from './read-account-jwt.ts';

const { signal } = new AbortController();
const reference = { kind: 'reference', account: { namespace: 'reroot', name: 'vault' }, tokenKey: 'token' } as const;
const invalid = { code: 'RR_VAULT_CREDENTIAL_INVALID' };

/** Answers each request for a token so. */
function apiWith(answer: unknown): TokenApi & { readonly requests: unknown[] } {
  const requests: unknown[] = [];
  return {
    requests,
    create: async <T>(path: string, body: object): Promise<T> => {
      requests.push([path, body]);
      return answer as T;
    },
  };
}

describe('the token of a service account by reference', () => {
  it('is made anew each time, for ten minutes', async () => {
    const api = apiWith({ status: { token: 'made.for.vault' } });
    for (let count = 0; count < 2; count += 1) expect(await readAccountJwt(reference, api, signal)).toBe('made.for.vault');
    const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenRequest', spec: { expirationSeconds: 600 } };
    expect(api.requests).toEqual(Array(2).fill(['/api/v1/namespaces/reroot/serviceaccounts/vault/token', body]));
  });

  it('is none that has another form, and nothing of that is quoted', async () => {
    for (const answer of [{ status: { token: 'canary' } }, { status: {} }, {}, 'canary']) {
      const refused = readAccountJwt(reference, apiWith(answer), signal);
      await expect(refused).rejects.toMatchObject({ ...invalid, message: expect.stringContaining('reroot/vault') as string });
      await expect(refused).rejects.not.toThrow(/canary/);
    }
  });

  it('is refused with what Kubernetes says', async () => {
    const forbidden = new RerootError('RR_CLUSTER_FORBIDDEN', 'no');
    await expect(readAccountJwt(reference, { create: () => Promise.reject(forbidden) }, signal)).rejects.toBe(forbidden);
  });

  it('is nowhere to be had where mgmt knows no cluster', async () => {
    await expect(readAccountJwt(reference, undefined, signal)).rejects.toMatchObject({
      code: 'RR_VAULT_CREDENTIAL_UNSUPPORTED',
      message: expect.stringContaining('reroot/vault') as string,
    });
  });
});

describe('a mounted token', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'reroot-mounted-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('is read each time, without the newline at its end, and is nothing but a token', async () => {
    const path = join(dir, 'token');
    const read = () => readAccountJwt({ kind: 'mounted', path }, undefined, signal);
    await expect(read()).rejects.toMatchObject({ ...invalid, message: `${path} cannot be read (ENOENT)` });
    await writeFile(path, 'first.mounted.token\n');
    expect(await read()).toBe('first.mounted.token');
    await writeFile(path, 'second.mounted.token');
    expect(await read()).toBe('second.mounted.token');
    await writeFile(path, '-----BEGIN PRIVATE KEY-----\ncanary\n-----END PRIVATE KEY-----\n');
    await expect(read()).rejects.toMatchObject({ ...invalid, message: expect.stringContaining(path) as string });
    await expect(read()).rejects.not.toThrow(/canary/);
  });

  it('is looked for where the kubelet puts it, unless a path is named', async () => {
    await expect(readAccountJwt({ kind: 'mounted', path: '' }, undefined, signal)).rejects.toMatchObject({
      message: expect.stringContaining('/var/run/secrets/kubernetes.io/serviceaccount/token') as string,
    });
  });
});
