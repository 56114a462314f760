import { findServers } from './find-servers.ts';
import { UnavailableError } from './unavailable-error.ts';

/** Exit code of a program that lacks something it needs, as of `./dev`. */
export const unavailableExit = 3;

/** Ends this program, with what is missing and the remedy on stderr, when it could not start the real servers. */
export function requireServers(): void {
  try {
    findServers();
  } catch (thrown) {
    if (!(thrown instanceof UnavailableError)) throw thrown;
    process.stderr.write(`error: ${thrown.message}\nremedy: ${thrown.remedy}\n`);
    process.exit(unavailableExit);
  }
}
