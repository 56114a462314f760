import { parseYaml } from '@reroot/shared/config';
import { generateIdentity } from '@reroot/shared/protocol';
import { describe, expect, it } from 'vitest';
import { mgmtConfigSchema } from './config.ts';

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
const read = (text: string) => parseYaml(text, mgmtConfigSchema, 'mgmt.yaml');

describe('the configuration of mgmt', () => {
  it('has the documented defaults', () => {
    expect(read(minimal)).toMatchObject({
      api: { host: '127.0.0.1', port: 8480 },
      timings: { resyncMs: 10_000, silentAfterMs: 35_000, tickMs: 1_000, finishedHoldMs: 86_400_000 },
      log: { level: 'info' },
    });
  });

  it('keeps what is said beside the defaults', () => {
    expect(read(`${minimal}timings: { tickMs: 100 }\napi: { port: 0 }\n`)).toMatchObject({
      timings: { tickMs: 100, resyncMs: 10_000 },
      api: { host: '127.0.0.1', port: 0 },
    });
  });

  it.each([
    ['a misspelt key', minimal.replace('dataDir', 'datadir'), 'mgmt.yaml:2:1 (datadir)'],
    ['an unknown key inside', `${minimal}api: { prot: 1 }\n`, '(api.prot)'],
    ['no server', minimal.replace(`['nats://127.0.0.1:4222']`, '[]'), '(nats.servers)'],
    ['a port that is none', `${minimal}api: { port: 70000 }\n`, '(api.port)'],
    ['a tick that would keep it busy', `${minimal}timings: { tickMs: 0 }\n`, '(timings.tickMs)'],
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
