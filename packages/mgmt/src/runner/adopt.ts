import type { AdoptRequest } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type AdoptionFacts, requireKnownChecks, requirePassed } from '../preflight/index.ts';
import { isMember } from '../rotation/index.ts';
import type { Store } from '../store/index.ts';
import { type FoundAdoption, findAdoption } from './find-adoption.ts';
import type { MeshLoop, MeshMoment } from './mesh-loop.ts';
import type { Passed } from './pass-preflight.ts';
import { type Precondition, requirePrecondition } from './precondition.ts';
import type { Preflight, Preflighted } from './preflight.ts';
import { type AdoptionStartOptions, startAdoption } from './start-adoption.ts';
import type { StartWitness } from './witness-start.ts';

/** What an adoption works with. */
export interface AdoptOptions extends AdoptionStartOptions {
  readonly store: Pick<Store, 'listHistory'>;
  readonly preflight: Preflight;
  readonly witness: StartWitness;
  readonly signal: AbortSignal;
}

/**
 * Starts the adoption of the clusters that come from elsewhere, once every check of preflight was made of them. One that appears
 * meanwhile is looked at too before anything starts.
 * @throws what `startAdoption` throws, before anybody is asked anything; RR_PREFLIGHT_*; RR_API_PRECONDITION
 */
export async function adopt(
  loop: MeshLoop,
  request: AdoptRequest,
  wanted: Precondition | undefined,
  options: AdoptOptions,
): Promise<MeshMoment> {
  requireKnownChecks(request.overrides ?? []);
  for (;;) {
    const asked = await loop.moment();
    requirePrecondition(loop.mesh, asked.view.stored.revision, wanted);
    const lookedAt = namesOf(findAdoption(asked, options.term));
    const { overridden, preflighted } = await passAdoption(asked, request, options);
    const history = await options.store.listHistory(loop.mesh);
    let cameMeanwhile: readonly string[] = [];
    await loop.actAt((moment) => {
      requirePrecondition(loop.mesh, moment.view.stored.revision, wanted);
      cameMeanwhile = namesOf(findAdoption(moment, options.term)).filter((name) => !lookedAt.includes(name));
      if (cameMeanwhile.length > 0) return undefined;
      const change = startAdoption(moment, request, options, overridden);
      return options.witness({ moment, change, preflighted, history });
    });
    if (cameMeanwhile.length === 0) return loop.moment();
  }
}

/**
 * Whether the adoption of the clusters that come from elsewhere would get through.
 * @throws RR_ADOPT_NOTHING where there are none
 */
export function askAdoption(
  moment: MeshMoment,
  { preflight, signal, term }: Pick<AdoptOptions, 'preflight' | 'signal' | 'term'>,
): Promise<Preflighted> {
  const { spec, record } = moment.view.stored;
  const found = findAdoption(moment, term);
  if (found.clusters.length === 0) {
    throw new RerootError('RR_ADOPT_NOTHING', `no cluster of mesh ${spec.mesh} is to be adopted`);
  }
  const start = { strategy: 'MULTI_ROOT', target: record.currentRoot, adoption: factsOf(found) } as const;
  return preflight.run(withMembers(moment, namesOf(found)), start, signal);
}

/** Whether an adoption is all that a mesh can begin with: none of its clusters counts yet, and some come from elsewhere. */
export function awaitsAdoption(moment: MeshMoment, term: number): boolean {
  const { view, snapshot } = moment;
  const counts = snapshot.clusters.some((cluster) => isMember(view.stored.record, cluster));
  return !counts && findAdoption(moment, term).clusters.length > 0;
}

async function passAdoption(moment: MeshMoment, request: AdoptRequest, options: AdoptOptions): Promise<Passed> {
  // What the start refuses by itself says more exactly what is wrong than any check, and no agent has to be asked for it.
  startAdoption(moment, request, options);
  const preflighted = await askAdoption(moment, options);
  return { overridden: requirePassed(preflighted.report, request.overrides), preflighted };
}

/** The moment in which clusters that come from elsewhere count, as they do once they are adopted. */
function withMembers(moment: MeshMoment, names: readonly string[]): MeshMoment {
  const { view } = moment;
  const { stored } = view;
  const others = Object.entries(stored.record.deviations).filter(([cluster]) => !names.includes(cluster));
  const record = { ...stored.record, deviations: Object.fromEntries(others) };
  return { ...moment, view: { ...view, stored: { ...stored, record } } };
}

function factsOf({ clusters, problems, roots }: FoundAdoption): AdoptionFacts {
  const ofClusters = clusters.flatMap(({ name, problems: own }) =>
    own.map(({ code, message }) => ({ cluster: name, kind: 'failing' as const, message: `${code} ${message}` })),
  );
  const ofAll = problems.map(({ code, message }) => ({ kind: 'failing' as const, message: `${code} ${message}` }));
  return { clusters: new Set(clusters.map(({ name }) => name)), roots, problems: [...ofClusters, ...ofAll] };
}

function namesOf({ clusters }: FoundAdoption): readonly string[] {
  return clusters.map(({ name }) => name);
}
