import { join } from 'node:path';
import { importPrivateKey, parseCertificate, signerFromKey } from '@reroot/shared/pki';
import type { CommonOptions } from './connection.ts';
import { findServerFolders, readNatsFile, replaceFile, type ServerFolder } from './nats-folder.ts';
import { issueServerCertificate, type ServerIssuer } from './nats-init-certificates.ts';
import { printData, say } from './print.ts';
import type { Shell } from './shell.ts';

/** What `reroot nats renew-certificates` is told. */
interface RenewOptions extends CommonOptions {
  readonly dir: string;
}

/** Issues every server's certificate anew, for the hosts that the present one is for. */
export async function runNatsRenewCertificates({ dir, output }: RenewOptions, shell: Shell): Promise<void> {
  const folders = await findServerFolders(dir);
  const issuer = {
    certificate: parseCertificate(await readNatsFile(dir, 'ca.crt')),
    key: signerFromKey(importPrivateKey(await readNatsFile(dir, 'ca.key'))),
  };
  const renewed: Renewed[] = [];
  for (const folder of folders) renewed.push(await renew(issuer, folder, shell.clock.now()));
  await printData(shell, { output }, { certificates: renewed }, () => tableOf(renewed));
  say(shell, 'copy server.crt and server.key together to each server, and have it read them: nats-server --signal reload=PID');
}

interface Renewed {
  readonly file: string;
  readonly expiresAt: string;
}

async function renew(issuer: ServerIssuer, { kind, path }: ServerFolder, nowMs: number): Promise<Renewed> {
  const former = parseCertificate(await readNatsFile(path, 'server.crt'));
  const purpose = kind === 'server' ? 'server-and-client' : 'server';
  const { certificate, keyPem } = await issueServerCertificate(issuer, hostsOf(former.x509.subjectAltName), purpose, nowMs);
  await replaceFile(join(path, 'server.key'), keyPem, 'secret');
  await replaceFile(join(path, 'server.crt'), certificate.pem, 'public');
  return { file: join(path, 'server.crt'), expiresAt: new Date(certificate.notAfterMs).toISOString() };
}

/** Node writes `DNS:name, IP Address:192.0.2.1`. */
function hostsOf(names = ''): readonly string[] {
  return names.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
}

function tableOf(renewed: readonly Renewed[]): readonly string[] {
  return renewed.map(({ file, expiresAt }) => `${file}  until ${expiresAt}`);
}
