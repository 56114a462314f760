import { isRecordable } from '@reroot/shared/api-contract';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { type Certificate, parseCertificate } from '@reroot/shared/pki';
import type { NamesByRole } from '../api-config.ts';
import { rolesOfNames } from './roles-by-name.ts';
import { type Visitor, visitorWithRoles } from './visitor.ts';

/** Knows people by the names in their certificates, whose chains TLS has verified. */
export interface CertificateDoor {
  /** @throws RR_API_UNAUTHORIZED */
  open(der: Uint8Array): Visitor;
}

/** Takes the names of certificates to which the configuration gives roles: `CN=…` of the subject, and URIs of the SAN. */
export function createCertificateDoor(given: NamesByRole, clock: Clock): CertificateDoor {
  return {
    open: (der) => {
      const certificate = readCertificate(der);
      // A connection may live for longer than the certificate that it was opened with.
      if (certificate.notAfterMs < clock.now()) throw refused('has expired');
      const names = namesOf(certificate);
      // Those with a role come first: they are what the configuration knows it by.
      const name = names.find((each) => rolesOfNames([each], given).length > 0) ?? names[0];
      if (name === undefined) throw refused('has no CN and no URI that can be recorded');
      const principal = { name: name.replace(/^CN=/, ''), via: 'certificate', expiresAtMs: certificate.notAfterMs } as const;
      return visitorWithRoles(principal, rolesOfNames(names, given), 'api.access.certificates.roles');
    },
  };
}

function readCertificate(der: Uint8Array): Certificate {
  try {
    return parseCertificate(der);
  } catch (cause) {
    throw new RerootError('RR_API_UNAUTHORIZED', 'the client certificate cannot be read', { cause });
  }
}

/**
 * URIs first: they name a program or a person of one trust domain. The CN is taken attribute by attribute, for in the printed
 * subject a line feed in one attribute looks like the next; of several it is not clear which counts.
 */
function namesOf({ uris, x509 }: Certificate): readonly string[] {
  const commonName: unknown = x509.toLegacyObject().subject.CN;
  return [...uris, ...(typeof commonName === 'string' ? [`CN=${commonName}`] : [])].filter(isRecordable);
}

function refused(why: string): RerootError {
  return new RerootError('RR_API_UNAUTHORIZED', `the client certificate ${why}`);
}
