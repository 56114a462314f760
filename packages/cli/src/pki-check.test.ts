import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePkiFiles, type PkiFiles, secretOf, writeFiles } from './testing/pki-files.ts';
import { runCaptured } from './testing/run-captured.ts';

let folder: string;
let pki: PkiFiles;
let paths: Awaited<ReturnType<typeof writeAll>>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reroot-pki-'));
  pki = await makePkiFiles();
  paths = await writeAll();
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function writeAll() {
  const { rootA, rootB, ca, leaf, caKey, secret } = pki;
  return writeFiles(folder, {
    a: rootA.pem,
    b: rootB.pem,
    both: rootA.pem + rootB.pem,
    turned: rootB.pem + rootA.pem,
    secret,
    tls: secretOf({ 'tls.crt': ca.pem, 'tls.key': caKey, 'ca.crt': rootA.pem }),
    incomplete: secretOf({ 'ca-cert.pem': ca.pem, 'ca-key.pem': caKey, 'root-cert.pem': rootA.pem }),
    map: `kind: ConfigMap\nmetadata: {name: istio-ca-root-cert}\ndata:\n  root-cert.pem: |\n${rootA.pem.replace(/^(?=.)/gm, '    ')}`,
    ca: ca.pem,
    key: caKey,
    leaf: leaf.pem + ca.pem,
    empty: '',
    blank: '\n',
    two: `${secret}---\n${secret}`,
  });
}

interface Checked {
  readonly istio: string;
  readonly multiRoot: string;
  readonly at: string;
  readonly verdict: string;
  readonly findings: readonly { readonly rule: string; readonly where?: string }[];
}

async function check(
  ...args: readonly string[]
): Promise<Checked & { readonly rules: readonly string[]; readonly exit: number }> {
  const run = await runCaptured(['pki', 'check', ...args, '-o', 'json']);
  expect(run.code === undefined || run.code === 'RR_PKI_CHECK_FAILED', `${run.code ?? ''}: ${run.message ?? ''}`).toBe(true);
  const checked = JSON.parse(run.stdout) as Checked;
  return { ...checked, rules: checked.findings.map(({ rule }) => rule), exit: run.exit };
}

