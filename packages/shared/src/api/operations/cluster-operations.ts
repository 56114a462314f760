import { joinFileSchema } from '../../join-file/join-file.ts';
import { addClusterSchema, clusterAccountsSchema, renameClusterSchema } from '../accounts.ts';
import { operatorActSchema } from '../acts.ts';
import { pageQuerySchema } from '../page.ts';
import { ofWrites } from './error-groups.ts';
import type { Operation } from './operation.ts';

const changed = { 200: { description: 'Who may speak to mgmt after the act.', schema: clusterAccountsSchema } };
const ofAccounts = ['RR_STORE_FAILED', 'RR_STORE_CORRUPT'] as const;
const ofChanges = [
  ...ofAccounts,
  ...ofWrites,
  ...(['RR_NAME_INVALID', 'RR_CLUSTER_NOT_FOUND', 'RR_CLUSTER_CONFIGURED'] as const),
] as const;

/** Who may speak to mgmt. */
export const clusterOperations = {
  listClusters: {
    answeredBy: 'leader',
    ...{ method: 'GET', path: '/v1/clusters', tag: 'clusters', permission: 'read' },
    summary: 'who may speak to mgmt, and how each link stands',
    query: pageQuerySchema,
    answers: {
      200: { description: 'By name. `signingKeys` is about all of them, whatever the page.', schema: clusterAccountsSchema },
    },
    errors: ofAccounts,
  },
  addCluster: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/clusters', tag: 'clusters', permission: 'administer' },
    repeated: 'refused',
    summary: 'lets a cluster join',
    description: 'The answer holds secrets and is shown this once.',
    request: { schema: addClusterSchema },
    answers: {
      201: {
        description: 'What the agent of the cluster joins with.',
        schema: joinFileSchema.meta({ id: 'JoinFile', description: 'What a cluster joins with. Holds secrets.' }),
      },
    },
    errors: [
      ...ofChanges,
      ...(['RR_CLUSTER_EXISTS', 'RR_CLUSTER_RENAMING', 'RR_CLUSTER_TWICE', 'RR_CLUSTER_OTHER_MESH'] as const),
      ...(['RR_MESH_CLUSTER_TAKEN', 'RR_OPTION_INVALID', 'RR_NATS_CREDENTIALS_INVALID', 'RR_ENROL_NO_USERS'] as const),
    ],
  },
  renameCluster: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/clusters/{cluster}/rename', tag: 'clusters', permission: 'administer' },
    summary: 'gives a cluster another name',
    request: { schema: renameClusterSchema },
    answers: changed,
    errors: [
      ...ofChanges,
      ...([
        'RR_CLUSTER_EXISTS',
        'RR_CLUSTER_RENAMING',
        'RR_CLUSTER_ROTATING',
        'RR_CLUSTER_NOT_ENROLLED',
        'RR_RESOURCE_OWNED',
      ] as const),
    ],
  },
  rotateCredentials: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/clusters/{cluster}/rotate-credentials', tag: 'clusters', permission: 'administer' },
    summary: 'has the agent of a cluster make new keys when it hears of it',
    request: { schema: operatorActSchema },
    answers: changed,
    errors: [...ofChanges, 'RR_CLUSTER_NOT_ENROLLED', 'RR_CLUSTER_REVOKED'],
  },
  revokeCluster: {
    answeredBy: 'leader',
    ...{ method: 'POST', path: '/v1/clusters/{cluster}/revoke', tag: 'clusters', permission: 'administer' },
    summary: 'shuts a cluster out: nothing that it says counts any more',
    request: { schema: operatorActSchema },
    answers: changed,
    errors: ofChanges,
  },
} as const satisfies Readonly<Record<string, Operation>>;
