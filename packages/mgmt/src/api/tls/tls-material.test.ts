import { generateKeyPairSync } from 'node:crypto';
import { systemClock } from '@reroot/shared/clock';
import { silentLog } from '@reroot/shared/log';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makeRoot, type TestRoot } from '../../testing/certificates.ts';
import { makeCa } from '../../testing/openssl-authority.ts';
import { openApiTls } from './open-api-tls.ts';
import { chainPem, makePair, makeTlsFolder, type ServerPair, type TlsFolder } from './testing/tls-folder.ts';

const dayMs = 86_400_000;
let folder: TlsFolder;
let root: TestRoot;
let pair: ServerPair;

beforeAll(async () => {
  folder = await makeTlsFolder();
  root = await makeRoot('api root');
  pair = await makePair(root);
});
afterAll(() => folder.dispose());
beforeEach(() => folder.write({ cert: chainPem(pair), key: pair.keyPem, clientCa: root.certificate.pem }));

const open = () => openApiTls(folder.files, { clock: systemClock, log: silentLog });

/** What opening says, once the files are as the case has them. */
async function refusal(): Promise<{ code?: string; message: string; place?: string; remedy?: string }> {
  return open().then(
    () => ({ message: 'it opened' }),
    (error: unknown) => error as { code: string; message: string; place: string; remedy: string },
  );
}

describe('what api.tls names', () => {
  it('is taken with and without the issuers up to the root', async () => {
    await expect(open()).resolves.toBeDefined();
    await folder.write({ cert: chainPem(pair, root.certificate) });
    await expect(open()).resolves.toBeDefined();
  });

  it('is refused when a file is missing', async () => {
    const { clientCaFile, ...files } = folder.files;
    const missing = { ...files, certFile: `${clientCaFile}.missing` };
    await expect(openApiTls(missing, { clock: systemClock, log: silentLog })).rejects.toMatchObject({
      code: 'RR_API_TLS_UNREADABLE',
      place: missing.certFile,
    });
  });

  it.each([0o644, 0o640, 0o604])('is refused when others can read the key, as with mode %o', async (keyMode) => {
    await folder.write({ key: pair.keyPem, keyMode });
    expect(await refusal()).toMatchObject({
      code: 'RR_API_TLS_UNREADABLE',
      place: folder.files.keyFile,
      remedy: expect.stringContaining('chmod 600'),
    });
  });

  it.each<[string, () => Promise<Parameters<TlsFolder['write']>[0]>, RegExp]>([
    ['no certificate', async () => ({ cert: '' }), /no certificate/],
    ['no PEM', async () => ({ cert: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n' }), /not an X\.509/],
    ['a key among the certificates', async () => ({ cert: chainPem(pair) + pair.keyPem }), /PRIVATE KEY/],
    ['the key of another certificate', async () => ({ key: (await makePair(root)).keyPem }), /not that of the first certificate/],
    ['an encrypted key', async () => ({ key: encryptedKey() }), /no unencrypted private key/],
    ['no key', async () => ({ key: pair.certificate.pem }), /no unencrypted private key/],
    ['the root first', async () => ({ cert: root.certificate.pem + chainPem(pair) }), /./],
    ['an issuer that is none', async () => ({ cert: chainPem(pair, (await makeRoot('other')).certificate) }), /not signed by/],
    [
      'a namesake of the issuer',
      async () => ({ cert: chainPem(pair, (await makeRoot('api root')).certificate) }),
      /not signed by/,
    ],
    ['a CA of clients that is none', async () => ({ clientCa: pair.certificate.pem }), /not that of a CA/],
    ['no CA of clients', async () => ({ clientCa: '\n' }), /no certificate/],
    ['a certificate for clients', forClients, /extendedKeyUsage without serverAuth/],
    ['a key that OpenSSL takes for too short', tooShort, /TLS does not take it|not accepted/],
  ])('is refused with %s', async (_, texts, message) => {
    await folder.write(await texts());
    const { code, message: said } = await refusal();
    expect({ code, said }).toEqual({ code: 'RR_API_TLS_INVALID', said: expect.stringMatching(message) as string });
    expect(said).not.toContain(pair.keyPem.split('\n')[1]);
  });

  it('is refused when it has expired, or is not valid yet', async () => {
    const nowMs = Date.now();
    const over = await makePair(root, { fromMs: nowMs - dayMs / 2, untilMs: nowMs - 10_000 });
    await folder.write({ cert: chainPem(over), key: over.keyPem });
    expect(await refusal()).toMatchObject({ code: 'RR_API_TLS_EXPIRED', message: expect.stringContaining('has expired at') });
    const early = await makePair(root, { fromMs: nowMs + dayMs, untilMs: nowMs + 2 * dayMs });
    await folder.write({ cert: chainPem(early), key: early.keyPem });
    expect(await refusal()).toMatchObject({ code: 'RR_API_TLS_EXPIRED', message: expect.stringContaining('not valid before') });
  });

  it('is refused when an issuer in the chain has expired, for clients follow it', async () => {
    const old = await makeRoot('old root', -1_000);
    const below = await makePair(old, { fromMs: Date.now() - dayMs / 2 });
    await folder.write({ cert: chainPem(below, old.certificate), key: below.keyPem });
    expect(await refusal()).toMatchObject({ code: 'RR_API_TLS_EXPIRED' });
  });
});

function encryptedKey(): string {
  return generateKeyPairSync('ec', {
    namedCurve: 'P-256',
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'secret' },
  }).privateKey;
}

async function forClients(): Promise<{ cert: string; key: string }> {
  const { certificate, keyPem } = await makeCa({ commonName: 'client', extensions: ['extendedKeyUsage=clientAuth'] });
  return { cert: certificate.pem, key: keyPem };
}

async function tooShort(): Promise<{ cert: string; key: string }> {
  const { certificate, keyPem } = await makeCa({
    commonName: 'short',
    key: 'rsa:1024',
    extensions: ['subjectAltName=DNS:short'],
  });
  return { cert: certificate.pem, key: keyPem };
}
