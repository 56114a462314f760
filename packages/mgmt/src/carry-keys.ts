import { RerootError } from '@reroot/shared/errors';
import { checkName, wrappedName } from './authorities/index.ts';
import type { OpenKeys } from './open-keys.ts';
import type { ImageLine } from './store/index.ts';

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
export async function* putKeys(lines: AsyncIterable<ImageLine>, { keys, wrapped }: Kept): AsyncIterable<ImageLine> {
  for await (const line of lines) {
    if (line.kind === 'key') {
      const { name, sealed } = line;
      const into = name === wrappedName ? wrapped : keys;
      // The same: a restore that was broken off had come so far.
      if ((await into.add(name, sealed)) === 'there-already' && (await into.read(name)) !== sealed) {
        const place = into.placeOf(name);
        throw new RerootError('RR_STORE_NOT_EMPTY', `another ${name} is there already`, { place });
      }
    }
    yield line;
  }
}
