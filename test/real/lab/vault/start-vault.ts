import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { createServerFiles, type LabVault, type VaultPlan } from './server-files.ts';

const secretsSchema = z.strictObject({ rootToken: z.string(), unsealKey: z.string() });

/** Starts Vault's core and engines on 127.0.0.1, with a certificate of a CA of its own; resolves when it answers. */
export async function startVault(plan: VaultPlan): Promise<LabVault> {
  const { name, dir, servers, create, signal } = plan;
  const { listen, cert, key, caBundlePem } = await createServerFiles(plan);
  const secretsFile = join(dir, 'secrets.json');
  const args = ['-listen', listen, '-tls-cert-file', cert, '-tls-key-file', key, '-secrets-file', secretsFile];
  const process = create(name, servers.vault, args, { readyText: 'vault listens on' });
  await process.start(signal);
  const { rootToken, unsealKey } = secretsSchema.parse(JSON.parse(await readFile(secretsFile, 'utf8')));
  return { server: `https://${listen}`, caBundlePem, rootToken, unsealKey, process };
}
