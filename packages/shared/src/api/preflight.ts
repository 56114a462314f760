import { z } from 'zod';
import { emergencyOutlookSchema, rotationPaceSchema } from './emergency.ts';
import { printableSchema } from './printable.ts';
import type { Read } from './read.ts';
import { fingerprintSchema } from './request-parts.ts';
import { strategySchema, timestampSchema } from './vocabulary.ts';

/** What is looked at beforehand: an adoption brings clusters that come from elsewhere along, a rotation leaves them as they are. */
const preflightedStartSchema = z.enum(['rotation', 'adoption']);
export type PreflightedStart = Read<typeof preflightedStartSchema>;

export const preflightFindingSchema = z
  .object({
    cluster: z.string().exactOptional().describe('Absent where it is about mgmt or the mesh.'),
    kind: z.enum(['failing', 'unknown']),
    message: z.string(),
  })
  .meta({ id: 'PreflightFinding', description: 'One thing that a check has found.' });
export type PreflightFinding = Read<typeof preflightFindingSchema>;

export const preflightCheckSchema = z
  .object({
    id: z.string().describe('Never changed: docs/preflight.md has an anchor of this name, and a start is overridden by it.'),
    category: z.string(),
    outcome: z
      .enum(['passed', 'warning', 'fatal', 'unknown'])
      .describe('`unknown`: nothing was found to be wrong, and not all of it could be looked at.'),
    message: z.string().describe('A sentence.'),
    findings: z.array(preflightFindingSchema).describe('The first ones, those that are wrong before those that are not known.'),
    findingCount: z.int().describe('How many there are, listed or not.'),
    clusterCount: z.int().describe('How many clusters they are about.'),
    hint: z.string().exactOptional().describe('What to do about it; absent where the check has passed.'),
  })
  .meta({ id: 'PreflightCheck', description: 'What one check has found.' });
export type PreflightCheck = Read<typeof preflightCheckSchema>;

export const preflightReportSchema = z
  .object({
    mesh: z.string(),
    start: preflightedStartSchema.describe('What would start: an adoption brings clusters that come from elsewhere along.'),
    takenAt: timestampSchema.describe('RFC 3339.'),
    outcome: z.enum(['passed', 'warnings', 'fatal']).describe('The worst of the checks: `fatal` keeps a rotation from starting.'),
    emergency: emergencyOutlookSchema
      .exactOptional()
      .describe('Of a rotation in an emergency: by what it is judged, and what would be lost by it.'),
    checks: z
      .array(preflightCheckSchema)
      .describe('In the order in which they are shown, those of one category beside each other.'),
  })
  .meta({ id: 'PreflightReport', description: 'Whether a rotation, or an adoption, that started now would get through.' });
export type PreflightReport = Read<typeof preflightReportSchema>;

export const preflightOverrideSchema = z
  .strictObject({
    check: printableSchema(64).describe('Id of the check.'),
    why: printableSchema(2_000),
  })
  .meta({ id: 'PreflightOverride', description: 'Starts a rotation or an adoption although a fatal check fails.' });
export type PreflightOverride = Read<typeof preflightOverrideSchema>;

/** Checks have short names, and there are some dozens of them. */
export const preflightOverridesSchema = z.array(preflightOverrideSchema).max(100);

export const preflightRequestSchema = z
  .strictObject({
    start: preflightedStartSchema
      .exactOptional()
      .describe(
        'What would start. Left out, it is a rotation; it is an adoption where no cluster of the mesh counts yet, some come from elsewhere, and none of the others is given. An adoption goes with none of them.',
      ),
    strategy: strategySchema.exactOptional().describe('As of StartRotationRequest: what the rotation would be.'),
    pace: rotationPaceSchema.exactOptional().describe('`usual` when left out.'),
    targetRoot: fingerprintSchema.exactOptional(),
  })
  .refine(({ start, strategy, targetRoot, pace }) => start !== 'adoption' || (strategy ?? targetRoot ?? pace) === undefined, {
    error: 'an adoption has no strategy, target or pace: it goes to the root of the mesh, by MULTI_ROOT, as usual',
    path: ['start'],
  })
  .meta({
    id: 'PreflightRequest',
    description: 'What rotation, or adoption, preflight is asked about.',
    examples: [{}, { start: 'adoption' }],
  });
export type PreflightRequest = Read<typeof preflightRequestSchema>;
