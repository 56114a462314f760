import { z } from 'zod';
import { type Act, driftKinds, type RotationCondition } from '../rotation/index.ts';
import { approvalSchema } from './stored-emergency.ts';
import {
  causeSchema,
  clusterSchema,
  fingerprintSchema,
  generationSchema,
  rootSchema,
  rotationSchema,
  rowSchema,
  stateSchema,
  stepSchema,
  waveSchema,
} from './stored-record.ts';

const moment = z.int().nonnegative();
const clusters = z.array(clusterSchema);
const reason = { by: z.string(), why: z.string() };

/** JSON leaves out what is undefined; the types ask for it to be said, here and below. */
const answered = z
  .strictObject({
    move: z.enum(['confirm', 'turnForward', 'retry']),
    answer: z.strictObject({ by: z.string(), atMs: moment }).optional(),
  })
  .transform(({ move, answer }) => ({ move, answer }));

const above = z.int().nonnegative().exactOptional();

const act: z.ZodType<Act> = z.discriminatedUnion('move', [
  z.strictObject({ move: z.literal('start'), rotation: rotationSchema, roots: z.array(rootSchema), above }),
  z.strictObject({ move: z.enum(['release', 'advance']), wave: waveSchema }),
  answered,
  z.strictObject({ move: z.literal('approve'), approval: approvalSchema }),
  z.strictObject({
    move: z.enum(['prove', 'doubt', 'verify', 'lapse', 'finish', 'stepBack', 'settle', 'forget', 'abort']),
  }),
  z.strictObject({ move: z.literal('fail'), because: z.string() }),
  z.strictObject({ move: z.literal('exclude'), cluster: clusterSchema, cause: causeSchema, ...reason }),
  z.strictObject({ move: z.literal('include'), cluster: clusterSchema, ...reason }),
  z.strictObject({ move: z.literal('guide'), cluster: clusterSchema, row: rowSchema }),
  z.strictObject({ move: z.literal('admit'), cluster: clusterSchema }),
  z.strictObject({ move: z.literal('members'), added: clusters, removed: clusters }),
  z.strictObject({ move: z.literal('rename'), cluster: clusterSchema, to: clusterSchema }),
  z.strictObject({ move: z.literal('restore') }),
  z.strictObject({ move: z.literal('resume'), unheard: clusters }),
  z.strictObject({ move: z.literal('destroyKey'), root: fingerprintSchema }),
]);

const marked = z.strictObject({ cluster: clusterSchema, kind: z.enum(driftKinds), place: z.string() });

/** An entry of the history as it is stored. */
export const conditionSchema: z.ZodType<RotationCondition> = z
  .strictObject({
    atMs: moment,
    state: stateSchema,
    step: stepSchema,
    rotationId: z.string().optional(),
    generation: generationSchema,
    message: z.string(),
    errors: z.array(z.string()),
    act: act.optional(),
    drift: z.strictObject({ begun: z.array(marked), ended: z.array(marked) }).optional(),
  })
  .transform(({ rotationId, act, ...rest }) => ({ ...rest, rotationId, act }));
