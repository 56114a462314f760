import type { RootOffer } from '@reroot/shared/api';
import type { Clock } from '@reroot/shared/clock';
import { assertNever, type RerootError, toRerootError } from '@reroot/shared/errors';
import type { Log } from '@reroot/shared/log';
import type { Certificate } from '@reroot/shared/pki';
import type { RootAuthority } from '../authorities/index.ts';
import { isMadeToOrder, type RootSource } from '../mesh/index.ts';
import type { MeshView } from './mesh-view.ts';
import { rootRequestOf } from './start-rotation.ts';

/** What the sources of roots offer by themselves: whoever puts a new root there need not be whoever starts rotations. */
export interface RootOffers {
  /** What was found when the source of the mesh was looked at last; undefined for nothing new, and before the first look. */
  read(mesh: string): RootOffer | undefined;
  /** Looks at the source of a mesh. Never rejects. */
  look(view: MeshView, signal: AbortSignal): Promise<void>;
}

/** What looking works with. */
export interface RootOffersOptions {
  readonly authority: Pick<RootAuthority, 'findOffer'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** A source that says the same as before offers it since then. */
export function createRootOffers({ authority, clock, log }: RootOffersOptions): RootOffers {
  const offers = new Map<string, RootOffer>();
  return {
    read: (mesh) => offers.get(mesh),
    look: async (view, signal) => {
      const { mesh } = view.stored.spec;
      const found = await findOffer(view, authority, signal);
      if (signal.aborted) return;
      const before = offers.get(mesh);
      if (found === undefined) {
        offers.delete(mesh);
      } else if (before === undefined || subjectOf(before) !== subjectOf(found)) {
        offers.set(mesh, { ...found, since: new Date(clock.now()).toISOString() });
        sayFound(log, mesh, found);
      }
    },
  };
}

/** An offer, since when nobody has said yet. */
type Found = RootOffer extends infer Offer ? (Offer extends RootOffer ? Omit<Offer, 'since'> : never) : never;

async function findOffer(
  { stored: { spec }, roots }: MeshView,
  authority: Pick<RootAuthority, 'findOffer'>,
  signal: AbortSignal,
): Promise<Found | undefined> {
  if (isMadeToOrder(spec.rootSource)) return undefined;
  const known = [...roots.values()].map(({ certificate }) => certificate);
  const place = placeOf(spec.rootSource);
  try {
    const root = await authority.findOffer(rootRequestOf(spec, known), signal);
    if (root === undefined || known.some(({ fingerprint }) => fingerprint === root.fingerprint)) return undefined;
    return { place, ...describeRoot(root) };
  } catch (error) {
    return { place, ...describeProblem(toRerootError(error)) };
  }
}

function describeRoot({ fingerprint, subject, notBeforeMs, notAfterMs }: Certificate) {
  const [notBefore, notAfter] = [new Date(notBeforeMs).toISOString(), new Date(notAfterMs).toISOString()];
  return { kind: 'root', fingerprint, subject, notBefore, notAfter } as const;
}

function describeProblem({ code, message, remedy }: RerootError) {
  return { kind: 'problem', code, message, remedy } as const;
}

function placeOf(source: RootSource): string {
  switch (source.kind) {
    case 'generated':
      return 'mgmt';
    case 'secret':
      return `Secret ${source.secret.namespace}/${source.secret.name}`;
    case 'vault':
      return `${source.vault.server} ${source.vault.mount}/issuer/${source.vault.issuer}`;
    default:
      return assertNever(source);
  }
}

/** What two looks must have in common to be one offer. */
function subjectOf(offer: Found | RootOffer): string {
  return offer.kind === 'root' ? offer.fingerprint : `${offer.code} ${offer.message}`;
}

function sayFound(log: Log, mesh: string, { place, ...found }: Found): void {
  if (found.kind === 'root') log.info({ mesh, place, root: found.fingerprint }, 'a new root is offered');
  else log.warn({ mesh, place, code: found.code, problem: found.message, remedy: found.remedy }, 'no root can be taken');
}
