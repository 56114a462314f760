import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { createServerFiles, type LabVault, type VaultPlan } from './server-files.ts';

const initSchema = z.object({ keys: z.tuple([z.string()]), root_token: z.string() });

/** Starts OpenBao on 127.0.0.1, with a certificate of a CA of its own, in memory; resolves when it is unsealed. */
export async function startOpenbao(plan: VaultPlan): Promise<LabVault> {
  const { name, dir, servers, create, signal } = plan;
  const { listen, cert, key, caBundlePem } = await createServerFiles(plan);
  const server = `https://${listen}`;
  const listener = { tcp: { address: listen, tls_cert_file: cert, tls_key_file: key } };
  const configFile = join(dir, 'config.json');
  await writeFile(configFile, JSON.stringify({ listener, storage: { inmem: {} }, api_addr: server }));
  const process = create(name, servers.bao, ['server', '-config', configFile], { readyText: 'OpenBao server started' });
  await process.start(signal);
  const put = async (path: string, body: object): Promise<unknown> => {
    const asked = request(`${server}/v1/${path}`, { method: 'PUT', ca: caBundlePem, agent: false, signal });
    asked.end(JSON.stringify(body));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    return JSON.parse(await text(response));
  };
  const { keys, root_token: rootToken } = initSchema.parse(await put('sys/init', { secret_shares: 1, secret_threshold: 1 }));
  const [unsealKey] = keys;
  await put('sys/unseal', { key: unsealKey });
  return { server, caBundlePem, rootToken, unsealKey, process };
}
