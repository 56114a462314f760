import type { AdoptRequest, PreflightOverride, PreflightReport } from '@reroot/shared/api';
import { RerootError } from '@reroot/shared/errors';
import { type AdoptionFacts, requireKnownChecks, requirePassed } from '../preflight/index.ts';
import { isMember } from '../rotation/index.ts';
import { type FoundAdoption, findAdoption } from './find-adoption.ts';
import type { MeshLoop, MeshMoment } from './mesh-loop.ts';
import { type Precondition, requirePrecondition } from './precondition.ts';
import type { Preflight } from './preflight.ts';
import { type AdoptionStartOptions, startAdoption } from './start-adoption.ts';

/** What an adoption works with. */
export interface AdoptOptions extends AdoptionStartOptions {
  readonly preflight: Preflight;
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
    const overridden = await passAdoption(asked, request, options);
    let cameMeanwhile: readonly string[] = [];
    await loop.actAt((moment) => {
      requirePrecondition(loop.mesh, moment.view.stored.revision, wanted);
      cameMeanwhile = namesOf(findAdoption(moment, options.term)).filter((name) => !lookedAt.includes(name));
      return cameMeanwhile.length === 0 ? startAdoption(moment, request, options, overridden) : undefined;
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
): Promise<PreflightReport> {
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

/** @returns the overrides that were needed */
async function passAdoption(
  moment: MeshMoment,
  request: AdoptRequest,
  options: AdoptOptions,
): Promise<readonly PreflightOverride[]> {
  // What the start refuses by itself says more exactly what is wrong than any check, and no agent has to be asked for it.
  startAdoption(moment, request, options);
  return requirePassed(await askAdoption(moment, options), request.overrides);
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
