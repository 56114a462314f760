import type { ProblemDocument } from '@reroot/shared/api';
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

/**
 * Asks mgmt, by the token of the session.
 * @param path below the folder that the page is in: `v1/meshes`
 * @throws Refusal; the signal's reason
 */
export async function ask<T>(path: string, { body, signal }: { body?: unknown; signal?: AbortSignal } = {}): Promise<T> {
  const deadline = AbortSignal.timeout(timeoutMs);
  const known = token.value;
  let response: Response;
  let text: string;
  try {
    response = await fetch(apiUrl(path), {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        ...(known === undefined ? {} : { authorization: `Bearer ${known}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
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
  const answer = parse(text);
  if (response.ok && answer !== undefined) return answer as T;
  throw new Refusal(response.status, isProblem(answer) ? answer : foreign(response.status));
}

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
