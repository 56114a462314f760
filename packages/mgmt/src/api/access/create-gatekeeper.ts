import { tokenPrefix } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { RerootError } from '@reroot/shared/errors';
import { readBearerToken } from './bearer-token.ts';
import type { CertificateDoor } from './certificate-door.ts';
import type { ConfiguredTokens } from './configured-tokens.ts';
import { forbidden } from './forbidden.ts';
import type { Gatekeeper, Wanted } from './gatekeeper.ts';
import { type NamesOfApi, requireHost, requireOrigin } from './host-rule.ts';
import type { KubernetesDoor } from './kubernetes-door.ts';
import type { OidcDoor } from './oidc-door.ts';
import { permissions } from './permission.ts';
import type { Presented } from './presented.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { rateLimited } from './rate-limited.ts';
import { networkOf } from './remote-network.ts';
import { type Visitor, visitorWithRoles } from './visitor.ts';

/** The ways by which somebody can be known; a way that is not configured is undefined. */
export interface Doors {
  readonly tokens: ConfiguredTokens;
  readonly oidc: OidcDoor | undefined;
  readonly kubernetes: KubernetesDoor | undefined;
  readonly certificates: CertificateDoor | undefined;
}

/** What a gatekeeper works with. */
export interface GatekeeperOptions {
  /** Undefined: whoever reaches the loopback address is let in. */
  readonly doors: Doors | undefined;
  readonly names: Omit<NamesOfApi, 'asksForCredentials'>;
  readonly rateLimit: { readonly perSecond: number; readonly burst: number };
  readonly clock: Clock;
  readonly close: () => Promise<void>;
}

/** Tries that fail, of one address: enough for a person who types, too little for one who guesses. */
const failures = { perSecond: 1, burst: 20, maxKeys: 10_000 } as const;
const maxPrincipals = 10_000;

const anybodyHere: Visitor = visitorWithRoles(
  { name: 'loopback', via: 'loopback', expiresAtMs: undefined },
  ['admin'],
  'api.host',
);

/** Looks at names first, then at who comes, at how often, and at what that one may. */
export function createGatekeeper({ doors, names, rateLimit, clock, close }: GatekeeperOptions): Gatekeeper {
  const rules: NamesOfApi = { ...names, asksForCredentials: doors === undefined ? 'nobody' : 'everybody' };
  const failed = createRateLimit({ ...failures, clock });
  const asked = createRateLimit({ ...rateLimit, maxKeys: maxPrincipals, clock });
  return {
    admit: async (presented, wanted, signal) => {
      requireHost(presented.host, rules);
      requireOrigin(presented.origin, presented.host, rules);
      const visitor = doors === undefined ? anybodyHere : await greet(doors, presented, failed, signal);
      const { principal } = visitor;
      const waitMs = asked.take(`${principal.via} ${principal.name}`);
      if (waitMs > 0) throw rateLimited(`${principal.name} asks too often`, waitMs);
      await requirePermission(visitor, wanted, signal);
      return principal;
    },
    describe: async (presented, mesh, signal) => {
      const visitor = doors === undefined ? anybodyHere : await greet(doors, presented, failed, signal);
      const rulings = await Promise.all(permissions.map((permission) => visitor.judge({ permission, mesh }, signal)));
      return { principal: visitor.principal, permissions: permissions.filter((_, index) => rulings[index]?.kind === 'allowed') };
    },
    close,
  };
}

/**
 * Finds out who comes. A try is paid for before it is made and paid back when nothing was wrong with it, so that many at a time
 * cost as much as one after the other. Without anything left to pay with, only what nobody can guess is looked at: a person
 * behind the same proxy as somebody who guesses is not locked out.
 */
async function greet(doors: Doors, presented: Presented, failed: RateLimit, signal: AbortSignal): Promise<Visitor> {
  const network = networkOf(presented.remoteAddress);
  const waitMs = failed.take(network);
  try {
    const visitor = await recognise(doors, presented, waitMs > 0 ? 'unguessable' : 'everything', signal);
    if (waitMs === 0) failed.giveBack(network);
    return visitor;
  } catch (error) {
    const isFailure = error instanceof RerootError && error.code === 'RR_API_UNAUTHORIZED';
    if (isFailure && waitMs > 0) throw rateLimited('too many requests of this address were refused', waitMs);
    if (!isFailure && waitMs === 0) failed.giveBack(network);
    throw error;
  }
}

/** @param attention `unguessable`: nothing that could have been guessed counts, and no question goes to Kubernetes */
async function recognise(
  { tokens, oidc, kubernetes, certificates }: Doors,
  { authorization, certificate }: Presented,
  attention: 'everything' | 'unguessable',
  signal: AbortSignal,
): Promise<Visitor> {
  if (authorization === undefined) {
    if (certificate.kind === 'verified' && certificates !== undefined) return certificates.open(certificate.der);
    throw unauthorized(
      certificate.kind === 'refused'
        ? `the client certificate is not accepted: ${certificate.why}`
        : 'the request carries no credentials',
    );
  }
  const token = readBearerToken(authorization);
  const found = tokens.find(token);
  if (found !== undefined && (found.strength === 'random' || attention === 'everything')) return found.visitor;
  // A token goes to one door only. One of ours that is wrong, or was taken back, is nobody else's business.
  if (found !== undefined || token.startsWith(tokenPrefix)) throw unauthorized('the bearer token is not one of this mgmt');
  if (oidc?.isMeantFor(token) === true) return oidc.open(token, signal);
  const known = kubernetes?.recall(token, signal);
  if (known !== undefined) return known;
  if (kubernetes !== undefined && attention === 'everything') return kubernetes.open(token, signal);
  throw unauthorized('the bearer token is not the right one');
}

async function requirePermission(visitor: Visitor, wanted: Wanted, signal: AbortSignal): Promise<void> {
  const ruling = await visitor.judge(wanted, signal);
  if (ruling.kind === 'allowed') return;
  const where = wanted.mesh === undefined ? '' : ` mesh ${wanted.mesh}`;
  throw forbidden(visitor.principal, `${wanted.permission}${where}`, ruling.remedy);
}

function unauthorized(why: string): RerootError {
  return new RerootError('RR_API_UNAUTHORIZED', why);
}
