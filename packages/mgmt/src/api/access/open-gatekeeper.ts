import { readFile } from 'node:fs/promises';
import type { Clock } from '@reroot/shared/clock';
import { isLoopbackHost } from '@reroot/shared/config';
import { errorMessage, RerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import { parseCertificates } from '@reroot/shared/pki';
import { readSecretFile } from '../../authorities/index.ts';
import { openKubernetes } from '../../open-kubernetes.ts';
import type { ApiConfig, KubernetesAccessConfig, OidcConfig } from '../api-config.ts';
import { createCertificateDoor } from './certificate-door.ts';
import { createConfiguredTokens } from './configured-tokens.ts';
import { createGatekeeper, type Doors } from './create-gatekeeper.ts';
import { createFetchJson } from './fetch-json.ts';
import type { Gatekeeper } from './gatekeeper.ts';
import { createKubernetesDoor, type KubernetesDoor } from './kubernetes-door.ts';
import { createKubernetesReviews } from './kubernetes-reviews.ts';
import { createOidcDoor, type OidcDoor } from './oidc-door.ts';

/** What the opening of a gatekeeper works with. */
export interface OpenGatekeeperOptions {
  /** Version by which the audit log of Kubernetes names mgmt. */
  readonly version: string;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly log: Log;
}

/**
 * Opens what `api` of the configuration names. Asks nobody yet: an issuer or a cluster that is not there is told by the first
 * request that needs it.
 * @throws RR_API_TOKEN_REQUIRED, RR_API_TLS_REQUIRED, RR_API_TOKEN_INVALID, RR_CONFIG_UNREADABLE, RR_KUBECONFIG_INVALID
 */
export async function openGatekeeper(config: ApiConfig, options: OpenGatekeeperOptions): Promise<Gatekeeper> {
  requireGuarded(config, options.log);
  const { host, allowedHosts, allowedOrigins, rateLimit } = config;
  const { doors, close } = await openDoors(config, options);
  return createGatekeeper({ doors, names: { host, allowedHosts, allowedOrigins }, rateLimit, clock: options.clock, close });
}

/** What others can reach asks who comes, and does not let credentials travel in the clear. */
function requireGuarded({ host, tokenFile, access, tls, plaintext }: ApiConfig, log: Log): void {
  if (isLoopbackHost(host)) return;
  if (tokenFile === undefined && access === undefined) {
    throw new RerootError('RR_API_TOKEN_REQUIRED', `${host} can be reached from other machines`, { place: 'api.host' });
  }
  if (tls !== undefined) return;
  if (plaintext !== 'allowed') {
    throw new RerootError('RR_API_TLS_REQUIRED', `${host} can be reached from other machines`, { place: 'api.host' });
  }
  log.warn(
    { address: host },
    'the API speaks no TLS (api.plaintext): whoever is on the way can read and use the credentials of others',
  );
}

interface OpenDoors {
  readonly doors: Doors | undefined;
  readonly close: () => Promise<void>;
}

async function openDoors({ tokenFile, access }: ApiConfig, options: OpenGatekeeperOptions): Promise<OpenDoors> {
  const { tokens = [], oidc, kubernetes, certificates } = access ?? {};
  if (tokenFile === undefined && access === undefined) return { doors: undefined, close: async () => undefined };
  const { clock } = options;
  const shared = tokenFile === undefined ? undefined : await readSharedToken(tokenFile);
  const ofKubernetes = kubernetes === undefined ? undefined : await openKubernetesDoor(kubernetes, options);
  const doors = {
    tokens: createConfiguredTokens({ tokens, shared, clock }),
    oidc: oidc === undefined ? undefined : await openOidcDoor(oidc, clock),
    kubernetes: ofKubernetes?.door,
    certificates: certificates === undefined ? undefined : createCertificateDoor(certificates.roles, clock),
  };
  return { doors, close: async () => ofKubernetes?.close() };
}

async function readSharedToken(file: string): Promise<string> {
  return readSecretFile(file, { what: 'token of the API', minLength: 16, code: 'RR_API_TOKEN_INVALID' });
}

async function openOidcDoor(config: OidcConfig, clock: Clock): Promise<OidcDoor> {
  const caPem = config.caFile === undefined ? undefined : await readCa(config.caFile);
  return createOidcDoor({ config, fetchJson: createFetchJson(caPem), clock });
}

async function readCa(file: string): Promise<string> {
  const unreadable = (why: string, facts: { readonly remedy?: string; readonly cause?: unknown }): RerootError =>
    new RerootError('RR_CONFIG_UNREADABLE', `cannot read the CA of the OIDC issuer: ${why}`, { place: file, ...facts });
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw unreadable(errorMessage(cause), { cause });
  });
  const remedy = 'give api.access.oidc.caFile the certificates of the CA in PEM, and nothing else';
  try {
    if (parseCertificates(text, file).length > 0) return text;
  } catch (cause) {
    throw unreadable(errorMessage(cause), { remedy, cause });
  }
  // Node takes such a file for no CA at all, and only the first sign-in would fail.
  throw unreadable('the file holds no certificate in PEM', { remedy });
}

async function openKubernetesDoor(
  { kubeconfigFile: kubeconfig, context, audience }: KubernetesAccessConfig,
  { version, clock, random, log }: OpenGatekeeperOptions,
): Promise<{ readonly door: KubernetesDoor; readonly close: () => Promise<void> }> {
  const program = { name: 'reroot-mgmt', version };
  const api = await openKubernetes('api.access.kubernetes', { program, kubeconfig, context, clock, random, log });
  const door = createKubernetesDoor({ reviews: createKubernetesReviews(api, audience), clock });
  return { door, close: () => api.close() };
}
