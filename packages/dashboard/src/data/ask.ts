import type { ProblemDocument } from '@reroot/shared/api';
import { newIdempotencyKey } from '@reroot/shared/api-browser';
import { token } from './session.ts';

/** mgmt's refusal, or why nothing of it was heard. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: string;
  readonly remedy: string;
  readonly place: string | undefined;
  /** 0: no answer came. */
  readonly status: number;

  constructor(status: number, { code, detail, remedy, place }: Pick<ProblemDocument, 'code' | 'detail' | 'remedy' | 'place'>) {
    super(detail);
    this.status = status;
    this.code = code;
    this.remedy = remedy;
    this.place = place;
  }
}

const timeoutMs = 60_000;

/** The key of each request that has no answer yet: asked once more, it is the same request, and is done once. */
const keys = new Map<string, string>();

/**
 * Asks mgmt, by the token of the session. With a body it is an act: that of a second click, or of another try after its answer was
 * lost, is done once.
 * @param path below the folder that the page is in: `v1/meshes`
 * @throws Refusal; the signal's reason
 */
export async function ask<T>(path: string, { body, signal }: { body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const known = token.value;
  const sent = body === undefined ? undefined : JSON.stringify(body);
  const act = `${path} ${sent}`;
  let response: Response;
  let text: string;
  try {
    response = await fetch(apiUrl(path), {
      method: sent === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(known === undefined ? {} : { authorization: `Bearer ${known}` }),
        ...(sent === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': keyOf(act) }),
      },
      ...(sent === undefined ? {} : { body: sent }),
      signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    text = await response.text();
  } catch (error) {
    signal?.throwIfAborted();
    throw unreachable(error);
  }
  keys.delete(act);
  const answer = parse(text);
  if (response.ok && answer !== undefined) return answer as T;
  throw new Refusal(response.status, isProblem(answer) ? answer : foreign(response.status));
}

function keyOf(act: string): string {
  const key = keys.get(act) ?? newIdempotencyKey();
  keys.set(act, key);
  return key;
}

/** An answer that is a part of a list. */
interface Page {
  readonly nextCursor?: string;
}

/**
 * Asks for every page of a list.
 * @param itemsOf the list in an answer
 * @throws as `ask`
 */
export async function askAll<A, T>(path: string, itemsOf: ItemsOf<A, T>, signal: AbortSignal): Promise<readonly T[]> {
  const items: T[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await askPage(path, itemsOf, { cursor, limit: 1_000, signal });
    items.push(...page.items);
    ({ cursor } = page);
    if (cursor === undefined) return items;
  }
}

/** Asks for one page of a list; without a cursor for the first. @throws as `ask` */
export async function askPage<A, T>(
  path: string,
  itemsOf: ItemsOf<A, T>,
  { cursor, limit, ...rest }: { readonly cursor: string | undefined; readonly limit: number; readonly signal?: AbortSignal },
): Promise<{ readonly items: readonly T[]; readonly cursor: string | undefined }> {
  const query = `limit=${limit}${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`;
  const answer = await ask<A & Page>(`${path}?${query}`, rest);
  return { items: itemsOf(answer), cursor: answer.nextCursor };
}

type ItemsOf<A, T> = (answer: A) => readonly T[];

/** The API is beside the page: `/ui/` and `/v1/`, also below a path of a proxy. */
export function apiUrl(path: string): string {
  return new URL(`../${path}`, document.baseURI).href;
}

function unreachable(error: unknown): Refusal {
  const why = error instanceof DOMException && error.name === 'TimeoutError' ? 'no answer within a minute' : 'no connection';
  return new Refusal(0, {
    code: 'RR_API_UNREACHABLE',
    detail: `mgmt cannot be reached: ${why}`,
    remedy: 'see that mgmt runs and that this machine reaches it; the page tries again by itself',
  });
}

function foreign(status: number): Pick<ProblemDocument, 'code' | 'detail' | 'remedy'> {
  return {
    code: 'RR_API_UNEXPECTED',
    detail: `status ${status} with a body that is not of this API`,
    remedy: 'look at what stands between here and mgmt, such as a proxy',
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isProblem(value: unknown): value is ProblemDocument {
  if (typeof value !== 'object' || value === null) return false;
  return ['code', 'detail', 'remedy'].every((key) => typeof Reflect.get(value, key) === 'string');
}
