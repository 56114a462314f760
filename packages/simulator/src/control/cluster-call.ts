import type { Cluster, Inspector } from '@reroot/agent';
import { z } from 'zod';

const name = z.string().min(1).max(253);
const pem = z.string().max(4 * 2 ** 20);
const count = z.int().min(0);
const content = z.strictObject({
  caCert: pem,
  caKey: pem,
  certChain: pem,
  rootCert: pem,
  crl: pem.optional(),
  annotations: z.strictObject({
    accepted: z.strictObject({ term: count, generation: count, rowDigest: name }),
    filesWrittenAtMs: count,
    replicaRestart: z.enum(['never', 'when-refused', 'always']),
    formerRootCert: pem.optional(),
    provenAtMs: count.optional(),
    pluggedInAtMs: count.optional(),
  }),
  signer: z.literal('kept').optional(),
});
const owner = z.strictObject({ kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet']), namespace: name, name });

const event = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{20}$/),
  severity: z.enum(['normal', 'warning']),
  reason: name,
  action: name,
  note: z.string().max(1_024),
  count: z.int().min(1),
  firstAtMs: count,
  lastAtMs: count,
});

/** A call of the port to a cluster, as it travels over HTTP. */
export const clusterCallSchema = z.discriminatedUnion('method', [
  z.strictObject({ method: z.literal('readUid') }),
  z.strictObject({ method: z.literal('readCaSecret') }),
  z.strictObject({ method: z.literal('readFormerCas') }),
  z.strictObject({ method: z.literal('writeCaSecret'), content, expectedVersion: z.string().optional() }),
  z.strictObject({ method: z.literal('listReplicas') }),
  z.strictObject({ method: z.literal('probeReplica'), replica: name, csrPem: pem }),
  z.strictObject({ method: z.literal('restartReplica'), replica: name }),
  z.strictObject({ method: z.literal('refreshVolumes') }),
  z.strictObject({ method: z.literal('listNamespaceTrust') }),
  z.strictObject({ method: z.literal('listWorkloads') }),
  z.strictObject({ method: z.literal('listRollouts'), owners: z.array(owner) }),
  z.strictObject({ method: z.literal('restartOwner'), owner }),
  z.strictObject({ method: z.literal('recordEvent'), event }),
  z.strictObject({ method: z.literal('inspect') }),
]);

export type ClusterCall = z.infer<typeof clusterCallSchema>;

/** Carries a call out; gives what the method gives. */
export async function callCluster(cluster: Cluster & Inspector, call: ClusterCall, signal: AbortSignal): Promise<unknown> {
  switch (call.method) {
    case 'writeCaSecret':
      return cluster.writeCaSecret(call.content, call.expectedVersion, signal);
    case 'probeReplica':
      return cluster.probeReplica(call.replica, call.csrPem, signal);
    case 'restartReplica':
      return cluster.restartReplica(call.replica, signal);
    case 'listRollouts':
      return cluster.listRollouts(call.owners, signal);
    case 'restartOwner':
      return cluster.restartOwner(call.owner, signal);
    case 'recordEvent':
      return cluster.recordEvent(call.event, signal);
    case 'readUid':
    case 'readCaSecret':
    case 'readFormerCas':
    case 'listReplicas':
    case 'refreshVolumes':
    case 'listNamespaceTrust':
    case 'listWorkloads':
    case 'inspect':
      return cluster[call.method](signal);
  }
}
