import { z } from 'zod';
import { clusterStatusSchema, unreadReasonSchema } from './cluster-status.ts';
import { nextCursorSchema } from './page.ts';
import type { Read } from './read.ts';
import { evidenceMethodSchema, laggardSchema, stepSchema, timestampSchema } from './vocabulary.ts';

export const heldTrustSchema = z
  .object({
    bundleSha256: z.string().describe('SHA-256 of the exact bytes of the bundle.'),
    roots: z.array(z.string()).describe('Fingerprints of the trusted roots, in any order.'),
    signer: z.string().exactOptional().describe('Fingerprint of the signing certificate; absent where nothing signs.'),
    signerRoot: z
      .string()
      .exactOptional()
      .describe('Fingerprint of the known root that the signer verifies under; absent when it does under none.'),
  })
  .meta({ id: 'HeldTrust', description: 'Trusted roots and the signer, as seen in one place.' });
export type HeldTrust = Read<typeof heldTrustSchema>;

/** `reached`: holds the row that the cluster was told last. */
const place = { reached: z.boolean().describe('Whether it holds what the cluster was told.') };

export const evidencePlaceSchema = z
  .discriminatedUnion('kind', [
    z.object({
      ...{ kind: z.literal('replica'), replica: z.string(), ...place },
      holds: heldTrustSchema.exactOptional().describe('Absent when it could not be probed.'),
      failure: z.string().exactOptional().describe('Why it could not be probed.'),
      multiRoot: z.enum(['on', 'off', 'unknown']).describe('ISTIO_MULTIROOT_MESH of the replica.'),
    }),
    z.object({
      ...{ kind: z.literal('namespace'), namespace: z.string(), ...place },
      holds: heldTrustSchema.exactOptional().describe('Absent when it has no istio-ca-root-cert.'),
    }),
    z.object({
      ...{ kind: z.literal('workloads'), namespace: z.string(), ...place },
      holds: heldTrustSchema,
      count: z.int().describe('How many workloads hold the same for the same reason.'),
      examples: z.array(z.string()).describe('Names of the first ones.'),
      method: evidenceMethodSchema,
      learns: z
        .enum(['pushed', 'renewed'])
        .describe('Whether they take a new row as soon as it is pushed, or only with their next certificate or start.'),
      unread: unreadReasonSchema.exactOptional().describe('Why their proxies could not be read; absent where they were.'),
    }),
  ])
  .meta({ id: 'EvidencePlace', description: 'What one place of a cluster provably holds.' });
export type EvidencePlace = Read<typeof evidencePlaceSchema>;

export const clusterEvidenceSchema = z
  .object({
    mesh: z.string(),
    cluster: z.string(),
    step: stepSchema.describe('The row that it is measured against.'),
    lastReportAt: timestampSchema.exactOptional().describe('Absent before the first report: nothing is known then.'),
    appliedGeneration: z.int().exactOptional(),
    written: heldTrustSchema.exactOptional().describe('What its cacerts Secret holds; absent when there is none.'),
    namespacesKnown: z.boolean().describe('Whether the cluster let its namespaces be listed.'),
    workloadsKnown: z.boolean().describe('Whether the cluster let its workloads be listed.'),
    places: z.array(evidencePlaceSchema).describe('Replicas, then namespaces, then groups of workloads.'),
    nextCursor: nextCursorSchema.exactOptional(),
  })
  .meta({ id: 'ClusterEvidence', description: 'What the last report of a cluster says, a page of it.' });
export type ClusterEvidenceStatus = Read<typeof clusterEvidenceSchema>;

export const clusterPageSchema = z
  .object({ clusters: z.array(clusterStatusSchema), nextCursor: nextCursorSchema.exactOptional() })
  .meta({ id: 'ClusterPage', description: 'Clusters of a mesh, by name.' });

export const laggardPageSchema = z
  .object({ laggards: z.array(laggardSchema), nextCursor: nextCursorSchema.exactOptional() })
  .meta({ id: 'LaggardPage', description: 'What the gates of a mesh wait for, to the last one, by cluster and place.' });
