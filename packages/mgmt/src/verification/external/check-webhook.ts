import { z } from 'zod';
import type { WebhookCheck } from '../../rotation/index.ts';
import type { ProvenCheck } from '../../store/index.ts';
import { type Check, type CheckContext, found } from '../check.ts';
import type { AskHost } from './ask-host.ts';

const answerSchema = z.looseObject({ verdict: z.enum(['pass', 'fail']), message: z.string().max(2_000).optional() });

/** Another system is told of the step, and says pass or fail. */
export function checkWebhook({ name, url, timeoutMs }: WebhookCheck, ask: AskHost): Check {
  return {
    name,
    attempt: async (context) => {
      const told = bodyOf(context);
      const answer = await ask({
        kind: 'webhook',
        url: new URL(url),
        json: JSON.stringify(told),
        timeoutMs,
        signal: context.signal,
      });
      const parsed = answerSchema.safeParse(answer);
      if (!parsed.success) return found('unavailable', 'its answer has no verdict of pass or fail', { told });
      const { verdict, message } = parsed.data;
      const outcome = verdict === 'pass' ? 'passed' : 'failed';
      return found(outcome, `${verdict}${message === undefined ? '' : `: ${message}`}`, {
        url,
        told,
        answer: { verdict, message },
      });
    },
  };
}

/** What it is told: the moment, and what was counted. */
function bodyOf({ subject, before, proofId }: CheckContext): object {
  const { record } = subject();
  const { mesh, rotation, state, step, direction, generation } = record;
  const counts = (name: string): unknown => before.find((check) => check.name === name)?.evidence['counts'] ?? null;
  return {
    ...{ mesh, rotation: rotation?.id ?? null, state, step, direction, generation, proof: proofId },
    ...{ matrix: counts('matrix'), handshakes: counts('handshakes'), checks: before.map(outcomeOf) },
  };
}

function outcomeOf({ name, outcome, message }: ProvenCheck): object {
  return { name, outcome, message };
}
