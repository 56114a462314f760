import { isHttpsOrLocal } from '@reroot/shared/config';
import { RerootError } from '@reroot/shared/errors';
import { z } from 'zod';
import type { MeshSpec } from '../../mesh/index.ts';

const path = z.string().min(1);

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
          /** Holds the bearer token for this origin, and no other. Read each time. */
          tokenFile: path.optional(),
          /** PEM certificates that verify it, instead of those of the machine. Read each time. */
          caFile: path.optional(),
        })
        .refine(
          ({ origin, tokenFile }) => tokenFile === undefined || isHttpsOrLocal(new URL(origin)),
          'must be https where there is a tokenFile: the token would travel in the clear',
        ),
    )
    .max(50)
    .default([])
    .refine((hosts) => new Set(hosts.map(({ origin }) => origin)).size === hosts.length, 'must name each origin once'),
});

/** A checked configuration. */
export type VerificationConfig = z.infer<typeof verificationSchema>;

/** Whom external checks may ask. */
export type ExternalHost = VerificationConfig['hosts'][number];

/** The host that a check asks; undefined where mgmt may not ask it. */
export function hostFor(url: URL, hosts: readonly ExternalHost[]): ExternalHost | undefined {
  return hosts.find(({ origin }) => origin === url.origin);
}

/**
 * Refuses a spec with external checks that mgmt may not make.
 * @throws RR_MESH_CHECK_FORBIDDEN
 */
export function requireAllowedChecks({ rotation }: Pick<MeshSpec, 'rotation'>, hosts: readonly ExternalHost[]): void {
  for (const [index, { name, url }] of (rotation.automatic?.checks ?? []).entries()) {
    if (hostFor(new URL(url), hosts) !== undefined) continue;
    throw new RerootError('RR_MESH_CHECK_FORBIDDEN', `check ${name} asks ${new URL(url).origin}, which mgmt may not ask`, {
      place: `spec.mtlsConfig.shared.certificateRotation.verification.automatic.checks.${index}`,
    });
  }
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && (url.href === `${url.origin}/` || url.href === url.origin);
}
