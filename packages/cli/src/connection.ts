import { readFile } from 'node:fs/promises';
import { type ApiClient, createApiClient } from '@reroot/shared/api';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Shell } from './shell.ts';

/** Options that every verb understands. */
export interface CommonOptions {
  readonly server: string;
  readonly tokenFile?: string;
  readonly mesh?: string;
  readonly output: 'text' | 'json';
}

/**
 * The client of the server that the options name.
 * @throws RR_OPTION_INVALID for an address that is none; RR_CONFIG_UNREADABLE when the token file cannot be read
 */
export async function connect({ server, tokenFile }: CommonOptions): Promise<ApiClient> {
  return createApiClient({ server, ...(tokenFile === undefined ? {} : { token: await readToken(tokenFile) }) });
}

/**
 * The mesh that the options name, or the only one there is.
 * @throws RR_MESH_NOT_FOUND when there is none; RR_OPTION_INVALID when there are several to choose from
 */
export async function chooseMesh(client: ApiClient, { mesh }: CommonOptions, signal: AbortSignal): Promise<string> {
  if (mesh !== undefined) return mesh;
  const meshes = await client.listMeshes(signal);
  const [first, ...others] = meshes;
  if (first === undefined) {
    throw new RerootError('RR_MESH_NOT_FOUND', `${client.server} has no mesh`, {
      remedy: 'make one with `reroot apply -f mesh.yaml`',
    });
  }
  if (others.length > 0) {
    const names = meshes.map((one) => one.mesh).join(', ');
    throw new RerootError('RR_OPTION_INVALID', `there is more than one mesh: ${names}`, { remedy: 'name one with --mesh' });
  }
  return first.mesh;
}

/** How this program is called against the same server, for commands that a person shall copy. */
export function programCall({ server, tokenFile }: CommonOptions, { env }: Shell): string {
  const program = env['REROOT_PROGRAM'] ?? 'reroot';
  const token = tokenFile === undefined ? '' : ` --token-file ${quote(tokenFile)}`;
  return `${program} --server ${quote(server)}${token}`;
}

function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (error) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the token file: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}
