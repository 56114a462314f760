import { type Operation, type OperationId, operations } from '@reroot/shared/api-contract';
import { RerootError } from '@reroot/shared/errors';
import { isName } from '@reroot/shared/protocol';
import type { FastifyRequest } from 'fastify';
import { actAs } from '../audit/index.ts';
import type { ApiStage } from './api-stage.ts';
import type { Asker } from './asker.ts';
import type { GuardOptions } from './guard.ts';
import type { OnceAnswered } from './idempotency/act-once.ts';
import { readKeyed } from './idempotency/keyed-request.ts';
import { type MadeAnswer, makeAnswer } from './make-answer.ts';
import { fromHttpError } from './problem.ts';
import { readActor } from './read-actor.ts';
import { type GuardedRoute, paramOf, type Route } from './route.ts';

/** What requests are answered with. */
export interface AnswererOptions extends Pick<GuardOptions, 'log'> {
  readonly askerOf: (request: FastifyRequest) => Asker;
}

/** What the stage does with acts. */
type Acting = Pick<ApiStage, 'actOnce' | 'onRefusedAct'>;

/** Answers each request by its route; one that has a key, and would change something, once. */
export function createAnswerer(
  options: AnswererOptions,
): (route: Route, request: FastifyRequest, acting: Acting) => Promise<OnceAnswered> {
  const { askerOf, log } = options;
  return async (route, request, { actOnce, onRefusedAct }) => {
    if (route.permission === 'open') return { answer: makeAnswer(await route.answer()), from: 'act' };
    requireKnownQuery(route.id, request.query);
    const asker = askerOf(request);
    const act = (): Promise<MadeAnswer> => answerAs(asker, route, request, { onRefusedAct, log });
    const { method, url, headers, body } = request;
    const keyed = route.method === 'POST' ? readKeyed({ method, url, headers, body, principal: asker.principal }) : undefined;
    const { repeated }: Operation = operations[route.id];
    if (keyed === undefined || repeated === 'anew') return { answer: await act(), from: 'act' };
    return actOnce({ ...keyed, answer: repeated === 'refused' ? 'secret' : 'kept', act });
  };
}

async function answerAs(
  asker: Asker,
  route: GuardedRoute,
  request: FastifyRequest,
  { onRefusedAct, log }: Pick<GuardOptions, 'onRefusedAct' | 'log'>,
): Promise<MadeAnswer> {
  const { params, query, body, headers } = request;
  const actor = readActor(asker.principal, body);
  try {
    return makeAnswer(await actAs(actor, () => route.answer({ params, query, body, headers, ...asker })));
  } catch (thrown) {
    const error = fromHttpError(thrown);
    // What mgmt itself failed in was refused to nobody.
    if (route.permission !== 'read' && error.entry.status < 500) {
      const [mesh, cluster] = ['mesh', 'cluster'].map((name) => nameOf(paramOf(request, name)));
      // Not why: a message may say what the body did, and that may hold a secret.
      log.info(
        { requestId: request.id, method: route.method, path: route.url, mesh, cluster, code: error.code },
        'an act was refused',
      );
      onRefusedAct?.({ by: actor, action: `${route.method} ${route.url}`, mesh, cluster, error });
    }
    throw thrown;
  }
}

/** What is no name was refused for that, and the message says so. */
function nameOf(text: string): string | undefined {
  return isName(text) ? text : undefined;
}

/** A parameter that means nothing is a typing error in one that does. @throws RR_API_QUERY_INVALID */
function requireKnownQuery(id: OperationId, query: unknown): void {
  const known: Operation = operations[id];
  const [first] = typeof query === 'object' && query !== null ? Object.keys(query) : [];
  if (known.query !== undefined || first === undefined) return;
  throw new RerootError('RR_API_QUERY_INVALID', 'this path takes no query', { place: 'query' });
}
