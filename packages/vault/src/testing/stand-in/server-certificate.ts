import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Key and certificate of a server on 127.0.0.1, which is its own CA. Needs the openssl program. */
export async function createServerCertificate(): Promise<{ readonly certPem: string; readonly keyPem: string }> {
  const directory = await mkdtemp(join(tmpdir(), 'reroot-vault-'));
  try {
    const [cert, key] = [join(directory, 'server.pem'), join(directory, 'server.key')];
    const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'];
    const names = ['-subj', '/CN=vault', '-addext', 'subjectAltName=IP:127.0.0.1'];
    await promisify(execFile)('openssl', ['req', ...kind, ...names, '-keyout', key, '-out', cert]);
    return { certPem: await readFile(cert, 'utf8'), keyPem: await readFile(key, 'utf8') };
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
