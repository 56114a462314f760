import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openKubeconfigCredentials } from './kubeconfig-credentials.ts';

let dir: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-token-'));
});
afterEach(() => rm(dir, { recursive: true }));

it('gives the token of a tokenFile, by a path beside the kubeconfig, and the next one when the file has changed', async () => {
  const kubeconfig = join(dir, 'config');
  const config = {
    clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:6443' } }],
    users: [{ name: 'u', user: { tokenFile: 'token', token: 'another' } }],
    contexts: [{ name: 'x', context: { cluster: 'c', user: 'u' } }],
    'current-context': 'x',
  };
  await writeFile(kubeconfig, JSON.stringify(config));
  const credentials = await openKubeconfigCredentials([kubeconfig], undefined);
  for (const token of ['first', 'second']) {
    await writeFile(join(dir, 'token'), `${token}\n`);
    expect((await credentials.read('kept')).headers).toMatchObject({ authorization: `Bearer ${token}` });
  }
});
