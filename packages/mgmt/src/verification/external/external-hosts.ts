import { isHttpsOrLocal } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { MeshSpec } from '../../mesh/index.ts';
import type { ExternalCheck } from '../../rotation/index.ts';
import { isPathPrefix, isUnder } from './path-prefix.ts';
import { queryAddress } from './query-address.ts';

const file = z.string().min(1);

/** Without a slash in the end; empty where it is the whole origin. */
const pathPrefix = z
  .string()
  .refine((text) => text === '/' || isPathPrefix(text), 'must be a path of plain segments, such as /teams/mesh')
  .transform((text) => text.replace(/\/$/, ''));

const origin = z
  .string()
  .refine(isOrigin, 'must be scheme, host and port alone, such as https://prometheus.monitoring.svc:9090')
  .transform((text) => new URL(text).origin);

/**
 * `verification` of mgmt's configuration: whom external checks may ask. Meshes are written by people who must not be able to
 * make mgmt speak to any address that it can reach, nor to see its tokens.
 */
export const verificationSchema = z.strictObject({
  hosts: z
    .array(
      z
        .strictObject({
          origin,
          /** Only addresses at this path and below it; the whole origin where it is left out. */
          path: pathPrefix.optional(),
          /** Only such checks; any where it is left out. */
          kind: z.enum(['webhook', 'prometheus']).optional(),
          /** Holds the bearer token for what this entry allows, and nothing else. Read each time. */
          tokenFile: file.optional(),
          /** PEM certificates that verify it, instead of those of the machine. Read each time. */
          caFile: file.optional(),
        })
        .refine(
          ({ origin, tokenFile }) => tokenFile === undefined || isHttpsOrLocal(new URL(origin)),
          'must be https where there is a tokenFile: the token would travel in the clear',
        ),
    )
    .max(50)
    .default([])
    .refine(
      (hosts) => new Set(hosts.map(({ origin, path = '', kind }) => JSON.stringify([origin, path, kind]))).size === hosts.length,
      'must name each origin once, or each path and kind of it',
    ),
});

/** A checked configuration. */
export type VerificationConfig = z.infer<typeof verificationSchema>;

/** Whom external checks may ask. */
export type ExternalHost = VerificationConfig['hosts'][number];

/** What is asked of a host: by whom it is written may differ from kind to kind. */
export type AskedKind = ExternalCheck['kind'];

/** The entry by which a check asks an address, the narrowest that allows it; undefined where mgmt may not ask it. */
export function hostFor(url: URL, kind: AskedKind, hosts: readonly ExternalHost[]): ExternalHost | undefined {
  const allowing = hosts.filter(
    (host) => host.origin === url.origin && isUnder(url, host.path ?? '') && (host.kind ?? kind) === kind,
  );
  const [narrowest] = allowing.toSorted(
    (a, b) => (b.path ?? '').length - (a.path ?? '').length || Number(b.kind !== undefined) - Number(a.kind !== undefined),
  );
  return narrowest;
}

/**
 * Refuses a spec with external checks that mgmt may not make.
 * @throws RR_MESH_CHECK_FORBIDDEN
 */
export function requireAllowedChecks({ rotation }: Pick<MeshSpec, 'rotation'>, hosts: readonly ExternalHost[]): void {
  for (const [index, check] of (rotation.automatic?.checks ?? []).entries()) {
    const url = addressOf(check);
    if (hostFor(url, check.kind, hosts) !== undefined) continue;
    const asks = `check ${check.name} asks ${url.origin}${url.pathname} as a ${check.kind}`;
    throw new RerootError('RR_MESH_CHECK_FORBIDDEN', `${asks}, which mgmt may not ask`, {
      place: `spec.mtlsConfig.shared.certificateRotation.verification.automatic.checks.${index}`,
    });
  }
}

function addressOf(check: ExternalCheck): URL {
  return check.kind === 'webhook' ? new URL(check.url) : queryAddress(check.url);
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && (url.href === `${url.origin}/` || url.href === url.origin);
}
