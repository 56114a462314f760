import { findServers } from '../real/servers/find-servers.ts';
import { UnavailableError } from '../real/servers/unavailable-error.ts';

/** Why nothing can be measured beside the real servers; undefined where all of them are there. */
export function missingServers(): UnavailableError | undefined {
  try {
    findServers();
    return undefined;
  } catch (error) {
    if (error instanceof UnavailableError) return error;
    throw error;
  }
}
