import { isAbsolute, join } from 'node:path';
import type { Shell } from './shell.ts';

/** Where compiled sources are kept; undefined for somebody without a home. */
export function compileCacheOf({ XDG_CACHE_HOME: cacheHome, HOME: home }: Shell['env']): string | undefined {
  if (cacheHome !== undefined && isAbsolute(cacheHome)) return join(cacheHome, 'reroot', 'compiled');
  return home === undefined || home === '' ? undefined : join(home, '.cache', 'reroot', 'compiled');
}
