import { z } from 'zod';
import { alarmSchema } from '../mesh-status.ts';
import { virtualMeshSchema } from '../virtual-mesh/index.ts';
import { stateSchema, stepSchema, tallySchema, timestampSchema } from '../vocabulary.ts';
import { observedSchema } from './condition.ts';

/** How many alarms the status of a mesh lists. */
export const maxListedAlarms = 20;

/** Of a VirtualMesh in Kubernetes: what `reroot apply` reads, field by field. */
export const virtualMeshSpecSchema = virtualMeshSchema.shape.spec;

export const virtualMeshStatusSchema = z
  .object({
    ...observedSchema,
    state: stateSchema.exactOptional(),
    step: stepSchema.exactOptional().describe('The row of the table in force.'),
    direction: z.enum(['forward', 'back']).exactOptional(),
    generation: z.int().exactOptional().describe('Generation of the row in force: approvals name it.'),
    rotation: z.string().exactOptional().describe('Id of the rotation under way, or of the last one while it is shown.'),
    currentRoot: z.string().exactOptional().describe('Fingerprint of the root in force, or of the one that is to go.'),
    currentRootNotAfter: timestampSchema.exactOptional(),
    targetRoot: z.string().exactOptional().describe('Fingerprint of the root that is to come, while a rotation is under way.'),
    clusters: tallySchema.exactOptional().describe('How many clusters are where they should be, of how many.'),
    ready: z.string().exactOptional().describe('The same as text.'),
    reason: z.string().exactOptional().describe('Stable CamelCase code of what is waited for, or `Passed`.'),
    message: z.string().exactOptional().describe('A sentence for people.'),
    alarms: z.array(alarmSchema).max(maxListedAlarms).exactOptional().describe('The first ones.'),
    alarmCount: z.int().exactOptional().describe('How many there are, listed or not.'),
  })
  .describe('How the mesh is. Written by reroot alone, and read by nobody but people and programs that watch.');
export type VirtualMeshResourceStatus = z.infer<typeof virtualMeshStatusSchema>;
