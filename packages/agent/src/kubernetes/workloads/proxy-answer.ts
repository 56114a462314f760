import { RerootError } from '@reroot/shared/errors';

/** Trust that a proxy holds: once for an Envoy; for a ztunnel, once for each that differs. */
export interface HeldTrust {
  /** Tells apart what one ztunnel holds; undefined where there is only one. */
  readonly identity: string | undefined;
  /** PEM: a leaf and the chain it is sent with. Empty while there is none. */
  readonly certChain: string;
  /** PEM: the roots that peers are accepted from. */
  readonly rootCert: string;
}

/** A JSON object of which nothing is known yet. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws RR_PROXY_ANSWER_INVALID when the answer is no JSON object */
export function parseAnswer(text: string, who: string): Fields {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch (error) {
    throw invalid(who, 'no JSON', error);
  }
  if (!isFields(answer)) throw invalid(who, 'no JSON object');
  return answer;
}

/** The elements of a list that are objects; none when it is no list. */
export function objectsOf(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : [];
}

/** The value at a path of keys; undefined where the path ends early. */
export function valueAt(fields: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isFields(value) ? value[key] : undefined), fields);
}

/** @param what that which was expected and is not there */
export function invalid(who: string, what: string, cause?: unknown): RerootError {
  return new RerootError('RR_PROXY_ANSWER_INVALID', `the answer of ${who} holds ${what}`, { cause });
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
