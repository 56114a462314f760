import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import type { Lifecycle } from '@reroot/shared/lifecycle';
import type { Log } from '@reroot/shared/log';
import { createRegistry, mgmtMetrics, type Registry } from '@reroot/shared/metrics';
import { type Identity, loadIdentity } from '@reroot/shared/protocol';
import type { Bus } from '@reroot/shared/transport';
import { type ChangeSignal, createChangeSignal, type Gatekeeper, openGatekeeper } from './api/index.ts';
import { whoActs } from './audit/index.ts';
import { countKeys, type RootAuthority } from './authorities/index.ts';
import type { MgmtConfig } from './config.ts';
import { type ApiFiles, readApiFiles } from './open-api.ts';
import { openAuthority } from './open-authority.ts';
import { openBus } from './open-bus.ts';
import { openKeys } from './open-keys.ts';
import type { AuditOptions, Store } from './store/index.ts';
import { mgmtVersion } from './version.ts';

/** What mgmt is made of. */
export interface MgmtOptions {
  readonly config: MgmtConfig;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
  /** Aborts the start; a started mgmt is stopped by `stop`. */
  readonly signal: AbortSignal;
  /** Work factor of the key store's scrypt; tests make it cheap. */
  readonly scryptCost?: number;
}

/** Opens the store that the configuration names. @throws RR_STORE_* */
export type OpenStore = (options: OpenStoreOptions) => Promise<Store>;

/** What opening a store takes. */
export interface OpenStoreOptions extends Pick<MgmtOptions, 'config' | 'clock' | 'random' | 'log'> {
  /** How many keys of roots there are. */
  readonly keysBeside: number;
  readonly audit: AuditOptions;
}

/** What mgmt stands on whether it leads or not. */
export interface Ground extends MgmtOptions {
  readonly gatekeeper: Gatekeeper;
  readonly apiFiles: ApiFiles;
  /** That mgmt signs with. */
  readonly identity: Identity;
  readonly store: Store;
  readonly authority: RootAuthority;
  readonly bus: Bus;
  readonly registry: Registry<typeof mgmtMetrics>;
  /** Emits after each change of a stored mesh and after each report. */
  readonly changes: ChangeSignal;
  /** Emits after each entry of the journal. */
  readonly appended: ChangeSignal;
}

/**
 * Opens what does not depend on who leads. Parts that must be closed go into the lifecycle.
 * @throws RR_API_*, RR_IDENTITY_*, RR_STORE_*, RR_KEYSTORE_*, RR_SECRET_SOURCE_*, RR_VAULT_*, RR_NATS_*
 */
export async function openGround(options: MgmtOptions, openStore: OpenStore, lifecycle: Lifecycle): Promise<Ground> {
  const { config, clock, random, log, signal, scryptCost } = options;
  const outside = { clock, random, log };
  const gatekeeper = await openGatekeeper(config.api, { version: mgmtVersion, ...outside });
  lifecycle.add('gatekeeper', () => gatekeeper.close());
  const apiFiles = await readApiFiles(options);
  const kept = await openKeys(config, outside);
  lifecycle.add('keys', () => kept.close());
  const keysBeside = await countKeys(kept.keys);
  const identity = await loadIdentity(config.identity.privateKeyFile);
  const appended = createChangeSignal();
  const audit = { identity, whoActs, now: () => clock.now(), onAppended: () => appended.emit() };
  const store = await openStore({ config, keysBeside, audit, ...outside });
  lifecycle.add('store', () => store.close());
  if (keysBeside === 0 && (await namesKeys(store))) {
    const { place } = kept.keys;
    throw new RerootError('RR_KEYSTORE_KEY_MISSING', 'the store names keys of roots, and there is none', { place });
  }
  const environment = process.env;
  const authority = await openAuthority({ config, kept, keysBeside, scryptCost, environment, ...outside, signal }, lifecycle);
  const bus = await openBus({ nats: config.nats, ...outside, signal });
  lifecycle.add('bus', () => bus.close());
  const parts = { gatekeeper, apiFiles, identity, store, authority, bus };
  return { ...options, ...parts, registry: createRegistry(mgmtMetrics), changes: createChangeSignal(), appended };
}

/** Whether the key of any root is meant to be in the key store. */
async function namesKeys(store: Store): Promise<boolean> {
  for (const mesh of await store.listMeshes()) {
    const isDestroyed = await findDestroyed(store, mesh);
    const roots = await store.listRoots(mesh);
    if (roots.some(({ custody, fingerprint }) => custody.kind === 'key-store' && !isDestroyed(fingerprint))) return true;
  }
  return false;
}

/** The store keeps the certificate of a root for ever, and its record forgets a root some time after the key was destroyed. */
async function findDestroyed(store: Store, mesh: string): Promise<(fingerprint: string) => boolean> {
  try {
    const roots = (await store.readMesh(mesh))?.record.roots ?? [];
    const kept = new Set(roots.filter(({ phase }) => phase !== 'destroyed').map(({ fingerprint }) => fingerprint));
    return (fingerprint) => !kept.has(fingerprint);
  } catch (error) {
    // Of a mesh whose record is damaged any key may be needed, once that is mended.
    if (error instanceof RerootError && error.code === 'RR_STORE_CORRUPT') return () => false;
    throw error;
  }
}
