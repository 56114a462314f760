import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '@reroot/shared/pki';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { makePkiFiles, type PkiFiles, writeFiles } from './testing/pki-files.ts';
import { runCaptured } from './testing/run-captured.ts';

let folder: string;
let pki: PkiFiles;

beforeAll(async () => {
  pki = await makePkiFiles();
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
  ])('shows what it can, and ends with a coded error for %s that it cannot read', async (_, label, code) => {
    const text = `${pki.rootA.pem}-----BEGIN ${label}-----\nAAAA\n-----END ${label}-----\n`;
    const paths = await writeFiles(folder, { 'mixed.pem': text });
    const run = await runCaptured(['pki', 'inspect', paths['mixed.pem']]);
    expect(run).toMatchObject({ exit: 2, code });
    expect(run.message).toContain(`block 2, a ${label}`);
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
