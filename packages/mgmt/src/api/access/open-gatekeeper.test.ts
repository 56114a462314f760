import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { beforeAll, describe, expect, it } from 'vitest';
import { recordLog } from '../../testing/recorded-log.ts';
import { apiConfigSchema } from '../api-config.ts';
import type { ApiInput } from '../testing/open-api.ts';
import { openGatekeeper } from './open-gatekeeper.ts';

let dir: string;
let tokenFile: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'reroot-gatekeeper-'));
  tokenFile = await write('token', 'a-line-that-many-know\n', 0o600);
  return () => rm(dir, { recursive: true });
});

async function write(name: string, text: string, mode: number): Promise<string> {
  const file = join(dir, name);
  await writeFile(file, text);
  await chmod(file, mode);
  return file;
}

/** Opens and closes; gives what was logged. */
async function open(input: ApiInput): Promise<readonly object[]> {
  const log = recordLog();
  const options = { version: '0.1.0', clock: systemClock, random: () => 0.5, log };
  const gatekeeper = await openGatekeeper(apiConfigSchema.parse(input), options);
  await gatekeeper.close();
  return log.all({ level: 'warn' });
}

const tls = { certFile: 'server.pem', keyFile: 'server.key' };
const access = { tokens: [{ name: 'ci', sha256: 'a'.repeat(64), role: 'viewer' as const }] };
const abroad = ['0.0.0.0', '::', '192.0.2.7', 'mgmt.example.org', '127.evil.example'];

describe('an API that listens beyond this machine', () => {
  it.each(abroad)('at %s is not started without a way of access, whatever else is set', async (host) => {
    for (const rest of [{}, { tls }, { plaintext: 'allowed' as const }]) {
      await expect(open({ host, ...rest })).rejects.toMatchObject({ code: 'RR_API_TOKEN_REQUIRED', place: 'api.host' });
    }
  });

  it.each(abroad)('at %s is not started without TLS', async (host) => {
    for (const rest of [{ tokenFile }, { access }]) {
      await expect(open({ host, ...rest })).rejects.toMatchObject({ code: 'RR_API_TLS_REQUIRED', place: 'api.host' });
    }
  });

  it('is started with both, and without TLS where that is allowed, with a warning each time', async () => {
    expect(await open({ host: '0.0.0.0', access, tls })).toEqual([]);
    expect(await open({ host: '0.0.0.0', tokenFile, tls })).toEqual([]);
    expect(await open({ host: '0.0.0.0', access, plaintext: 'allowed' })).toEqual([
      expect.objectContaining({ address: '0.0.0.0', msg: expect.stringContaining('speaks no TLS') }),
    ]);
  });
});

describe('an API that listens on a loopback address', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost'])('at %s needs nothing', async (host) => {
    expect(await open({ host })).toEqual([]);
    expect(await open({ host, access })).toEqual([]);
  });
});

describe('what cannot be used', () => {
  it('is told at the start: a shared token that others can read or that is too short', async () => {
    const readable = await write('readable', 'a-line-that-many-know\n', 0o644);
    const short = await write('short', 'short\n', 0o600);
    for (const file of [readable, short, join(dir, 'none')]) {
      await expect(open({ tokenFile: file })).rejects.toMatchObject({ code: 'RR_API_TOKEN_INVALID', place: file });
    }
  });

  it('is told at the start: a CA of the issuer or a kubeconfig that is not there', async () => {
    const oidc = { issuer: 'https://issuer.example', audience: 'reroot', roles: {} };
    const caFile = join(dir, 'none.pem');
    await expect(open({ access: { oidc: { ...oidc, caFile } } })).rejects.toMatchObject({
      code: 'RR_CONFIG_UNREADABLE',
      place: caFile,
    });
    const kubeconfigFile = join(dir, 'none.kubeconfig');
    await expect(open({ access: { kubernetes: { kubeconfigFile } } })).rejects.toMatchObject({
      code: 'RR_KUBECONFIG_INVALID',
      remedy: expect.stringContaining('api.access.kubernetes.kubeconfigFile'),
    });
  });

  it.each(['', 'no certificate\n', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'])(
    'is told at the start: a CA of the issuer that is none: %j',
    async (text) => {
      const caFile = await write('wrong.pem', text, 0o600);
      const oidc = { issuer: 'https://issuer.example', audience: 'reroot', roles: {}, caFile };
      await expect(open({ access: { oidc } })).rejects.toMatchObject({
        code: 'RR_CONFIG_UNREADABLE',
        place: caFile,
        remedy: expect.stringContaining('api.access.oidc.caFile'),
      });
    },
  );
});
