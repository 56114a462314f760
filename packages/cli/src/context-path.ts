import { isAbsolute, join } from 'node:path';
import type { Shell } from './shell.ts';

/** Where contexts are kept; undefined for somebody without a home. */
export function contextPathOf(env: Shell['env']): string | undefined {
  const { REROOT_CONFIG: named, XDG_CONFIG_HOME: configHome, HOME: home } = env;
  if (named !== undefined && named !== '') return named;
  // The XDG base directory specification has a relative path ignored.
  if (configHome !== undefined && isAbsolute(configHome)) return join(configHome, 'reroot', 'config.yaml');
  return home === undefined || home === '' ? undefined : join(home, '.config', 'reroot', 'config.yaml');
}
