import type { MeshStatus, Strategy } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { InvalidArgumentError } from 'commander';

/**
 * Reads a fingerprint or its beginning: a few digits more than people mistype into another root's.
 * @throws InvalidArgumentError, which becomes RR_OPTION_INVALID
 */
export function parseFingerprint(text: string): string {
  if (/^[0-9a-f]{8,64}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('give a fingerprint as `reroot status` shows it: 8 to 64 hexadecimal digits.');
}

/**
 * The root of a mesh whose fingerprint begins so.
 * @throws RR_OPTION_INVALID when the mesh knows none, or several
 */
export function resolveRoot(beginning: string, { mesh, roots }: Pick<MeshStatus, 'mesh' | 'roots'>): string {
  const [found, ...others] = roots.map(({ fingerprint }) => fingerprint).filter((each) => each.startsWith(beginning));
  if (found === undefined) {
    throw new RerootError('RR_OPTION_INVALID', `mesh ${mesh} knows no root ${beginning}`, {
      place: '--target',
      remedy: 'take a root that `reroot status` shows, or leave --target out to make a new one',
    });
  }
  if (others.length > 0) {
    const all = [found, ...others].join(', ');
    throw new RerootError('RR_OPTION_INVALID', `more than one root begins with ${beginning}: ${all}`, {
      place: '--target',
      remedy: 'give more digits',
    });
  }
  return found;
}

/** Reads the strategy of a rotation. @throws InvalidArgumentError, which becomes RR_OPTION_INVALID */
export function parseStrategy(text: string): Strategy {
  const name = text.toUpperCase();
  if (name === 'MULTI_ROOT' || name === 'NONE') return name;
  throw new InvalidArgumentError('give MULTI_ROOT or NONE.');
}
