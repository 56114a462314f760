import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '@reroot/shared/clock';
import { freePort } from '@reroot/shared/testing';
import type { FleetProcess } from '@reroot/simulator/processes';
import type { RunningVault } from '@reroot/vault/testing';
import type { Servers, vaultPrograms } from '../../servers/find-servers.ts';
import { createAuthority, issueCredential } from '../cluster/certificate.ts';
import type { CreateProcess } from '../lab-process.ts';

/** How a Vault or an OpenBao is started. */
export interface VaultPlan {
  readonly name: string;
  /** Its certificate and its secrets. */
  readonly dir: string;
  readonly servers: Pick<Servers, (typeof vaultPrograms)[number]>;
  readonly create: CreateProcess;
  readonly signal: AbortSignal;
}

/** A real one: initialized, unsealed, and empty. It forgets everything when it ends. */
export interface LabVault extends RunningVault {
  readonly process: FleetProcess;
}

/** Where a server listens, and what it shows. */
export interface ServerFiles {
  /** Address and port. */
  readonly listen: string;
  readonly cert: string;
  readonly key: string;
  readonly caBundlePem: string;
}

const address = '127.0.0.1';

/** Makes a server's certificate, by a CA of its own, and finds it a port. */
export async function createServerFiles({ name, dir }: Pick<VaultPlan, 'name' | 'dir'>): Promise<ServerFiles> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const authority = await createAuthority(`CA of ${name}`, systemClock.now());
  const { certPem, keyPem } = await issueCredential(authority, { commonName: name, names: [address] });
  const [cert, key] = [join(dir, 'server.pem'), join(dir, 'server.key')];
  await writeFile(cert, certPem);
  await writeFile(key, keyPem, { mode: 0o600 });
  return { listen: `${address}:${await freePort()}`, cert, key, caBundlePem: authority.certificate.pem };
}
