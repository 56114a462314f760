import { X509Certificate } from 'node:crypto';
import { createSecureContext, type SecureContext } from 'node:tls';
import { errorMessage, RerootError } from '../errors/index.ts';
import type { ClientCertificate, ConnectOptions } from './connect-options.ts';

/**
 * What TLS connections are made with: version 1.2 or later, and the CAs that servers are verified with.
 * @throws RR_NATS_TLS when the CAs, the certificate or its key cannot be read; the message quotes none of them
 */
export function secureContextOf({
  caPem,
  clientCertificate,
}: Pick<ConnectOptions, 'caPem' | 'clientCertificate'>): SecureContext {
  // Node would take a text without certificates as no CA at all, and an empty one as the machine's CAs.
  if (caPem !== undefined) attempt('the CA of the NATS servers cannot be read', () => new X509Certificate(caPem));
  return attempt('the certificate for NATS does not go with its key, or cannot be read', () =>
    createSecureContext({
      minVersion: 'TLSv1.2',
      ...(caPem === undefined ? {} : { ca: caPem }),
      ...(clientCertificate === undefined ? {} : optionsOf(clientCertificate)),
    }),
  );
}

function optionsOf({ certPem, keyPem }: ClientCertificate): { cert: string; key: string } {
  return { cert: certPem, key: keyPem };
}

function attempt<T>(problem: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new RerootError('RR_NATS_TLS', `${problem}: ${errorMessage(error)}`, { cause: error });
  }
}
