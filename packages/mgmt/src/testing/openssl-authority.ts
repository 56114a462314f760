import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Certificate, parseCertificate } from '@reroot/shared/pki';

const run = promisify(execFile);

/** A CA with its key, made by openssl as somebody else makes one. */
export interface MadeCa {
  readonly certificate: Certificate;
  /** PKCS#8, PEM. */
  readonly keyPem: string;
}

/** What a CA made by openssl is to be. */
export interface CaPlan {
  readonly commonName: string;
  /** Self-signed when it is left out. */
  readonly issuer?: MadeCa;
  /** From today on; 100 when it is left out. */
  readonly days?: number;
  /** No limit when it is left out. */
  readonly pathLength?: number;
  /** As `openssl req -newkey` takes it; a key of P-256 when it is left out. */
  readonly key?: string;
  /** As `openssl req -addext` takes them, instead of those that make it a CA. */
  readonly extensions?: readonly string[];
}

const caUsage = 'keyUsage=critical,keyCertSign,cRLSign';

/** Makes a CA, such as one that issues below an offline root, or what is to be none. @throws when the system has no openssl */
export async function makeCa(plan: CaPlan): Promise<MadeCa> {
  const { commonName, issuer, days = 100, pathLength, key } = plan;
  const dir = await mkdtemp(join(tmpdir(), 'reroot-ca-'));
  const file = (name: string): string => join(dir, name);
  try {
    const signing = issuer === undefined ? [] : ['-CA', file('issuer.pem'), '-CAkey', file('issuer.key')];
    if (issuer !== undefined) {
      await writeFile(file('issuer.pem'), issuer.certificate.pem);
      await writeFile(file('issuer.key'), issuer.keyPem);
    }
    const limit = pathLength === undefined ? '' : `,pathlen:${pathLength}`;
    const { extensions = [`basicConstraints=critical,CA:TRUE${limit}`, caUsage] } = plan;
    const newKey = key === undefined ? ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'] : [key];
    const subject = commonName === '' ? '/' : `/CN=${commonName}`;
    await run('openssl', [
      ...['req', '-x509', '-new', '-nodes', '-newkey', ...newKey, '-sha256', '-subj', subject],
      ...['-days', String(days), ...signing, ...extensions.flatMap((each) => ['-addext', each])],
      ...['-keyout', file('ca.key'), '-out', file('ca.pem')],
    ]);
    const [pem, keyPem] = await Promise.all([readFile(file('ca.pem'), 'utf8'), readFile(file('ca.key'), 'utf8')]);
    return { certificate: parseCertificate(pem), keyPem };
  } finally {
    await rm(dir, { recursive: true });
  }
}
