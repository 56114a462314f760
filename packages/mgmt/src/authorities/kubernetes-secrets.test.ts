import { inspect } from 'node:util';
import { type ScriptedApiServer, sendJson, sendStatus, startScriptedApiServer } from '@reroot/kube-api/testing';
import type { RerootError } from '@reroot/shared/errors';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createKubernetesSecrets } from './kubernetes-secrets.ts';
import type { SecretSource } from './secret-source.ts';
import { describeSecretSourceContract } from './testing/secret-source-contract.ts';

const one = { namespace: 'default', name: 'reroot-one' };
const onePath = '/api/v1/namespaces/default/secrets/reroot-one';
const { signal } = new AbortController();

describeSecretSourceContract('a scripted API server', async () => {
  const server = await startScriptedApiServer();
  const objects = new Map<string, object>();
  server.answer(({ path }, response) => {
    const found = objects.get(path);
    if (found === undefined) sendStatus(response, 404, { reason: 'NotFound' });
    else sendJson(response, found);
  });
  return {
    secrets: createKubernetesSecrets(await server.open()),
    put: async ({ namespace, name }, values) => {
      const data = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
      const object = { apiVersion: 'v1', kind: 'Secret', metadata: { namespace, name }, type: 'Opaque', data };
      objects.set(`/api/v1/namespaces/${namespace}/secrets/${name}`, object);
    },
    remove: async ({ namespace, name }) => {
      objects.delete(`/api/v1/namespaces/${namespace}/secrets/${name}`);
    },
    dispose: () => server.stop(),
  };
});

describe('Secrets of a cluster', () => {
  let server: ScriptedApiServer;
  let secrets: SecretSource;
  beforeEach(async () => {
    server = await startScriptedApiServer();
    secrets = createKubernetesSecrets(await server.open());
  });
  afterEach(async () => {
    await secrets.close();
    await server.stop();
  });

  const failure = async (): Promise<RerootError> =>
    secrets.read(one, signal).then(
      () => Promise.reject(new Error('it was read')),
      (error: unknown) => error as RerootError,
    );

  it('are asked for one by one, so that no right to list them is needed', async () => {
    server.answer((_, response) => sendJson(response, { kind: 'Secret', metadata: { name: 'reroot-one' } }));
    expect(await secrets.read(one, signal)).toEqual(new Map());
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${onePath}`]);
  });

  it('say that mgmt may not read them', async () => {
    const message = 'secrets "reroot-one" is forbidden: User "reroot-mgmt" cannot get resource "secrets"';
    server.answer((_, response) => sendStatus(response, 403, { reason: 'Forbidden', message }));
    const { code, message: told } = await failure();
    expect(code).toBe('RR_SECRET_SOURCE_UNREADABLE');
    expect(told).toContain('Secret default/reroot-one cannot be read');
    expect(told).toContain('cannot get resource');
  });

  it('say that the API server is not to be reached', async () => {
    server.answer((_, response) => response.destroy());
    expect(await failure()).toMatchObject({ code: 'RR_SECRET_SOURCE_UNREADABLE', message: expect.stringContaining('127.0.0.1') });
  });

  it.each([
    ['a value that is no base64', { data: { key: 'canary!' } }],
    ['values that are no text', { data: { key: { deep: 'canary!' } } }],
    ['values in a list', { data: ['canary!'] }],
  ])('are refused with %s, which nobody repeats', async (_, body) => {
    server.answer((__, response) => sendJson(response, { kind: 'Secret', metadata: { name: 'reroot-one' }, ...body }));
    const error = await failure();
    expect(error.code).toBe('RR_SECRET_SOURCE_UNREADABLE');
    expect(inspect(error, { depth: 9 })).not.toContain('canary');
  });
});
