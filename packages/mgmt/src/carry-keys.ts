import { RerootError } from '@reroot/shared/errors';
import { checkName, wrappedName } from './authorities/index.ts';
import type { OpenKeys } from './open-keys.ts';
import type { ImageLine, ImageLineOf } from './store/index.ts';

/** Where keys are read from, and put into. */
type Kept = Pick<OpenKeys, 'keys' | 'wrapped'>;

/** Every sealed text, as it is. What tells a wrong passphrase comes first: another key store is found out before any key is written. */
export async function* readKeys({ keys, wrapped }: Kept): AsyncIterable<ImageLine> {
  const names = (await keys.list()).filter((name) => name !== checkName && name !== wrappedName);
  for (const [from, name] of [
    [keys, checkName],
    [wrapped, wrappedName],
    ...names.map((each) => [keys, each] as const),
  ] as const) {
    const sealed = await from.read(name);
    if (sealed !== undefined) yield { kind: 'key', name, sealed };
  }
}

/**
 * Keeps the sealed texts among what passes.
 * @throws RR_STORE_NOT_EMPTY where there is another text of the name; RR_KEYSTORE_*
 */
export async function* putKeys(lines: AsyncIterable<ImageLine>, kept: Kept): AsyncIterable<ImageLine> {
  for await (const line of lines) {
    if (line.kind === 'key' && (await placeFor(line.name, kept).add(line.name, line.sealed)) === 'there-already') {
      await requireSame(line, kept);
    }
    yield line;
  }
}

/** @throws what `putKeys` would throw, and puts none */
export async function requireNoOtherKeys(lines: AsyncIterable<ImageLine>, kept: Kept): Promise<void> {
  for await (const line of lines) if (line.kind === 'key') await requireSame(line, kept);
}

/** The same may be there: a restore that was broken off had come so far, or the keys of a store that is put back were left where they are. */
async function requireSame({ name, sealed }: ImageLineOf<'key'>, kept: Kept): Promise<void> {
  const place = placeFor(name, kept);
  const found = await place.read(name);
  if (found === undefined || found === sealed) return;
  throw new RerootError('RR_STORE_NOT_EMPTY', `another ${name} is there already`, { place: place.placeOf(name) });
}

function placeFor(name: string, { keys, wrapped }: Kept): Kept['keys'] {
  return name === wrappedName ? wrapped : keys;
}
