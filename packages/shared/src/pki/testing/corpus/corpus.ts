import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { assertNever } from '../../../errors/index.ts';
import { brokenMutations } from './broken-mutations.ts';
import { type CorpusKey, corpusKey, type Draft, make } from './draft.ts';
import type { CorpusVerdict } from './mutation.ts';
import { type PlanKeys, soundPlan } from './plan.ts';
import { soundMutations } from './sound-mutations.ts';

/** A chain to verify, in DER, and what reroot must say. */
export interface CorpusCase {
  /** What was done to a sound chain. */
  readonly mutation: string;
  /** The mutation, the algorithms, and how many CAs stand between leaf and root. */
  readonly name: string;
  readonly chain: readonly Buffer[];
  readonly roots: readonly Buffer[];
  readonly atMs: number;
  readonly expected: CorpusVerdict;
}

type Kind = CorpusKey['kind'];

/** Kinds of the root's and of the other CAs' keys, and how many of these there are. */
const worlds: readonly { readonly root: Kind; readonly cas: Kind; readonly depth: number }[] = [
  { root: 'RSA', cas: 'RSA', depth: 1 },
  { root: 'RSA', cas: 'RSA', depth: 2 },
  { root: 'RSA', cas: 'P-256', depth: 1 },
  { root: 'RSA', cas: 'P-384', depth: 3 },
  { root: 'P-256', cas: 'P-256', depth: 1 },
  { root: 'P-256', cas: 'P-256', depth: 3 },
  { root: 'P-384', cas: 'P-384', depth: 1 },
  { root: 'P-384', cas: 'RSA', depth: 2 },
];
const deepest = 3;

const generate = promisify(generateKeyPair);

/** Makes the whole corpus; the keys are new every time, everything else is the same. */
export async function makeCorpus(): Promise<readonly CorpusCase[]> {
  const keysOf = await makeKeys();
  const table = Object.entries({ ...soundMutations, ...brokenMutations });
  return worlds.flatMap(({ root, cas, depth }) => {
    const keys = keysOf(root, cas);
    const sound = soundPlan(keys, depth);
    const makeOnce = onceEach(make);
    const fitting = table.filter(([, { depth: least = 1, rootKind = root }]) => depth >= least && rootKind === root);
    return fitting.map(([mutation, { expected, change }]) => {
      const { chain, roots, atMs } = change(sound, keys);
      const name = `${mutation}: ${cas} below ${root}, ${depth} deep`;
      return { mutation, name, chain: chain.map(makeOnce), roots: roots.map(makeOnce), atMs, expected };
    });
  });
}

/** One draft is one certificate: signed again it would have other bytes, for ECDSA takes a new random number each time. */
function onceEach(sign: (draft: Draft) => Buffer): (draft: Draft) => Buffer {
  const made = new Map<Draft, Buffer>();
  return (draft) => {
    const der = made.get(draft) ?? sign(draft);
    made.set(draft, der);
    return der;
  };
}

async function makeKeys(): Promise<(root: Kind, cas: Kind) => PlanKeys> {
  const kinds: readonly Kind[] = ['RSA', 'P-256', 'P-384'];
  const sets = kinds.map(
    async (kind) => [kind, await Promise.all(Array.from({ length: deepest + 2 }, () => makeKey(kind)))] as const,
  );
  const byKind = new Map(await Promise.all(sets));
  const others = {
    leaf: await makeKey('P-256'),
    short: await makeKey('RSA', 1024),
    tiny: await makeKey('RSA', 512),
    edwards: await makeKey('Ed25519'),
    strange: corpusKey('P-256', await generate('ec', { namedCurve: 'secp256k1' })),
  };
  return (root, cas) => {
    const [rootKey, stranger] = byKind.get(root) ?? [];
    const [, , ...caKeys] = byKind.get(cas) ?? [];
    if (rootKey === undefined || stranger === undefined) throw new Error(`there are no keys of kind ${root}`);
    return { root: rootKey, stranger, cas: caKeys, ...others };
  };
}

async function makeKey(kind: Kind, modulusLength = 2048): Promise<CorpusKey> {
  switch (kind) {
    case 'RSA':
      return corpusKey(kind, await generate('rsa', { modulusLength }));
    case 'P-256':
    case 'P-384':
      return corpusKey(kind, await generate('ec', { namedCurve: kind }));
    case 'Ed25519':
      return corpusKey(kind, await generate('ed25519'));
    default:
      return assertNever(kind);
  }
}
