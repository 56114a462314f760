import { z } from 'zod';
import { clusterStatusSchema } from './cluster-status.ts';
import { emergencyStatusSchema } from './emergency.ts';
import { trustCountsSchema } from './matrix.ts';
import { verificationStatusSchema } from './proofs.ts';
import type { Read } from './read.ts';
import {
  stateSchema,
  stepSchema,
  strategySchema,
  tallySchema,
  timestampSchema,
  verdictSchema,
  verificationSchema,
} from './vocabulary.ts';

export const rootPhaseSchema = z.enum(['created', 'active', 'retired', 'destroyed']).meta({
  id: 'RootPhase',
  description:
    'The life of a root: `created` and not signing yet, `active` while it signs, `retired` when it signs nothing any more, `destroyed` when its private key is gone.',
});
export type RootPhase = Read<typeof rootPhaseSchema>;

export const keyCustodySchema = z.enum(['key-store', 'vault', 'agents', 'foreign']).meta({
  id: 'KeyCustody',
  description:
    'Who has the key of a root: mgmt in its own store, a Vault that mgmt can ask, a Vault that the agents ask by themselves, or nobody here, for it came with an adopted cluster.',
});
export type KeyCustody = Read<typeof keyCustodySchema>;

export const rootStatusSchema = z
  .object({
    fingerprint: z.string(),
    subject: z.string(),
    notBefore: timestampSchema,
    notAfter: timestampSchema,
    role: z.enum(['current', 'old', 'new']).describe('Which part it plays now.'),
    phase: rootPhaseSchema,
    phaseSince: timestampSchema.describe('When the phase began.'),
    custody: keyCustodySchema,
  })
  .meta({ id: 'RootStatus', description: 'A root of the mesh, oldest first in lists.' });
export type RootStatus = Read<typeof rootStatusSchema>;

const offeredBy = { place: z.string().describe('The Secret or the issuer.'), since: timestampSchema };

export const rootOfferSchema = z
  .discriminatedUnion('kind', [
    z.object({
      ...offeredBy,
      kind: z.literal('root'),
      fingerprint: z.string(),
      subject: z.string(),
      notBefore: timestampSchema,
      notAfter: timestampSchema,
    }),
    z.object({ ...offeredBy, kind: z.literal('problem'), code: z.string(), message: z.string(), remedy: z.string() }),
  ])
  .meta({
    id: 'RootOffer',
    description:
      "What the source of a mesh's roots holds, besides the roots that the mesh has: a root to rotate to, or one of no use.",
  });
export type RootOffer = Read<typeof rootOfferSchema>;

export const rotationStatusSchema = z
  .object({
    id: z.string(),
    strategy: strategySchema,
    verification: verificationSchema,
    startedBy: z.string(),
    startedAt: timestampSchema,
    oldRoot: z.string(),
    newRoot: z.string(),
    approvals: z.enum(['anybody', 'another-person']).describe('Whether whoever started it may approve its steps.'),
    emergency: emergencyStatusSchema.exactOptional().describe('Absent for a usual rotation.'),
    origins: z
      .record(
        z.string(),
        z.object({
          roots: z.array(z.string()),
          signer: z.string(),
        }),
      )
      .exactOptional()
      .describe('What clusters held before that come from elsewhere, by name; absent where nobody does.'),
  })
  .meta({ id: 'RotationStatus', description: 'The rotation under way or the last one.' });
export type RotationStatus = Read<typeof rotationStatusSchema>;

export const waveStatusSchema = z
  .object({
    index: z.int().describe('0 before the first wave of the step.'),
    released: tallySchema.describe('Clusters that were told the step, of all members.'),
    releasedAt: timestampSchema,
    provenAt: timestampSchema.exactOptional().describe('Since when the wave is proven and soaks; absent while it does not.'),
  })
  .meta({ id: 'WaveStatus', description: 'How far a step has been given to the clusters.' });
export type WaveStatus = Read<typeof waveStatusSchema>;

export const alarmSchema = z
  .object({
    severity: z.enum(['warning', 'critical']),
    reason: z.string().describe('Stable CamelCase code.'),
    message: z.string(),
    cluster: z.string().exactOptional(),
  })
  .meta({ id: 'Alarm', description: 'Something that needs an eye long before it needs a hand.' });
export type Alarm = Read<typeof alarmSchema>;

export const driftStatusSchema = z
  .object({
    cluster: z.string(),
    kind: z.enum(['secret', 'replica', 'namespace', 'workload', 'foreign-root']),
    place: z.string().describe('The first place.'),
    count: z.int().describe('How many places there are.'),
    message: z.string(),
    since: timestampSchema.describe('RFC 3339.'),
  })
  .meta({ id: 'DriftStatus', description: 'One kind of drift in one cluster; docs/drift.md says what each is.' });
export type DriftStatus = Read<typeof driftStatusSchema>;

export const meshStatusSchema = z
  .object({
    mesh: z.string(),
    state: stateSchema,
    step: stepSchema.describe('The row of the table in force; while VERIFYING, the step being verified.'),
    direction: z.enum(['forward', 'back']),
    generation: z.int(),
    term: z.int(),
    enteredAt: timestampSchema,
    trustDomain: z.string(),
    roots: z.array(rootStatusSchema),
    rootOffer: rootOfferSchema.exactOptional(),
    rotation: rotationStatusSchema.exactOptional(),
    verification: verificationStatusSchema.exactOptional().describe('Absent where no step is being verified automatically.'),
    matrix: trustCountsSchema
      .exactOptional()
      .describe("How many pairs of members accept each other's leaves; absent from an mgmt that compares none."),
    wave: waveStatusSchema,
    verdict: verdictSchema,
    alarms: z.array(alarmSchema),
    drift: z
      .array(driftStatusSchema)
      .exactOptional()
      .describe(
        'What clusters hold that they should not while no rotation is under way, the oldest first; absent where there is none.',
      ),
    clusters: z.array(clusterStatusSchema),
  })
  .meta({ id: 'MeshStatus', description: 'How a mesh is, with each of its clusters.' });
export type MeshStatus = Read<typeof meshStatusSchema>;
