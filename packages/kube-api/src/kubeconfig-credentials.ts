import type { OutgoingHttpHeaders } from 'node:http';
import type { RequestOptions } from 'node:https';
import type * as kubernetes from '@kubernetes/client-node';
import type { KubeConfig } from '@kubernetes/client-node';
import { RerootError } from '@reroot/shared/errors';
import type { Access, Credentials, TlsSettings } from './access.ts';
import { clipMessage } from './clip-message.ts';
import { readTokenFile } from './token-file.ts';

/**
 * Credentials of a kubeconfig: client certificates, tokens, exec plugins and proxies, as `KubeConfig` of
 * @kubernetes/client-node reads them. Several files are merged as kubectl merges KUBECONFIG.
 * @param context its current one when undefined
 * @throws RR_KUBECONFIG_INVALID when a file cannot be read, is no kubeconfig, or names no cluster in that context
 */
export async function openKubeconfigCredentials(files: readonly string[], context: string | undefined): Promise<Credentials> {
  // Loaded here and not before: it takes memory and time, for which an agent in a pod has no use.
  const library = await import('@kubernetes/client-node');
  let config = loadKubeconfig(library, files, context);
  let reading: Promise<Access> | undefined;
  return {
    server: serverOf(config, files),
    read: async (freshness) => {
      if (freshness === 'anew') {
        config = loadKubeconfig(library, files, context);
        reading = undefined;
      }
      // Shared by the requests of one moment: each would start an exec plugin of its own.
      const shared = (reading ??= readAccess(config, files));
      try {
        return await shared;
      } finally {
        if (reading === shared) reading = undefined;
      }
    },
  };
}

type Library = Pick<typeof kubernetes, 'KubeConfig'>;

function loadKubeconfig(library: Library, files: readonly string[], context: string | undefined): KubeConfig {
  const merged = new library.KubeConfig();
  for (const [index, file] of files.entries()) {
    try {
      const each = new library.KubeConfig();
      each.loadFromFile(file);
      merged.mergeConfig(each, index > 0);
    } catch (error) {
      throw invalid(describeLoadFailure(error), file);
    }
  }
  if (context !== undefined) merged.setCurrentContext(context);
  return merged;
}

/** A parser quotes what it could not read, and that may be a token: only what names the failure is repeated. */
function describeLoadFailure(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code !== undefined) return `the kubeconfig cannot be read (${code})`;
  const own = error instanceof Error && error.constructor === Error ? `: ${clipMessage(error.message)}` : '';
  return `the file is no kubeconfig${own}`;
}

function serverOf(config: KubeConfig, files: readonly string[]): URL {
  const place = files.join(', ');
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw invalid(`the kubeconfig has no cluster for context '${config.getCurrentContext()}'`, place);
  if (!URL.canParse(cluster.server)) throw invalid(`the server '${cluster.server}' of the kubeconfig is no URL`, place);
  const server = new URL(cluster.server);
  if (server.protocol === 'http:' && !cluster.skipTLSVerify)
    throw invalid(`the server '${cluster.server}' has no TLS, and the kubeconfig does not set insecure-skip-tls-verify`, place);
  return server;
}

async function readAccess(config: KubeConfig, files: readonly string[]): Promise<Access> {
  const server = serverOf(config, files);
  const options: RequestOptions = {};
  let token: string | undefined;
  try {
    await config.applyToHTTPSOptions(options);
    token = await readTokenFile(files, config.getCurrentUser()?.name);
  } catch (error) {
    throw new RerootError('RR_CLUSTER_UNAUTHENTICATED', `the kubeconfig gives no credentials${describePlugin(error)}`, {
      place: files.join(', '),
    });
  }
  const proxied = config.getCurrentCluster()?.proxyUrl !== undefined && typeof options.agent === 'object';
  return {
    server,
    tls: tlsOf(options),
    headers: { ...headersOf(options), ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    proxy: proxied && typeof options.agent === 'object' ? options.agent : undefined,
  };
}

/** What a plugin wrote on stderr; not what a parser says of its output, which is a token. */
function describePlugin(error: unknown): string {
  if (!(error instanceof Error) || error instanceof SyntaxError) return ': its plugin answered with something that is not JSON';
  return `: ${clipMessage(error.message)}`;
}

function tlsOf({ ca, cert, key, pfx, passphrase, servername, rejectUnauthorized }: RequestOptions): TlsSettings {
  const settings = { ca, cert, key, pfx, passphrase, servername, rejectUnauthorized };
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function headersOf({ headers = {}, auth }: RequestOptions): Record<string, string> {
  const basic = typeof auth === 'string' ? { authorization: `Basic ${Buffer.from(auth).toString('base64')}` } : {};
  const applied = Object.entries(headers as OutgoingHttpHeaders).map(([name, value]) => [name.toLowerCase(), String(value)]);
  return { ...basic, ...(Object.fromEntries(applied) as Record<string, string>) };
}

function invalid(message: string, place: string): RerootError {
  return new RerootError('RR_KUBECONFIG_INVALID', message, { place });
}
