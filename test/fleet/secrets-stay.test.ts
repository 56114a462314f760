import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { tokenPrefix } from '@reroot/shared/api';
import { createNkey } from '@reroot/shared/nats-auth';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '../secrets/capture.ts';
import { changedSince, filesBelow } from '../secrets/files-below.ts';
import { providedSecrets, secretsOf } from '../secrets/fleet-secrets.ts';
import { playShow, type Show } from '../secrets/play-show.ts';
import { createScanner, type Scanner, type Trace } from '../secrets/scanner.ts';
import { type SecretKind, secretKey, secretSeed, secretText, secretToken } from '../secrets/secret.ts';

/** Two dozen programs are started besides the fleet: on a machine that is busy with other things that takes minutes. */
const patienceMs = 900_000;

describe('whoever looks for secrets', () => {
  const nowhere = { kind: 'canary', name: 'a canary', own: [] } as const;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const [, firstLine = '', secondLine = ''] = pem.split('\n');
  const token = `${tokenPrefix}${randomBytes(32).toString('base64url')}`;
  const user = createNkey('user');
  const phrase = 'a/phrase that stands in no book+and has a per%cent';
  const planted = createScanner([
    secretKey(pem, nowhere),
    secretToken(tokenPrefix, token, nowhere),
    secretSeed(user.seed, nowhere),
    secretText(phrase, nowhere),
  ]);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');

  it.each<[string, string | Buffer]>([
    ['a token in a line of a log', `{"level":"debug","msg":"asked with ${token}"}\n`],
    ['the half of a token', token.slice(0, 24)],
    ['a token in base64', base64(`x${token}`)],
    ['a token as a subprotocol has it', Buffer.from(`xy${token}`).toString('base64url')],
    ['the random part of a token', Buffer.from(token.slice(tokenPrefix.length), 'base64url').toString('hex')],
    ['a seed', user.seed],
    ['a phrase in a URL', encodeURIComponent(phrase)],
    ['a phrase in HEX', Buffer.from(phrase).toString('hex').toUpperCase()],
    ['a private key in PEM', pem],
    ['the first line of its PEM', firstLine],
    ['the second line of its PEM', secondLine],
    ['a private key in PEM in JSON', JSON.stringify({ key: pem })],
    ...[0, 1, 2].map((before): [string, string] => [
      `a private key in a Secret, after ${before} characters`,
      base64('x'.repeat(before) + pem),
    ]),
    ['a private key as a JWK', JSON.stringify(privateKey.export({ format: 'jwk' }))],
    ['a private key in DER', Buffer.concat([Buffer.alloc(1_000, 7), privateKey.export({ type: 'sec1', format: 'der' })])],
  ])('finds %s', (_, text) => {
    expect(planted.find(Buffer.from(text as string))).toHaveLength(1);
  });

  it('finds two secrets in one text', () => {
    expect(planted.find(Buffer.from(`${token}${user.seed}`))).toHaveLength(2);
  });

  it('says where, and as what', () => {
    expect(planted.find(Buffer.from(`${'.'.repeat(100)}${user.seed}`))).toMatchObject([{ offset: 100, form: 'its text' }]);
  });

  it.each<[string, string | Buffer]>([
    ['a public key', publicKey.export({ type: 'spki', format: 'pem' })],
    ['the public key of a NATS user', user.publicKey],
    [
      'another private key',
      generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }),
    ],
    ['fifteen characters of a token', token.slice(0, 15)],
    ['nothing', ''],
  ])('does not find one in %s', (_, text) => {
    expect(planted.find(Buffer.from(text as string))).toEqual([]);
  });
});

