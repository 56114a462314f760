import type { ClusterAccounts } from '@reroot/shared/api';
import { addClusterSchema, operatorActSchema, renameClusterSchema } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import { readCredsText } from '@reroot/shared/nats-auth';
import type { ClusterOperations } from '../runner/index.ts';
import { readAct } from './body.ts';
import { pageOf, readPage } from './page.ts';
import { clusterOf, type Route, reply, route } from './route.ts';

/** What these routes work with. */
export interface ClusterRouteOptions {
  readonly clusters: ClusterOperations;
  readonly describeAccounts: () => Promise<ClusterAccounts>;
  /** The present time, milliseconds since the Unix epoch. */
  readonly now: () => number;
}

const defaultValidityMs = 86_400_000;

/** Who may speak to mgmt: added, renamed, given new keys, shut out. */
export function clusterRoutes({ clusters, describeAccounts, now }: ClusterRouteOptions): readonly Route[] {
  const list = async () => reply(200, await describeAccounts());
  return [
    route('listClusters', async (request) => {
      const page = readPage('accounts', request.query);
      const accounts = await describeAccounts();
      const { items, next } = pageOf('accounts', accounts.clusters, page, {
        keyOf: ({ name }) => [name],
        isAfter: ({ name }, [last = '']) => name > last,
      });
      return reply(200, { ...accounts, clusters: items, ...next });
    }),
    route('addCluster', async (request) => {
      const asked = readAct(addClusterSchema, request);
      const { by, mode = 'new', natsCredentials } = asked;
      const added = {
        ...{ name: asked.name, mesh: asked.mesh, mode, expiresAtMs: now() + (asked.validForMs ?? defaultValidityMs) },
        natsCredentials: natsCredentials === undefined ? undefined : readCreds(natsCredentials),
      };
      return reply(201, await clusters.add(added, { by, why: 'to join' }));
    }),
    route('renameCluster', async (request) => {
      const { to, by, why } = readAct(renameClusterSchema, request);
      await clusters.rename(clusterOf(request), to, { by, why });
      return list();
    }),
    route('rotateCredentials', async (request) => {
      await clusters.rotateCredentials(clusterOf(request), readAct(operatorActSchema, request));
      return list();
    }),
    route('revokeCluster', async (request) => {
      await clusters.revoke(clusterOf(request), readAct(operatorActSchema, request));
      return list();
    }),
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
