import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Certificate } from '../certificate.ts';

const run = promisify(execFile);

/** What `openssl verify` says about a chain. */
export interface OpensslVerdict {
  readonly ok: boolean;
  readonly output: string;
}

/** What `openssl verify` can know a certificate by. */
type Pem = Pick<Certificate, 'pem'>;

/**
 * How `openssl verify` looks: `strict` also asks for all that RFC 5280 demands of a CA's certificate; `server` is how a TLS
 * client looks at a server's chain: at purposes, keys and signatures too, and with any certificate as the end that is trusted.
 */
export type OpensslChecks = keyof typeof checkArguments;

const checkArguments = {
  strict: ['-x509_strict'],
  lenient: [],
  server: ['-purpose', 'sslserver', '-auth_level', '1', '-partial_chain'],
} as const;

/**
 * Runs `openssl verify`.
 * @param chain the subject first, without the root
 * @throws when the system has no openssl: a test without its second opinion proves nothing
 */
export async function opensslVerify(
  chain: readonly Pem[],
  roots: readonly Pem[],
  atMs: number,
  checks: OpensslChecks = 'strict',
): Promise<OpensslVerdict> {
  return inDirectory(async (directory) => {
    const write = async (name: string, certificates: readonly Pem[]) => {
      const file = join(directory, name);
      await writeFile(file, certificates.map(({ pem }) => pem).join(''));
      return file;
    };
    const [subject, ...between] = chain;
    const untrusted = between.length === 0 ? [] : ['-untrusted', await write('untrusted.pem', between)];
    const trusted = ['-no-CApath', '-no-CAstore', '-CAfile', await write('roots.pem', roots)];
    const target = await write('subject.pem', subject === undefined ? [] : [subject]);
    const time = String(Math.floor(atMs / 1000));
    return openssl(['verify', ...checkArguments[checks], '-attime', time, ...trusted, ...untrusted, target]);
  });
}

/** Runs `openssl crl -verify` on a list in PEM with the certificate of its issuer, and gives what it prints. */
export async function opensslCrl(crl: Pem, issuer: Pem): Promise<OpensslVerdict> {
  return inDirectory(async (directory) => {
    const [list, ca] = [join(directory, 'crl.pem'), join(directory, 'ca.pem')];
    await writeFile(list, crl.pem);
    await writeFile(ca, issuer.pem);
    const { ok, output } = await openssl(['crl', '-in', list, '-noout', '-text', '-verify', '-CAfile', ca]);
    // It ends well also when the signature does not fit.
    return { ok: ok && /^verify OK$/m.test(output), output };
  });
}

/** Runs `openssl verify -crl_check_all`: as Envoy does, it wants a list of every CA of the chain. */
export async function opensslVerifyWithCrls(
  chain: readonly Pem[],
  root: Pem,
  crls: readonly Pem[],
  atMs: number,
): Promise<OpensslVerdict> {
  return inDirectory(async (directory) => {
    const texts = { subject: chain.slice(0, 1), between: chain.slice(1), root: [root], crls };
    const files = Object.fromEntries(Object.keys(texts).map((name) => [name, join(directory, `${name}.pem`)]));
    for (const [name, pems] of Object.entries(texts)) await writeFile(files[name] ?? '', pems.map(({ pem }) => pem).join(''));
    const trusted = ['-no-CApath', '-no-CAstore', '-CAfile', files['root'] ?? ''];
    const untrusted = chain.length > 1 ? ['-untrusted', files['between'] ?? ''] : [];
    const lists = crls.length > 0 ? ['-CRLfile', files['crls'] ?? ''] : [];
    const time = ['-attime', String(Math.floor(atMs / 1000))];
    return openssl([
      'verify',
      '-x509_strict',
      '-crl_check_all',
      ...time,
      ...trusted,
      ...untrusted,
      ...lists,
      files['subject'] ?? '',
    ]);
  });
}

/** Runs `openssl` on a request or a certificate in PEM, and gives what it prints. */
export async function opensslPrint(command: 'req' | 'x509', pem: string): Promise<OpensslVerdict> {
  return inDirectory(async (directory) => {
    const file = join(directory, 'input.pem');
    await writeFile(file, pem);
    const check = command === 'req' ? ['-verify'] : [];
    return openssl([command, '-in', file, '-noout', '-text', '-nameopt', 'RFC2253,-esc_msb,utf8', ...check]);
  });
}

async function openssl(args: readonly string[]): Promise<OpensslVerdict> {
  try {
    const { stdout, stderr } = await run('openssl', args);
    return { ok: true, output: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
    if (code === 'ENOENT') throw new Error('these tests need the openssl program on the PATH; install the package openssl');
    return { ok: false, output: `${stdout ?? ''}${stderr ?? ''}` };
  }
}

async function inDirectory<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'reroot-openssl-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