describe('when everything has happened that handles a secret, at debug level,', () => {
  let show: Show;
  let scanner: Scanner;

  beforeAll(async () => {
    show = await playShow();
    scanner = createScanner(show.ledger.all());
    return () => show.stop();
  }, patienceMs);

  const describeTrace = (place: string, { secret, form, offset }: Trace): string =>
    `${secret.name} is in ${place}, from byte ${offset} on, as ${form}`;

  async function tracesInFiles(files: readonly string[]): Promise<readonly string[]> {
    const traces: string[] = [];
    for (const file of files) {
      const foreign = scanner.find(await readFile(file)).filter(({ secret }) => !secret.own.includes(file));
      traces.push(...foreign.map((trace) => describeTrace(file, trace)));
    }
    return traces;
  }

  const tracesIn = (channel: Channel): readonly string[] =>
    show.capture.all(channel).flatMap(({ place, bytes }) => scanner.find(bytes).map((trace) => describeTrace(place, trace)));

  const textsOf = (channel: Channel): readonly string[] => show.capture.all(channel).map(({ bytes }) => bytes.toString());

  const logs = async (): Promise<readonly string[]> => (await filesBelow(show.fleet.dir)).filter((file) => file.endsWith('.log'));

  it('there were secrets of each kind', () => {
    const count = (kind: SecretKind): number => show.ledger.all().filter((secret) => secret.kind === kind).length;
    // mgmt has two keys, each agent one, and both made others, by a change and by joining again.
    expect(count('signing key')).toBeGreaterThanOrEqual(6);
    expect(count('NATS seed')).toBeGreaterThanOrEqual(12);
    expect(count('CA key')).toBeGreaterThanOrEqual(6);
    const kinds = ['TLS key', 'API token', 'join token', 'Vault token', 'passphrase', 'canary'] as const;
    for (const kind of kinds) expect(count(kind), kind).toBeGreaterThan(0);
  });

  it('each is found where it belongs', async () => {
    const present = [...(await secretsOf(show.fleet)), ...(await providedSecrets(show.secretsDir))];
    const lost: string[] = [];
    for (const { name, forms, own, kind } of present.filter((secret) => secret.own.length > 0)) {
      const one = createScanner([{ name, forms, own, kind }]);
      const contents = await Promise.all(own.filter((file) => existsSync(file)).map((file) => readFile(file)));
      if (!contents.some((content) => one.find(content).length > 0)) lost.push(name);
    }
    // Once a join file was used, mgmt forgets what it knew of its token.
    expect(lost.filter((name) => !name.startsWith('what mgmt keeps'))).toEqual([]);
  });

  it('what misplaced them was refused', () => {
    const { requests, starts } = show.refused;
    for (const [what, status] of requests) expect(status, what).toSatisfy((found: number) => found >= 400 && found < 500);
    for (const [what, { exit, stderr }] of starts) {
      expect(stderr, what).toMatch(/RR_[A-Z_]+/);
      expect(exit, what).not.toBe(0);
    }
  });

  it('none is in a log', async () => {
    const files = await logs();
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(texts.filter((text) => text.includes('"level":"debug"')).length).toBeGreaterThanOrEqual(3);
    expect(await tracesInFiles(files)).toEqual([]);
  });

  it('none was written to a terminal, not even in an error', () => {
    expect(textsOf('output').length).toBeGreaterThan(20);
    expect(tracesIn('output')).toEqual([]);
  });

  it('none was in an answer of the API', () => {
    const asked = new Set(show.capture.all('answer').map(({ place }) => place));
    expect(asked.size).toBeGreaterThan(50);
    expect(asked).toContain('GET /v1/clusters');
    expect(tracesIn('answer')).toEqual([]);
  });

  it('none was in the live stream', () => {
    expect(textsOf('stream').filter((text) => /"type":"(?:snapshot|delta)"/.test(text)).length).toBeGreaterThan(10);
    expect(tracesIn('stream')).toEqual([]);
  });

  it('none was in the arguments or the environment of a process', () => {
    const lines = textsOf('process');
    for (const part of [
      'mgmt/src/main.ts',
      'agent-main.ts',
      'fleet-main.ts',
      'cli/src/main.js',
      'nats-server.conf',
      'reaper-main.ts',
    ])
      expect(lines.filter((line) => line.includes(`${part}\0`)).length, part).toBeGreaterThan(0);
    expect(lines.filter((line) => line.includes('REROOT_TOKEN_FILE=')).length).toBeGreaterThan(0);
    expect(tracesIn('process')).toEqual([]);
  });

  it('none is in a file other than its own', async () => {
    const folders = await Promise.all([show.fleet.dir, show.secretsDir].map((folder) => filesBelow(folder)));
    expect(await tracesInFiles(folders.flat())).toEqual([]);
    const around = await changedSince(await filesBelow(process.cwd(), ['node_modules', '.git']), show.startedAtMs);
    expect(await tracesInFiles(around)).toEqual([]);
  });

  it('what the store knows of a join file is not its token', async () => {
    const store = join(show.fleet.dir, 'data', 'reroot.db');
    const contents = await Promise.all([store, `${store}-wal`].map((file) => readFile(file)));
    const found = contents.flatMap((content) => scanner.find(content)).map(({ secret }) => secret.name);
    expect(found).toContain(`what mgmt keeps of the token of ${join(show.fleet.dir, 'cluster-3.join.json')}`);
    expect(found.filter((name) => !name.startsWith('what mgmt keeps'))).toEqual([]);
  });
});
