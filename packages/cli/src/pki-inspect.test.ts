import { execFileSync } from 'node:child_process';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Certificate,
  createCrl,
  createRootCertificate,
  issueLeaf,
  type Signer,
  sha256Hex,
  signerFromKey,
} from '@reroot/shared/pki';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePkiFiles, type PkiFiles, writeFiles } from './testing/pki-files.ts';
import { runCaptured } from './testing/run-captured.ts';

let folder: string;
let pki: PkiFiles;
let ca: { readonly issuer: Certificate; readonly issuerKey: Signer };
const startMs = Math.floor(Date.now() / 1000) * 1000 - 60_000;
const life = { notBeforeMs: startMs, notAfterMs: startMs + 10 * 86_400_000 };

beforeAll(async () => {
  pki = await makePkiFiles();
  const issuerKey = signerFromKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
  const issuer = await createRootCertificate({ key: issuerKey, commonName: 'lists', organization: 'acme', ...life });
  ca = { issuer, issuerKey };
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reroot-pki-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

interface Inspected {
  readonly texts: readonly {
    readonly file: string;
    readonly object?: string;
    readonly name?: string;
    readonly sha256?: string;
    readonly blocks: readonly Readonly<Record<string, unknown>>[];
  }[];
}

async function inspectStdin(stdin: string): Promise<Inspected['texts']> {
  const run = await runCaptured(['pki', 'inspect', '-', '-o', 'json'], { stdin });
  expect(run).toMatchObject({ exit: 0, stderr: '' });
  return (JSON.parse(run.stdout) as Inspected).texts;
}

/** The second opinion of these tests. */
const program = 'openssl';
const openssl = (args: readonly string[], input: string): string => execFileSync(program, args, { input }).toString().trim();

/** A request that openssl makes. */
async function requestBy(key: string, options: readonly string[]): Promise<string> {
  const paths = await writeFiles(folder, { 'request.key': key });
  return `${openssl(['req', '-new', '-key', paths['request.key'], '-subj', '/CN=asked for', ...options], '')}\n`;
}

describe('reroot pki inspect', () => {
  it('says of a certificate what openssl says', async () => {
    const [text] = await inspectStdin(pki.leaf.pem);
    const [block] = text?.blocks ?? [];
    const ask = (...args: string[]): string => openssl(['x509', '-noout', ...args], pki.leaf.pem);
    const plain = (value: unknown): string => String(value).replaceAll(':', '').toLowerCase();
    expect(ask('-fingerprint', '-sha256').split('=')[1]?.replaceAll(':', '').toLowerCase()).toBe(block?.['fingerprint']);
    expect(ask('-serial')).toBe(`serial=${String(block?.['serial'])}`);
    expect(Date.parse(ask('-enddate').split('=')[1] ?? '')).toBe(Date.parse(String(block?.['notAfter'])));
    expect(Date.parse(ask('-startdate').split('=')[1] ?? '')).toBe(Date.parse(String(block?.['notBefore'])));
    const extensions = ask('-ext', 'subjectKeyIdentifier,authorityKeyIdentifier,subjectAltName');
    expect(plain(extensions)).toContain(plain(block?.['subjectKeyId']));
    expect(plain(extensions)).toContain(plain(block?.['authorityKeyId']));
    expect(extensions).toContain('URI:spiffe://cluster.local/ns/default/sa/web');
    expect(block).toMatchObject({
      key: 'EC P-256',
      ca: false,
      keyUsage: ['digitalSignature'],
      extendedKeyUsage: ['serverAuth', 'clientAuth'],
      names: ['uri:spiffe://cluster.local/ns/default/sa/web'],
    });
  });

  it('stays as long as what it is given, where a few certificates stand there thousands of times', async () => {
    const bundle = `${pki.rootA.pem}${pki.rootB.pem}`;
    const items = Array.from({ length: 2_000 }, (_, index) => ({
      metadata: { name: 'istio-ca-root-cert', namespace: `namespace-${index}` },
      data: { 'root-cert.pem': bundle },
    }));
    const text = JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', items });
    const { stdout } = await runCaptured(['pki', 'inspect', '-'], { stdin: text });
    expect(stdout.length).toBeLessThan(text.length);
  });

  it('does the same with thousands of different certificates of one name, and in JSON', async () => {
    const spki = signerFromKey(generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey).publicKeySpki;
    const issued = await Promise.all(
      Array.from({ length: 2_000 }, () => issueLeaf({ ...ca, publicKeySpki: spki, uris: ['spiffe://a/ns/b/sa/c'], ...life })),
    );
    const text = [ca.issuer, ...issued, ...issued].map(({ pem }) => pem).join('');
    const run = await runCaptured(['pki', 'inspect', '-', '-o', 'json'], { stdin: text });
    expect(run.stdout.length).toBeLessThan(3 * text.length);
    expect((JSON.parse(run.stdout) as Inspected).texts[0]?.blocks.at(-1)).toMatchObject({
      signedBy: '-, block 1',
      sameAs: '-, block 2001',
    });
  });

  it('shows whose a revocation list is, how long it counts and how much it revokes', async () => {
    const revoked = [{ serial: '0A', atMs: life.notBeforeMs }];
    const times = { thisUpdateMs: life.notBeforeMs, nextUpdateMs: life.notAfterMs };
    const crl = await createCrl({ ...ca, revoked, number: 7, ...times });
    const [text] = await inspectStdin(ca.issuer.pem + crl.pem);
    const ask = (...args: string[]): string => openssl(['crl', '-noout', ...args], crl.pem);
    expect(text?.blocks[1]).toMatchObject({
      kind: 'crl',
      issuer: 'O=acme\nCN=lists',
      number: '7',
      revoked: 1,
      signedBy: '-, block 1',
    });
    expect(ask('-crlnumber')).toBe('crlNumber=0x07');
    expect(Date.parse(ask('-nextupdate').split('=')[1] ?? '')).toBe(Date.parse(String(text?.blocks[1]?.['nextUpdate'])));
    expect(Date.parse(ask('-lastupdate').split('=')[1] ?? '')).toBe(Date.parse(String(text?.blocks[1]?.['thisUpdate'])));
    const shown = await runCaptured(['pki', 'inspect', '-'], { stdin: crl.pem + pki.rootA.pem });
    expect(shown.stdout).toMatch(/1 +1 +CRL +O=acme, CN=lists +ends in (9|10) d +unknown/);
    expect(shown.stdout).toMatch(/revokes +1 certificate\n/);
  });

  it('shows every name that a request asks for, and that it asks for a CA', async () => {
    const names = 'subjectAltName=DNS:a.example,IP:192.0.2.1,IP:2001:db8::1,email:a@b.example';
    const csr = await requestBy(pki.caKey, ['-addext', names, '-addext', 'basicConstraints=CA:TRUE']);
    const [text] = await inspectStdin(csr);
    expect(text?.blocks).toMatchObject([
      {
        kind: 'request',
        possession: 'proven',
        ca: true,
        names: ['dns:a.example', 'ip:192.0.2.1', 'ip:2001:0db8:0000:0000:0000:0000:0000:0001', 'email:a@b.example'],
      },
    ]);
  });

  it.each([
    ['on P-521', generateKeyPairSync('ec', { namedCurve: 'P-521' }), [], 'EC P-521', 'on the curve P-521'],
    ['of Ed25519', generateKeyPairSync('ed25519'), [], 'Ed25519', 'of the kind Ed25519'],
    ['of RSA 1024', generateKeyPairSync('rsa', { modulusLength: 1024 }), [], 'RSA 1024', 'RSA of 1024 bits'],
    ['with SHA-1', generateKeyPairSync('rsa', { modulusLength: 2048 }), ['-sha1'], 'RSA 2048', 'signature algorithm'],
  ])('shows a request %s, and says that reroot does not take it', async (_, { privateKey }, options, key, problem) => {
    const csr = await requestBy(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), options);
    const run = await runCaptured(['pki', 'inspect', '-'], { stdin: csr });
    expect(run).toMatchObject({ exit: 2, code: 'RR_PKI_BAD_CSR' });
    expect(run.message).toContain('block 1 (CERTIFICATE REQUEST) is not one that reroot takes');
    expect(run.message).toContain(problem);
    expect(run.stdout).toContain('CN=asked for');
    expect(run.stdout).toMatch(new RegExp(`key +${key}\n`));
  });

  it('calls an encrypted key encrypted, and names kinds that Istio does not read', async () => {
    const traditional = createPrivateKey(pki.caKey).export({
      type: 'sec1',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'x',
    });
    const trusted = pki.rootA.pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE');
    const run = await runCaptured(['pki', 'inspect', '-'], { stdin: `${traditional.toString()}${trusted}` });
    expect(run.stdout).toMatch(/1 +1 +encrypted ec private key/);
    expect(run.stdout).toMatch(/trusted certificate[\s\S]*Istio +does not read a block of this kind/);
  });

  it.each([
    ['with quoted keys', (data: string) => `"kind": Secret\n'metadata': {name: s}\nstringData: {a: ${data}}\n`],
    ['with blanks before the colon', (data: string) => `kind : Secret\nmetadata: {name: s}\nstringData: {a: ${data}}\n`],
    ['in an array', (data: string) => `[{"kind": "Secret", "metadata": {"name": "s"}, "stringData": {"a": ${data}}}]`],
    ['in a list of YAML', (data: string) => `- kind: Secret\n  metadata: {name: s}\n  stringData: {a: ${data}}\n`],
  ])('reads a Secret %s', async (_, write) => {
    const [text] = await inspectStdin(write(JSON.stringify(pki.rootA.pem)));
    expect(text).toMatchObject({ object: 'Secret s', name: 'a', blocks: [{ fingerprint: pki.rootA.fingerprint }] });
  });

  it.each([
    ['UTF-16', Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from('text', 'utf16le')]), 'UTF-16'],
    ['PKCS#12', Buffer.of(0x30, 0x82, 0x04, 0xff, 0x02, 0x01, 0x03, 0x30), 'PKCS#12'],
    ['DER', Buffer.of(0x30, 0x82, 0x04, 0xff, 0x30, 0x82), 'DER'],
  ])('says of %s what it is', async (_, content, what) => {
    const run = await runCaptured(['pki', 'inspect', (await writeFiles(folder, { input: content })).input]);
    expect(run).toMatchObject({ exit: 2, code: 'RR_PKI_FILE_UNREADABLE' });
    expect(run.message).toContain(what);
  });

  it('says who signed whom, what stands there twice, and gives the hash of the exact bytes', async () => {
    const bundle = `# a comment\n${pki.ca.pem}${pki.rootA.pem}${pki.ca.pem}${pki.rootB.pem}`;
    const paths = await writeFiles(folder, { 'bundle.pem': bundle, 'leaf.pem': pki.leaf.pem });
    const run = await runCaptured(['pki', 'inspect', paths['bundle.pem'], paths['leaf.pem'], '-o', 'json']);
    const [first, second] = (JSON.parse(run.stdout) as Inspected).texts;
    expect(first?.sha256).toBe(openssl(['dgst', '-sha256', '-r', paths['bundle.pem']], '').split(' ')[0]);
    expect(first?.blocks).toMatchObject([
      { position: 1, line: 2, signedBy: `${paths['bundle.pem']}, block 2`, pathLength: 0 },
      { position: 2, signedBy: 'self' },
      { position: 3, sameAs: `${paths['bundle.pem']}, block 1` },
      { position: 4, signedBy: 'self' },
    ]);
    expect(second?.blocks).toMatchObject([{ signedBy: `${paths['bundle.pem']}, block 1` }]);
    const alone = await inspectStdin(pki.leaf.pem);
    expect(alone[0]?.blocks).toMatchObject([{ signedBy: 'unknown' }]);
  });

  it('reads a Secret, and shows nothing of its private key but the public half', async () => {
    const texts = await inspectStdin(pki.secret);
    expect(texts.map(({ object, name }) => [object, name])).toEqual(
      ['ca-cert.pem', 'ca-key.pem', 'cert-chain.pem', 'root-cert.pem'].map((name) => ['Secret istio-system/cacerts', name]),
    );
    const spki = execFileSync(program, ['pkey', '-pubout', '-outform', 'der'], { input: pki.caKey });
    expect(texts[1]).toEqual({
      file: '-',
      object: 'Secret istio-system/cacerts',
      name: 'ca-key.pem',
      blocks: [
        {
          position: 1,
          line: 1,
          label: 'PRIVATE KEY',
          kind: 'private-key',
          key: 'EC P-256',
          publicKeySha256: sha256Hex(spki),
          belongsTo: ['- · Secret istio-system/cacerts · ca-cert.pem, block 1'],
        },
      ],
    });
  });

  it('writes no line of a private key anywhere, in text or JSON, whole or cut off', async () => {
    const secretLines = pki.caKey.split('\n').slice(1, -2);
    const cut = pki.caKey.replace(/-----END.*/s, '');
    for (const stdin of [pki.secret, pki.caKey, cut, pki.leaf.pem + cut]) {
      for (const format of ['text', 'json']) {
        const run = await runCaptured(['pki', 'inspect', '-', '-o', format], { stdin });
        for (const line of secretLines) expect(JSON.stringify(run)).not.toContain(line);
      }
    }
    expect(secretLines.length).toBeGreaterThan(1);
  });

  it('shows a request whose signature proves possession, for a person', async () => {
    const run = await runCaptured(['pki', 'inspect', '-'], { stdin: pki.csr });
    expect(run.exit).toBe(0);
    expect(run.stdout).toMatch(/possession +its signature proves that the sender has the key/);
    expect(run.stdout).toContain('uri:spiffe://cluster.local/ns/a/sa/b');
  });

  it('tells a person when a certificate ends, without colour where there is no terminal', async () => {
    const run = await runCaptured(['pki', 'inspect', '-'], { stdin: pki.rootA.pem });
    expect(run.stdout).toMatch(/1 +1 +CA certificate +O=acme, CN=root A +[0-9a-f]{12} +ends in (9|10) d +self/);
    expect(run.stdout).toContain(pki.rootA.fingerprint);
    expect(run.stdout).not.toContain('\u001b');
  });

  it.each([
    ['a certificate', 'CERTIFICATE', 'RR_PKI_BAD_CERTIFICATE'],
    ['a request', 'CERTIFICATE REQUEST', 'RR_PKI_BAD_CSR'],
    ['a private key', 'PRIVATE KEY', 'RR_PKI_BAD_KEY'],
    ['a list', 'X509 CRL', 'RR_PKI_BAD_CRL'],
  ])('shows what it can, and ends with a coded error for %s that it cannot read', async (_, label, code) => {
    const text = `${pki.rootA.pem}-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
    const paths = await writeFiles(folder, { 'mixed.pem': text });
    const run = await runCaptured(['pki', 'inspect', paths['mixed.pem']]);
    expect(run).toMatchObject({ exit: 2, code });
    expect(run.message).toContain(`block 2 (${label})`);
    expect(run.message).not.toContain('error:');
    expect(run.place).toBe(`${paths['mixed.pem']}:${pki.rootA.pem.split('\n').length}`);
    expect(run.stdout).toContain(pki.rootA.fingerprint);
  });

  it.each([
    ['is missing', undefined, 'RR_PKI_FILE_UNREADABLE'],
    ['holds nothing', 'some text\n', 'RR_PKI_NOTHING_FOUND'],
    ['is a manifest of something else', 'kind: Service\nmetadata: {name: s}\n', 'RR_PKI_NOTHING_FOUND'],
    ['is a Secret without PEM', 'kind: Secret\nmetadata: {name: s}\nstringData: {a: b}\n', 'RR_PKI_NOTHING_FOUND'],
    ['is a broken manifest', 'kind: Secret\ndata: [\n', 'RR_CONFIG_INVALID'],
    ['is DER', Buffer.of(0x30, 0x82, 0xff, 0xfe), 'RR_PKI_FILE_UNREADABLE'],
  ])('names the file that %s', async (_, content, code) => {
    const path = join(folder, 'input');
    if (content !== undefined) await writeFiles(folder, { input: content });
    const run = await runCaptured(['pki', 'inspect', path]);
    expect(run).toMatchObject({ exit: 2, code, stdout: '' });
    expect(`${run.message ?? ''} ${run.place ?? ''}`).toContain(path);
  });

  it('reads stdin once at the most', async () => {
    expect(await runCaptured(['pki', 'inspect', '-', '-'], { stdin: pki.leaf.pem })).toMatchObject({
      exit: 2,
      code: 'RR_OPTION_INVALID',
    });
  });
});
