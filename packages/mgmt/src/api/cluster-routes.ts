import type { AddClusterRequest, ClusterAccounts, RenameClusterRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { readCredsText } from '@reroot/shared/nats-auth';
import { isName, requireName } from '@reroot/shared/protocol';
import { z } from 'zod';
import type { ClusterOperations } from '../runner/index.ts';
import { operatorActSchema, readAct, type Unattributed } from './body.ts';
import { maxNameLength, printableSchema } from './printable.ts';
import { type Answer, paramOf, type Route, type RouteRequest } from './route.ts';

/** What these routes work with. */
export interface ClusterRouteOptions {
  readonly clusters: ClusterOperations;
  readonly describeAccounts: () => Promise<ClusterAccounts>;
  /** The present time, milliseconds since the Unix epoch. */
  readonly now: () => number;
}

const dayMs = 86_400_000;
const defaultValidityMs = dayMs;
const maxValidityMs = 30 * dayMs;

const name = z.string().refine(isName, 'must be 1 to 63 lower-case letters, digits and hyphens');

/** `by` may be left out by whoever is known by name; `why` is not asked for, for a name says enough. */
const addSchema: z.ZodType<Omit<AddClusterRequest, 'by'> & { readonly by?: string }> = z.strictObject({
  name,
  mesh: name,
  by: printableSchema(maxNameLength).exactOptional(),
  validForMs: z.int().min(1_000).max(maxValidityMs).exactOptional(),
  natsCredentials: z.string().min(1).max(16_384).exactOptional(),
  mode: z.enum(['new', 'again']).exactOptional(),
});

const renameSchema: z.ZodType<Unattributed<RenameClusterRequest>> = z.strictObject({
  to: name,
  by: printableSchema(maxNameLength).exactOptional(),
  why: printableSchema(2_000),
});

/** Who may speak to mgmt: added, renamed, given new keys, shut out. */
export function clusterRoutes({ clusters, describeAccounts, now }: ClusterRouteOptions): readonly Route[] {
  const list = async (): Promise<Answer> => ({ status: 200, body: await describeAccounts() });
  return [
    { method: 'GET', url: '/v1/clusters', permission: 'read', answer: list },
    {
      method: 'POST',
      url: '/v1/clusters',
      permission: 'administer',
      answer: async (request) => {
        const asked = readAct(addSchema, request);
        const { by, mode = 'new', natsCredentials } = asked;
        const added = {
          ...{ name: asked.name, mesh: asked.mesh, mode, expiresAtMs: now() + (asked.validForMs ?? defaultValidityMs) },
          natsCredentials: natsCredentials === undefined ? undefined : readCreds(natsCredentials),
        };
        return { status: 201, body: await clusters.add(added, { by, why: 'to join' }) };
      },
    },
    {
      method: 'POST',
      url: '/v1/clusters/:cluster/rename',
      permission: 'administer',
      answer: async (request) => {
        const { to, by, why } = readAct(renameSchema, request);
        await clusters.rename(clusterOf(request), to, { by, why });
        return list();
      },
    },
    {
      method: 'POST',
      url: '/v1/clusters/:cluster/rotate-credentials',
      permission: 'administer',
      answer: async (request) => {
        await clusters.rotateCredentials(clusterOf(request), readAct(operatorActSchema, request));
        return list();
      },
    },
    {
      method: 'POST',
      url: '/v1/clusters/:cluster/revoke',
      permission: 'administer',
      answer: async (request) => {
        await clusters.revoke(clusterOf(request), readAct(operatorActSchema, request));
        return list();
      },
    },
  ];
}

function readCreds(text: string): { readonly jwt: string; readonly seed: string } {
  try {
    return readCredsText(text);
  } catch (cause) {
    if (!(cause instanceof RerootError)) throw cause;
    throw new RerootError('RR_API_BODY_INVALID', cause.message, { place: 'body (natsCredentials)', remedy: cause.remedy, cause });
  }
}

/** @throws RR_NAME_INVALID */
function clusterOf(request: RouteRequest): string {
  return requireName('cluster', paramOf(request, 'cluster'));
}
