import type { z } from 'zod';
import { keysAt } from './keys-at.ts';
import { nearestWord } from './nearest-word.ts';

/** One thing that is wrong with a document. */
export interface Finding {
  readonly path: readonly PropertyKey[];
  /** Lower case, no full stop, without the path. */
  readonly text: string;
}

type Issue = z.core.$ZodIssue;

/** Keys whose values may be secret and are not repeated in messages. */
const secretKey = /key|token|pass|secret|seed|cred|jwt/i;

const maxShownLength = 60;

/** Of one map: nobody reads more, and a body of 1 MiB has room for a hundred thousand, each of which is compared with what is known. */
const maxUnknownKeys = 100;

/** What a schema found wrong with `value`, unknown keys first: they are often the misspelt cause of the rest. */
export function findingsOf(error: z.ZodError, schema: z.ZodType, value: unknown): readonly [Finding, ...Finding[]] {
  const findings = error.issues.flatMap((issue) => fromIssue(issue, schema, value, []));
  const [first, ...others] = [...findings.filter(isUnknownKey), ...findings.filter((finding) => !isUnknownKey(finding))];
  return [first ?? { path: [], text: 'does not fit the schema' }, ...others];
}

function isUnknownKey(finding: Finding): boolean {
  return finding.text.startsWith('unknown key');
}

function fromIssue(issue: Issue, schema: z.ZodType, value: unknown, base: readonly PropertyKey[]): Finding[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys.slice(0, maxUnknownKeys), schema, path);
    case 'invalid_union':
      return fromUnion(issue.errors, schema, value, path) ?? [{ path, text: withValue(issue.message, path, value) }];
    case 'invalid_key':
      return [{ path, text: `${withoutStop(issue.issues[0]?.message ?? issue.message)}, in the key itself` }];
    default:
      return [{ path, text: withValue(issue.message, path, value) }];
  }
}

/** The branch that got furthest is most likely the one that was meant. */
function fromUnion(
  branches: readonly Issue[][],
  schema: z.ZodType,
  value: unknown,
  base: readonly PropertyKey[],
): Finding[] | undefined {
  const depth = (issues: readonly Issue[]): number => Math.max(0, ...issues.map((issue) => issue.path.length));
  const [best] = branches.toSorted((a, b) => depth(b) - depth(a));
  if (best === undefined || depth(best) === 0) return undefined;
  return best.flatMap((issue) => fromIssue(issue, schema, value, base));
}

function unknownKeys(keys: readonly string[], schema: z.ZodType, path: readonly PropertyKey[]): Finding[] {
  const known = keysAt(schema, path);
  return keys.map((key) => ({ path: [...path, key], text: unknownKey(key, known) }));
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestWord(key, known);
  if (nearest !== undefined) return `unknown key ${JSON.stringify(key)}, did you mean ${JSON.stringify(nearest)}?`;
  return known.length === 0
    ? `unknown key ${JSON.stringify(key)}`
    : `unknown key ${JSON.stringify(key)}, known are ${known.join(', ')}`;
}

function withValue(message: string, path: readonly PropertyKey[], value: unknown): string {
  const text = withoutStop(message.replace(/^Invalid input: /, '').replace(/, received .*$/, ''));
  const found = path.reduce<unknown>((node, key) => (isRecord(node) ? node[key] : undefined), value);
  if (found === undefined) return `${text}, but nothing is there`;
  if (typeof found === 'object' && found !== null) return `${text}, got ${Array.isArray(found) ? 'a list' : 'a map'}`;
  if (path.some((key) => secretKey.test(String(key)))) return text;
  // A whole document of one word is another file than was meant: a passphrase, or a token.
  if (path.length === 0 && found !== null) return `${text}, got a single value`;
  return `${text}, got ${JSON.stringify(withoutCredentials(found)).slice(0, maxShownLength)}`;
}

/** An address may hold a password, and what is wrong with it is often that. */
function withoutCredentials(found: unknown): unknown {
  return typeof found === 'string' ? found.replace(/\/\/[^/@]*@/, '//…@') : found;
}

function withoutStop(message: string): string {
  return `${message.slice(0, 1).toLowerCase()}${message.slice(1).replace(/\.$/, '')}`;
}

function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
