import { randomBytes } from 'node:crypto';
import type { Clock } from '@reroot/shared/clock';
import type { JoinFile } from '@reroot/shared/join-file';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { createSequence, type Identity, loadIdentity } from '@reroot/shared/protocol';
import { type Bus, withoutCredentials } from '@reroot/shared/transport';
import type { MgmtConfig } from './config.ts';
import { createRevocations, type Enrolment, type NatsConfig, openEnrolmentService, openNatsAccounts } from './enrolment/index.ts';
import { createSigningKeys, type LinkView, type SigningKeys } from './fleet/index.ts';
import { readNatsCa } from './open-bus.ts';
import { type Hearing, openHearing } from './open-hearing.ts';
import { createPacer, createSealer, createTermsTeller, type Pacer, type Sealer, type TermsTeller } from './runner/index.ts';
import type { Store } from './store/index.ts';
import { mgmtVersion } from './version.ts';

/** mgmt's end of the links to all agents. */
export interface Link extends Hearing {
  readonly bus: Bus;
  readonly enrolment: Enrolment;
  readonly signingKeys: SigningKeys;
  readonly sealer: Sealer;
  readonly pacer: Pacer;
  readonly terms: TermsTeller;
}

/** What opening the links takes. */
export interface OpenLinkOptions {
  readonly config: MgmtConfig;
  readonly store: Store;
  readonly bus: Bus;
  /** The one that this mgmt took. */
  readonly term: number;
  /** Whether there is such a mesh. */
  readonly hasMesh: (mesh: string) => boolean;
  /** Told after each change of who may speak for a cluster. */
  readonly onAccount: () => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
  /** Asked before each word to an agent. @throws RR_LEADERSHIP_LOST */
  readonly requireLeading?: (() => void) | undefined;
  /** Aborts when mgmt stops, or leads no longer. */
  readonly stopping: AbortSignal;
}

/**
 * Opens all that stands between the bus and the meshes.
 * @throws RR_IDENTITY_*, RR_NATS_*, RR_CLUSTER_TWICE, RR_STORE_*, RR_CONFIG_UNREADABLE
 */
export async function openLink(options: OpenLinkOptions, lifecycle: Lifecycle): Promise<Link> {
  const { config, bus, term, clock, log, stopping } = options;
  const identities = await loadIdentities(config.identity);
  // The keys of mgmt wait for what agents say of them, and that is heard by the keys of agents.
  const acceptedBy: LinkView['keysAcceptedBy'] = (mesh, cluster) => hearing.links.keysAcceptedBy(mesh, cluster);
  const signingKeys = createSigningKeys({ ...identities, acceptedBy });
  const enrolment = await openEnrolment(options, signingKeys, identities);
  lifecycle.add('enrolment', () => enrolment.idle());
  const hearing = openHearing({ config, enrolment, hasMesh: options.hasMesh, clock, log });
  const { accounts, links, sequences } = hearing;
  remindNats(enrolment, bus, clock, stopping);
  const made = createSealer({ keys: signingKeys, term, nextSequence: createSequence(clock).next, clock });
  const sealer: Sealer = {
    seal: (letter) => {
      // A process that stood still may come to this before it has noticed that it leads no longer.
      options.requireLeading?.();
      return made.seal(letter);
    },
  };
  const pacer = createPacer({ clock, signal: stopping, log });
  const terms = createTermsTeller({ bus, sealer, pacer, accounts, keys: signingKeys, links, sequences, mgmtVersion, clock });
  return { ...hearing, bus, enrolment, signingKeys, sealer, pacer, terms };
}

/** After each connection, and now and then: the server that forgot may be another one than mgmt is connected to. */
function remindNats(enrolment: Enrolment, bus: Bus, clock: Clock, stopping: AbortSignal): void {
  const unhook = bus.onStatus((status) => {
    if (status === 'connected') enrolment.remindNats();
  });
  stopping.addEventListener('abort', unhook, { once: true });
  const remind = async (): Promise<void> => {
    while (!stopping.aborted) {
      await clock.sleep(remindEveryMs, stopping);
      enrolment.remindNats();
    }
  };
  // It ends with its signal alone.
  remind().catch(() => undefined);
}

const remindEveryMs = 60_000;

interface Identities {
  readonly current: Identity;
  readonly next: Identity | undefined;
}

/** The keys that mgmt signs with. @throws RR_IDENTITY_* */
export async function loadIdentities({ privateKeyFile, nextPrivateKeyFile }: MgmtConfig['identity']): Promise<Identities> {
  const current = await loadIdentity(privateKeyFile);
  return { current, next: nextPrivateKeyFile === undefined ? undefined : await loadIdentity(nextPrivateKeyFile) };
}

async function openEnrolment(
  { config, store, term, onAccount, clock, random, log, stopping }: OpenLinkOptions,
  signingKeys: SigningKeys,
  { current, next }: Identities,
): Promise<Enrolment> {
  const accounts = await openNatsAccounts(config.nats, clock);
  const outside = { clock, random, log, signal: stopping };
  return openEnrolmentService({
    ...{ store, term, accounts, clock, randomBytes, log },
    makeRevocations: (users) => createRevocations({ updater: accounts?.updater, users, ...outside }),
    natsOfAgents: await natsOfAgents(config.nats),
    publicKeys: () => signingKeys.publicKeys(),
    publicKeyPems: () => [current, ...(next === undefined ? [] : [next])].map(({ publicKeyPem }) => publicKeyPem),
    configured: new Set(Object.keys(config.clusters)),
    onChange: onAccount,
  });
}

/** Credentials in mgmt's own URLs are mgmt's alone. */
async function natsOfAgents({ servers, caFile, agents, plaintext }: NatsConfig): Promise<Omit<JoinFile['nats'], 'credentials'>> {
  const caOfAgents = agents.caFile ?? (agents.servers === undefined ? caFile : undefined);
  const reached = agents.servers ?? servers.map(withoutCredentials);
  return { servers: reached, ...(caOfAgents === undefined ? {} : { ca: await readNatsCa(caOfAgents) }), plaintext };
}