describe('reroot pki check', () => {
  it('judges a bundle alone, for the newest version that it knows', async () => {
    expect(await check(paths.both)).toMatchObject({ istio: '1.31.0', multiRoot: 'unknown', verdict: 'ok', rules: [], exit: 0 });
  });

  it('judges a Secret of either form, and a leaf under it', async () => {
    for (const secret of [paths.secret, paths.tls]) {
      const { rules, exit } = await check('--secret', secret, '--leaf', paths.leaf);
      expect(rules).toEqual(['signer-verified', 'leaf-verified']);
      expect(exit).toBe(0);
    }
  });

  it('puts a bundle into the place of the one in the Secret, whatever its form', async () => {
    for (const secret of [paths.secret, paths.tls]) {
      expect(await check(paths.b, '--secret', secret)).toMatchObject({
        verdict: 'refuses',
        rules: ['signer-without-root'],
        exit: 4,
      });
    }
  });

  it('takes the files one by one, and says nothing of those that were not given', async () => {
    const { rules } = await check(paths.a, '--ca-cert', paths.ca, '--ca-key', paths.key, '--cert-chain', paths.ca);
    expect(rules).toEqual(['signer-verified']);
    const { rules: mismatched, findings } = await check(paths.a, '--ca-cert', paths.leaf, '--ca-key', paths.key);
    expect(mismatched).toContain('signer-not-first');
    expect(findings.find(({ rule }) => rule === 'signer-not-first')?.where).toContain(paths.leaf);
  });

  it('takes a chain or a list without a single character, as istiod does, and a blank one', async () => {
    const files = [paths.a, '--ca-cert', paths.ca, '--ca-key', paths.key];
    expect((await check(...files, '--cert-chain', paths.empty)).rules).toContain('chain-lacks-signer');
    expect((await check(...files, '--cert-chain', paths.blank)).rules).toContain('chain-first-unreadable');
    expect((await check(...files, '--cert-chain', paths.ca, '--crl', paths.empty)).rules).toEqual(['signer-verified']);
  });

  it('names --secret where a whole CA is given as the bundle', async () => {
    for (const file of [paths.secret, paths.tls]) {
      const { code, place, remedy } = await runCaptured(['pki', 'check', file]);
      expect({ code, place }).toEqual({ code: 'RR_OPTION_INVALID', place: file });
      expect(remedy).toContain('--secret');
    }
  });

  it('warns where a root goes and it is not known which one the signer needs', async () => {
    expect(await check(paths.a, '--before', paths.both, '--multi-root', 'on')).toMatchObject({
      verdict: 'warns',
      rules: ['root-removed-signer-unknown', 'reload-accepted'],
      exit: 0,
    });
  });

  it('knows an incomplete Secret, and what each version makes of it', async () => {
    expect(await check('--secret', paths.incomplete, '--istio', '1.27.0')).toMatchObject({ verdict: 'refuses' });
    expect(await check('--secret', paths.incomplete, '--istio', '1.26.8')).toMatchObject({ verdict: 'breaks', exit: 4 });
  });

  it('reads a bundle from a ConfigMap', async () => {
    const { findings } = await check(paths.map, '--before', paths.both, '--multi-root', 'on');
    expect(findings).toMatchObject([
      { rule: 'root-removed-signer-unknown' },
      { rule: 'reload-accepted', where: `${paths.map} (ConfigMap istio-ca-root-cert, root-cert.pem)` },
    ]);
  });

  it('compares with what the istiod holds, by the rule of its version and its switch', async () => {
    const change = ['--before', paths.both];
    expect(await check(paths.turned, ...change, '--multi-root', 'on', '--istio', '1.30.0')).toMatchObject({ exit: 0 });
    expect(await check(paths.turned, ...change, '--multi-root', 'on', '--istio', '1.29.6')).toMatchObject({
      rules: ['reload-bytes-unrelated'],
      exit: 4,
    });
    expect(await check(paths.turned, ...change, '--multi-root', 'off')).toMatchObject({
      rules: ['reload-multiroot-off'],
      exit: 4,
    });
    expect(await check(paths.turned, ...change)).toMatchObject({ rules: ['reload-multiroot-unknown'], exit: 0 });
  });

  it('judges for another moment when it is asked to', async () => {
    const { at, rules, exit } = await check('--secret', paths.secret, '--at', '2019-01-31');
    expect(at).toBe('2019-01-31T00:00:00.000Z');
    expect(rules).toContain('path-not-valid');
    expect(exit).toBe(4);
  });

  it('tells a person what and why, and ends with the rules that failed', async () => {
    const run = await runCaptured(['pki', 'check', paths.b, '--secret', paths.secret, '--istio', '1.29']);
    expect(run).toMatchObject({
      exit: 4,
      code: 'RR_PKI_CHECK_FAILED',
      message: 'Istio 1.29.0 refuses the files: signer-without-root',
    });
    expect(run.stdout).toMatch(/^Istio 1\.29\.0, ISTIO_MULTIROOT_MESH unknown: refuses: /);
    expect(run.stdout).toMatch(
      /\nrefuses {2}signer-without-root\n {2}O=acme, CN=cluster 1 .*\n {2}why: .*\n {2}remedy: .*\n {2}source: .*keycertbundle\.go\n/,
    );
    expect(run.stdout).not.toContain('\u001b');
  });

  it('never writes a line of the key', async () => {
    for (const args of [['--secret', paths.secret], [paths.key], [paths.both, '--ca-cert', paths.key]]) {
      const run = JSON.stringify(await runCaptured(['pki', 'check', ...args]));
      for (const line of pki.caKey.split('\n').slice(1, -2)) expect(run).not.toContain(line);
    }
  });

  it('says that a version is newer than its rules', async () => {
    const run = await runCaptured(['pki', 'check', paths.a, '--istio', '1.99.0']);
    expect(run).toMatchObject({ exit: 0 });
    expect(run.stderr).toContain('1.99.0 is newer than the rules');
  });

  it.each([
    ['nothing to check', () => []],
    ['a version that is none', () => [paths.a, '--istio', 'latest']],
    ['a version from before the rules', () => [paths.a, '--istio', '1.14.9']],
    ['a moment that is none', () => [paths.a, '--at', 'tomorrow']],
    ['a day that is none', () => [paths.a, '--at', '2030-02-31']],
    ['a moment of a day that is none', () => [paths.a, '--at', '2030-02-30T12:00:00Z']],
    ['a key as a leaf', () => [paths.a, '--leaf', paths.key]],
    ['a Secret as a bundle beside another', () => [paths.tls, '--secret', paths.secret]],
    ['a Secret and its files', () => ['--secret', paths.secret, '--ca-cert', paths.ca]],
    ['PEM as a Secret', () => ['--secret', paths.a]],
    ['a Secret as a leaf', () => [paths.a, '--leaf', paths.secret]],
    ['two Secrets', () => ['--secret', paths.two]],
    ['stdin twice', () => ['-', '--leaf', '-']],
  ])('refuses %s', async (_, args) => {
    expect(await runCaptured(['pki', 'check', ...args()])).toMatchObject({ exit: 2, code: 'RR_OPTION_INVALID', stdout: '' });
  });
});
