import type { Server as HttpServer } from 'node:http';
import type { ServerOptions } from 'node:https';
import { createSecureContext, type SecureContextOptions, Server as TlsServer } from 'node:tls';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import { errorFields, type Log } from '@reroot/shared/log';
import { createExpiryNotice } from './expiry-notice.ts';
import { readTlsFiles, readTlsVersion, type TlsFiles } from './tls-files.ts';
import { readTlsMaterial, type TlsMaterial } from './tls-material.ts';

/** TLS of the API, with files that somebody renews. */
export interface ApiTls {
  /** For `https.createServer`. */
  readonly options: ServerOptions;
  /**
   * Shows new certificates as soon as the files hold some that can be used; others go to the log, and the old ones stay.
   * Connections that are open keep what they were opened with.
   * @param server one that was made with `options`
   * @returns ends it; resolves when nothing is under way
   */
  keepFresh(server: HttpServer): () => Promise<void>;
}

/** What TLS works with. */
export interface ApiTlsOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How often the files are looked at; 10 s when it is left out. */
  readonly pollMs?: number;
}

const defaultPollMs = 10_000;
/** A client that connects and says nothing must not keep a socket for Node's two minutes. */
const handshakeTimeoutMs = 10_000;

/** With forward secrecy and AEAD alone (RFC 9325 §4.2); the last three are those of TLS 1.3. */
const ciphers = [
  ...['ECDHE-ECDSA-AES128-GCM-SHA256', 'ECDHE-RSA-AES128-GCM-SHA256'],
  ...['ECDHE-ECDSA-AES256-GCM-SHA384', 'ECDHE-RSA-AES256-GCM-SHA384'],
  ...['ECDHE-ECDSA-CHACHA20-POLY1305', 'ECDHE-RSA-CHACHA20-POLY1305'],
  ...['TLS_AES_256_GCM_SHA384', 'TLS_CHACHA20_POLY1305_SHA256', 'TLS_AES_128_GCM_SHA256'],
].join(':');

/**
 * Reads what the API speaks TLS with.
 * @throws RR_API_TLS_UNREADABLE, RR_API_TLS_INVALID, RR_API_TLS_EXPIRED
 */
export async function openApiTls(files: TlsFiles, options: ApiTlsOptions): Promise<ApiTls> {
  const { clock, log, pollMs = defaultPollMs } = options;
  // Before the files: what changes while they are read is read again.
  let version = await readTlsVersion(files);
  let shown = await readShown(files, clock.now());
  let problem: string | undefined;
  const notice = createExpiryNotice({ clock, log });
  notice.look(shown.material.chain);

  /** What cannot be used is tried again each time, for what is wrong may lie outside the files; it is said once. */
  const renew = async (server: TlsServer): Promise<void> => {
    const found = await readTlsVersion(files);
    if (found === version && problem === undefined) return;
    version = found;
    try {
      const next = await readShown(files, clock.now());
      server.setSecureContext(next.context);
      shown = next;
      problem = undefined;
      log.info({ notAfter: endOf(next.material) }, 'the API shows a new certificate');
    } catch (error) {
      const said = errorMessage(error);
      if (said !== problem) log.error(errorFields(error), 'the new certificate of the API cannot be used; the old one stays');
      problem = said;
    }
  };
  const watch = async (server: TlsServer, signal: AbortSignal): Promise<void> => {
    while (await slept(clock, pollMs, signal)) {
      await renew(server);
      notice.look(shown.material.chain);
    }
  };
  return {
    options: { ...shown.context, ...askForCertificates(files), handshakeTimeout: handshakeTimeoutMs },
    keepFresh: (server) => {
      if (!(server instanceof TlsServer)) throw new RerootError('RR_INTERNAL', 'the server of the API speaks no TLS');
      const stopping = new AbortController();
      const watching = watch(server, stopping.signal);
      return async () => {
        stopping.abort();
        await watching;
      };
    },
  };
}

interface Shown {
  readonly material: TlsMaterial;
  readonly context: SecureContextOptions;
}

async function readShown(files: TlsFiles, nowMs: number): Promise<Shown> {
  const material = readTlsMaterial(await readTlsFiles(files), nowMs);
  const context = contextOf(material);
  try {
    createSecureContext(context);
  } catch (cause) {
    // Such as a key that is too short for OpenSSL.
    throw new RerootError('RR_API_TLS_INVALID', `TLS does not take it: ${errorMessage(cause)}`, { place: files.certFile, cause });
  }
  return { material, context };
}

/** Each context has ticket keys of its own: no session is resumed for which an earlier CA of clients vouched. */
function contextOf({ chain, key, clientCas }: TlsMaterial): SecureContextOptions {
  return {
    cert: chain.map(({ pem }) => pem).join(''),
    key: key.export({ type: 'pkcs8', format: 'pem' }),
    minVersion: 'TLSv1.2',
    ciphers,
    ...(clientCas.length === 0 ? {} : { ca: clientCas.map(({ pem }) => pem) }),
  };
}

/** A client without one is let in to show a token: the gatekeeper looks at what TLS says of the certificate. */
function askForCertificates({ clientCaFile }: TlsFiles): Pick<ServerOptions, 'requestCert' | 'rejectUnauthorized'> {
  return { requestCert: clientCaFile !== undefined, rejectUnauthorized: false };
}

function endOf({ chain }: TlsMaterial): string {
  return new Date(Math.min(...chain.map(({ notAfterMs }) => notAfterMs))).toISOString();
}

async function slept(clock: Clock, ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await clock.sleep(ms, signal);
    return true;
  } catch {
    return false;
  }
}
