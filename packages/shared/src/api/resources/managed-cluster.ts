import { z } from 'zod';
import { nameSchema } from '../request-parts.ts';
import { crdNotes } from '../virtual-mesh/crd-notes.ts';
import { timestampSchema } from '../vocabulary.ts';
import { observedSchema } from './condition.ts';

/** How many problems of its agent the status of a cluster lists. */
export const maxListedProblems = 10;

export const managedClusterSpecSchema = z
  .strictObject({
    mesh: nameSchema.describe('The mesh that the cluster may belong to. Which clusters a mesh has, its VirtualMesh says.'),
  })
  .register(crdNotes, {
    rules: [
      { rule: 'self.mesh == oldSelf.mesh', message: 'cannot be changed: an agent is enrolled for one mesh', fieldPath: '.mesh' },
    ],
  });
export type ManagedClusterSpec = Readonly<z.infer<typeof managedClusterSpecSchema>>;

export const managedClusterStatusSchema = z
  .object({
    ...observedSchema,
    access: z
      .enum(['configured', 'invited', 'expired', 'enrolled', 'revoked'])
      .exactOptional()
      .describe('Whether its agent may speak to mgmt; `expired`: its join file was not used in time.'),
    joinSecret: z
      .string()
      .exactOptional()
      .describe('Secret beside this object that holds the join file under `join.yaml`, until an agent has enrolled by it.'),
    joinExpiresAt: timestampSchema.exactOptional().describe('Until when the join file is good.'),
    enrolledAt: timestampSchema.exactOptional(),
    presence: z.enum(['reporting', 'silent', 'never-seen']).exactOptional().describe('Absent while no mesh has the cluster.'),
    lastReportAt: timestampSchema
      .exactOptional()
      .describe('Of the report that this status was made of: it is not written anew for each report.'),
    membership: z.enum(['member', 'excluded', 'returning']).exactOptional(),
    evidence: z.string().exactOptional().describe('Which gate its evidence does not pass: a stable CamelCase code, or `Passed`.'),
    step: z.string().exactOptional().describe('The row that it was told last.'),
    generation: z.int().exactOptional().describe('Of the row that it was told last.'),
    intermediateNotAfter: timestampSchema.exactOptional().describe('When the intermediate in its cacerts Secret expires.'),
    agentVersion: z.string().exactOptional(),
    problems: z
      .array(z.object({ code: z.string(), message: z.string(), remedy: z.string() }))
      .max(maxListedProblems)
      .exactOptional()
      .describe('What its agent reports.'),
  })
  .describe('Who speaks for the cluster, and how it is. Written anew when something changes, and not for each report.');
export type ManagedClusterResourceStatus = z.infer<typeof managedClusterStatusSchema>;
