import { readFileSync } from 'node:fs';
import { parseYaml } from '@reroot/shared/config';
import { generateIdentity } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { mgmtConfigSchema } from './config.ts';
import { fieldsOf } from './testing/schema-fields.ts';

const indented = (pem: string): string => pem.trim().split('\n').join('\n      ');
const [east, west] = [generateIdentity(), generateIdentity()].map(({ publicKeyPem }) => indented(publicKeyPem));
const minimal = `
dataDir: data
nats: { servers: ['nats://127.0.0.1:4222'] }
identity: { privateKeyFile: mgmt.key }
keyStore: { passphraseFile: passphrase }
clusters:
  east:
    publicKey: |
      ${east}
`;
const withReplicas = (lease: string, more = ''): string =>
  `${minimal}store: { kind: kubernetes, namespace: reroot }\nreplicas: { lease: ${lease}, ${more} }\n`;
const withStore = (keyStore: string): string => minimal.replace('{ passphraseFile: passphrase }', keyStore);
const read = (text: string) => parseYaml(text, mgmtConfigSchema, 'mgmt.yaml');

describe('the configuration of mgmt', () => {
  it('has the documented defaults', () => {
    expect(read(minimal)).toMatchObject({
      api: { host: '127.0.0.1', port: 8480 },
      timings: { resyncMs: 10_000, silentAfterMs: 35_000, tickMs: 1_000, finishedHoldMs: 86_400_000 },
      log: { level: 'info' },
    });
  });

  it('has a row for every key in docs/configuration.md', () => {
    const page = readFileSync(new URL('../../../docs/configuration.md', import.meta.url), 'utf8');
    const fields = fieldsOf(mgmtConfigSchema);
    expect(fields).toContain('keyStore.vaultTransit.auth.kubernetes.role');
    expect(fields.filter((field) => !page.includes(`\n| \`${field}\` |`))).toEqual([]);
  });

  it('keeps what is said beside the defaults', () => {
    expect(read(`${minimal}timings: { tickMs: 100 }\napi: { port: 0 }\n`)).toMatchObject({
      timings: { tickMs: 100, resyncMs: 10_000 },
      api: { host: '127.0.0.1', port: 0 },
    });
  });

  it('takes the passphrase of the key store from one of four places', () => {
    const transit = '{ server: "https://vault:8200", key: reroot, auth: { kubernetes: { role: mgmt } } }';
    expect(read(withStore('{ passphraseEnv: REROOT_PASSPHRASE }')).keyStore).toEqual({ passphraseEnv: 'REROOT_PASSPHRASE' });
    const secret = '{ namespace: reroot, name: key-store, key: passphrase }';
    expect(read(withStore(`{ passphraseSecret: ${secret} }`)).keyStore).toMatchObject({
      passphraseSecret: { key: 'passphrase' },
    });
    expect(read(withStore(`{ vaultTransit: ${transit} }`)).keyStore.vaultTransit).toEqual({
      ...{ server: 'https://vault:8200', namespace: '', mount: 'transit', key: 'reroot' },
      auth: { kubernetes: { mountPath: 'kubernetes', role: 'mgmt', tokenFile: '' } },
    });
  });

  it('takes Secrets from a folder, from a cluster, or from nowhere', () => {
    expect(read(minimal).secrets).toBeUndefined();
    expect(read(`${minimal}secrets: { dir: secrets }\n`).secrets).toEqual({ dir: 'secrets' });
    expect(read(`${minimal}secrets: { kubernetes: {} }\n`).secrets).toEqual({ kubernetes: {} });
    const kubernetes = { kubeconfigFile: 'kubeconfig', context: 'mgmt' };
    expect(read(`${minimal}secrets: ${JSON.stringify({ kubernetes })}\n`).secrets).toEqual({ kubernetes });
  });

  it.each([
    ['a misspelt key', minimal.replace('dataDir', 'datadir'), 'mgmt.yaml:2:1 (datadir)'],
    ['an unknown key inside', `${minimal}api: { prot: 1 }\n`, '(api.prot)'],
    ['no server', minimal.replace(`['nats://127.0.0.1:4222']`, '[]'), '(nats.servers)'],
    ['a port that is none', `${minimal}api: { port: 70000 }\n`, '(api.port)'],
    ['a tick that would keep it busy', `${minimal}timings: { tickMs: 0 }\n`, '(timings.tickMs)'],
    ['no passphrase', withStore('{}'), '(keyStore)'],
    ['two passphrases', withStore('{ passphraseFile: a, passphraseEnv: B }'), '(keyStore)'],
    ['an unknown place of the passphrase', withStore('{ passphrase: canary }'), '(keyStore.passphrase)'],
    ['a variable that no shell can set', withStore('{ passphraseEnv: A-B }'), '(keyStore.passphraseEnv)'],
    [
      'a Secret that leads elsewhere',
      withStore('{ passphraseSecret: { namespace: .., name: a, key: b } }'),
      '(keyStore.passphraseSecret.namespace)',
    ],
    ['a Vault without a login', withStore('{ vaultTransit: { server: a, key: b, auth: {} } }'), '(keyStore.vaultTransit.auth)'],
    [
      'a Vault with two logins',
      withStore('{ vaultTransit: { server: a, key: b, auth: { tokenFile: c, kubernetes: { role: d } } } }'),
      '(keyStore.vaultTransit.auth)',
    ],
    ['Secrets from nowhere', `${minimal}secrets: {}\n`, '(secrets)'],
    ['Secrets from two places', `${minimal}secrets: { dir: a, kubernetes: {} }\n`, '(secrets)'],
    ['an unknown place of Secrets', `${minimal}secrets: { kubernetes: { kubeconfig: a } }\n`, '(secrets.kubernetes.kubeconfig)'],
    ['replicas of a store that has one mgmt', `${minimal}replicas: {}\n`, '(replicas)'],
    ['a leader that acts for longer than its lease', withReplicas('{ renewWithinMs: 10000 }'), '(replicas.lease.renewWithinMs)'],
    ['a renewal that cannot be tried again', withReplicas('{ retryMs: 6000 }'), '(replicas.lease.retryMs)'],
    ['a lease of half a second more', withReplicas('{ durationMs: 10500 }'), '(replicas.lease.durationMs)'],
    ['an address that is none', withReplicas('{}', 'advertise: mgmt-0'), '(replicas.advertise)'],
    ['a level that is none', `${minimal}log: { level: loud }\n`, '(log.level)'],
    ['a cluster that is no label', minimal.replace('  east:', '  e.ast:'), '(clusters.e.ast)'],
    ['a cluster without a key', `${minimal}  west: {}\n`, '(clusters.west.publicKey)'],
    ['one key for two clusters', `${minimal}  west:\n    publicKey: |\n      ${east}\n`, '(clusters.west.publicKey)'],
  ])('is refused for %s, by its place', (_, text, place) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({ code: 'RR_CONFIG_INVALID', place: expect.stringContaining(place) }),
    );
  });

  it('takes clusters with keys of their own', () => {
    expect(Object.keys(read(`${minimal}  west:\n    publicKey: |\n      ${west}\n`).clusters)).toEqual(['east', 'west']);
  });
});
