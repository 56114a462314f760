import { describeSecretSourceContract, openSecrets } from '@reroot/mgmt/testing';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { beforeAll, describe, expect, it } from 'vitest';
import { readRbac } from './lab/agent/agent-access.ts';
import type { ControlPlane } from './lab/cluster/control-plane.ts';
import { type LoneControlPlane, startControlPlaneAlone } from './lab/cluster/start-alone.ts';

const namespace = 'reroot';
const account = `system:serviceaccount:${namespace}:reroot-mgmt`;
const { signal } = new AbortController();

let controlPlane: ControlPlane;
let kubeconfigOf: LoneControlPlane['kubeconfigOf'];

beforeAll(async () => {
  const alone = await startControlPlaneAlone('secrets');
  ({ controlPlane, kubeconfigOf } = alone);
  return () => alone.stop();
});

const open = async (kubeconfigFile: string) => {
  const { secrets } = await openSecrets(
    { kubernetes: { kubeconfigFile } },
    { clock: systemClock, random: Math.random, log: silentLog },
  );
  return secrets;
};
const pathOf = (secret: { readonly namespace: string; readonly name: string }): string =>
  `/api/v1/namespaces/${secret.namespace}/secrets/${secret.name}`;
const put = async (secret: { namespace: string; name: string }, data: Readonly<Record<string, Uint8Array>>): Promise<void> => {
  const encoded = Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]));
  const object = { apiVersion: 'v1', kind: 'Secret', metadata: { name: secret.name }, data: encoded };
  await controlPlane.admin.patch('apply', `${pathOf(secret)}?fieldManager=lab&force=true`, object);
};

describeSecretSourceContract('a real API server', async () => {
  const written = new Map<string, string>();
  return {
    secrets: await open(controlPlane.adminKubeconfig),
    put: async (secret, values) => {
      written.set(pathOf(secret), pathOf(secret));
      await put(secret, values);
    },
    remove: async (secret) => {
      written.delete(pathOf(secret));
      await controlPlane.admin.request('DELETE', pathOf(secret));
    },
    dispose: async () => {
      for (const path of written.values()) await controlPlane.admin.request('DELETE', path);
    },
  };
});

describe('with the rights of deploy/mgmt/rbac-secrets.yaml', () => {
  beforeAll(async () => {
    const { admin } = controlPlane;
    await admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
    for (const { path, object } of await readRbac('mgmt')) {
      await admin.patch('apply', `${path}?fieldManager=lab&force=true`, object);
    }
    for (const name of ['next-root', 'other']) await put({ namespace, name }, { 'ca.crt': Buffer.from('canary') });
  });

  it('mgmt reads the Secret that is named, and no other', async () => {
    const secrets = await open(await kubeconfigOf(account));
    try {
      const found = await secrets.read({ namespace, name: 'next-root' }, signal);
      expect(found).toEqual(new Map([['ca.crt', Buffer.from('canary')]]));
      for (const secret of [
        { namespace, name: 'other' },
        { namespace: 'default', name: 'next-root' },
      ]) {
        const forbidden = { code: 'RR_SECRET_SOURCE_UNREADABLE', message: expect.stringContaining('forbidden') };
        await expect(secrets.read(secret, signal)).rejects.toMatchObject(forbidden);
      }
    } finally {
      await secrets.close();
    }
  });
});
