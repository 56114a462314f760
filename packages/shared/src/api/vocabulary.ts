import { z } from 'zod';
import type { EvidenceMethod, Nudge, Step } from '../protocol/index.ts';
import type { Read } from './read.ts';

/** A moment, RFC 3339. Not `z.iso.datetime`, whose pattern would stand in the document at each of them. */
export const timestampSchema = z.string().meta({ format: 'date-time' });

export const stepSchema: z.ZodEnum<{ [Key in Step]: Key }> = z
  .enum(['PREVIOUS_CA', 'ADDING_NEW_ROOT', 'PROPAGATING_NEW_INTERMEDIATE', 'DELETING_OLD_ROOT'])
  .meta({ id: 'Step', description: 'A row of the table of the rotation: what clusters hold while it is in force.' });

export const nudgeSchema: z.ZodEnum<{ [Key in Nudge]: Key }> = z
  .enum(['laggards', 'when-loaded'])
  .meta({ id: 'Nudge', description: 'When the bytes of the bundle are changed, so that proxies ask for a new certificate.' });

export const evidenceMethodSchema: z.ZodEnum<{ [Key in EvidenceMethod]: Key }> = z
  .enum(['proxy-config', 'start-time', 'leaf-lifetime', 'none'])
  .meta({ id: 'EvidenceMethod', description: 'How the evidence about a workload was obtained.' });

export const stateSchema = z
  .enum([
    'NOT_ROTATING',
    'PREVIOUS_CA',
    'ADDING_NEW_ROOT',
    'PROPAGATING_NEW_INTERMEDIATE',
    'DELETING_OLD_ROOT',
    'VERIFYING',
    'VERIFIED',
    'ROLLING_BACK',
    'FINISHED',
    'FAILED',
  ])
  .meta({ id: 'State', description: 'States of a rotation, named as in proto/reroot/v1/ca_options.proto.' });
export type State = Read<typeof stateSchema>;

export const strategySchema = z
  .enum(['MULTI_ROOT', 'NONE'])
  .meta({ id: 'Strategy', description: 'Strategy of a rotation, named as in the proto.' });
export type Strategy = Read<typeof strategySchema>;

export const verificationSchema = z
  .enum(['none', 'manual', 'automatic'])
  .meta({ id: 'Verification', description: 'How a step is verified, named as in the proto.' });
export type Verification = Read<typeof verificationSchema>;

export const laggardSchema = z
  .object({
    cluster: z.string(),
    reason: z.string().describe('Stable CamelCase code.'),
    message: z.string(),
    replica: z.string().exactOptional(),
    namespace: z.string().exactOptional(),
    workload: z.string().exactOptional(),
    since: timestampSchema.exactOptional().describe('Since when it has been waited for, RFC 3339.'),
  })
  .meta({ id: 'Laggard', description: 'One thing that a gate waits for.' });
export type Laggard = Read<typeof laggardSchema>;

export const verdictSchema = z
  .object({
    passed: z.boolean(),
    reason: z.string().describe('Stable CamelCase code of the first gate that does not pass, or `Passed`.'),
    message: z.string().describe('A sentence for people.'),
    laggards: z.array(laggardSchema).describe('The first ones, those of the reason before the others.'),
    laggardCount: z.int().describe('How many there are, listed or not.'),
  })
  .meta({ id: 'Verdict', description: 'What stands between a mesh and its next transition; the same in CLI, API and log.' });
export type Verdict = Read<typeof verdictSchema>;

export const tallySchema = z
  .object({
    reached: z.int(),
    total: z.int(),
  })
  .meta({ id: 'Tally', description: 'How many have reached the step, of how many.' });
export type Tally = Read<typeof tallySchema>;
