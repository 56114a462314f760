import { readFile } from 'node:fs/promises';
import type { Clock } from '@reroot/shared/clock';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { type Bus, connectBus } from '@reroot/shared/transport';
import { type NatsConfig, readCredentialsFile } from './enrolment/index.ts';

/** What connecting takes. */
export interface OpenBusOptions {
  readonly nats: NatsConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts the start. */
  readonly signal: AbortSignal;
}

/** Connects to NATS as the configuration says. @throws RR_NATS_*, RR_CONFIG_UNREADABLE */
export async function openBus({ nats, ...outside }: OpenBusOptions): Promise<Bus> {
  const { servers, caFile, credentialsFile, plaintext } = nats;
  return connectBus({
    ...{ servers, name: 'reroot-mgmt', plaintext, ...outside },
    ...(caFile === undefined ? {} : { caPem: await readNatsCa(caFile) }),
    ...(credentialsFile === undefined ? {} : { credentials: await readCredentialsFile(credentialsFile) }),
  });
}

/** @throws RR_CONFIG_UNREADABLE */
export async function readNatsCa(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw new RerootError('RR_CONFIG_UNREADABLE', `cannot read the CA of NATS: ${errorMessage(cause)}`, { place: file, cause });
  }
}
