import { findSomeServers, type Servers } from '../real/servers/find-servers.ts';
import { UnavailableError } from '../real/servers/unavailable-error.ts';

/** Why nothing can be measured beside these real servers; undefined where all of them are there. */
export function missingServers(names: readonly (keyof Servers)[]): UnavailableError | undefined {
  try {
    findSomeServers(names);
    return undefined;
  } catch (error) {
    if (error instanceof UnavailableError) return error;
    throw error;
  }
}
