import { readFile } from 'node:fs/promises';
import { type ApiClient, type ApiClientOptions, createApiClient, type Exchange } from '@reroot/shared/api';
import { systemClock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Output } from './print.ts';
import type { Shell } from './shell.ts';
import type { TlsIdentity } from './tls-exchange.ts';

/** Options that every verb understands. */
export interface CommonOptions {
  readonly server: string;
  /** Which of the contexts; its values have been filled in where they count. */
  readonly context?: string;
  readonly tokenFile?: string;
  readonly caFile?: string;
  readonly certFile?: string;
  readonly keyFile?: string;
  readonly mesh?: string;
  readonly output: Output;
}

/**
 * The client of the server that the options name.
 * @throws RR_OPTION_INVALID for an address that is none, and for certificates that it has no use for; RR_CONFIG_UNREADABLE when
 *   a file cannot be read
 */
export async function connect(options: CommonOptions, timing: Pick<ApiClientOptions, 'timeoutMs'> = {}): Promise<ApiClient> {
  const { server } = options;
  const token = await readToken(options);
  const exchange = await openExchange(options);
  return createApiClient({
    server,
    clock: systemClock,
    ...timing,
    ...(token === undefined ? {} : { token }),
    ...(exchange === undefined ? {} : { exchange }),
  });
}

/** @throws RR_CONFIG_UNREADABLE */
export async function readToken({ tokenFile }: CommonOptions): Promise<string | undefined> {
  return tokenFile === undefined ? undefined : (await readFileOf('token', tokenFile)).trim();
}

/** Undefined where the server is reached as anybody reaches it. */
async function openExchange(options: CommonOptions): Promise<Exchange | undefined> {
  const identity = await readTlsIdentity(options);
  if (identity === undefined) return undefined;
  const { createTlsExchange } = await import('./tls-exchange.ts');
  return createTlsExchange(identity);
}

/**
 * The certificates that the options name; undefined where they name none.
 * @throws RR_OPTION_INVALID, RR_CONFIG_UNREADABLE
 */
export async function readTlsIdentity({ server, caFile, certFile, keyFile }: CommonOptions): Promise<TlsIdentity | undefined> {
  if (caFile === undefined && certFile === undefined && keyFile === undefined) return undefined;
  if (!server.startsWith('https:')) {
    throw new RerootError('RR_OPTION_INVALID', 'the server is not an https address, and certificates are of no use there', {
      remedy: 'give --server an address that begins with https, or leave --ca-file, --cert-file and --key-file out',
    });
  }
  if ((certFile === undefined) !== (keyFile === undefined)) {
    throw new RerootError('RR_OPTION_INVALID', 'of --cert-file and --key-file one is given without the other');
  }
  return {
    ...(caFile === undefined ? {} : { ca: await readFileOf('CA', caFile) }),
    ...(certFile === undefined || keyFile === undefined
      ? {}
      : { client: { cert: await readFileOf('certificate', certFile), key: await readFileOf('key', keyFile) } }),
  };
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
export function programCall(options: CommonOptions, { env }: Shell): string {
  const program = env['REROOT_PROGRAM'] ?? 'reroot';
  const files = [
    ['--token-file', options.tokenFile],
    ['--ca-file', options.caFile],
    ['--cert-file', options.certFile],
    ['--key-file', options.keyFile],
  ] as const;
  const given = files.flatMap(([option, file]) => (file === undefined ? [] : ` ${option} ${quote(file)}`));
  return `${program} --server ${quote(options.server)}${given.join('')}`;
}

function quote(text: string): string {
  return /^[\w./:-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

async function readFileOf(what: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the ${what} file: ${errorMessage(error)}`, {
      place: file,
      cause: error,
    });
  }
}
