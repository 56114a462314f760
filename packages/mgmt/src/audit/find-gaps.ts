import { entriesOfRotation, type PackFacts } from './pack-facts.ts';

/** What a pack should have and mgmt has not kept, or no longer, as sentences; in the order in which it is missed. Pure. */
export function findGaps(facts: PackFacts): readonly string[] {
  const { rotation, conditions, steps, proofs, head } = facts;
  const entries = entriesOfRotation(facts);
  const kept = new Set(steps.map(({ seq }) => seq));
  const named = entries.filter(({ digests }) => digests?.['evidence'] !== undefined);
  const started = entries.find(({ action }) => action === 'rotation.start');
  const passed = entries.filter(({ action }) => action === 'rotation.verify' || action === 'rotation.advance');
  const proven = entries.filter(({ kind }) => kind === 'proof').length;
  return [
    ...gap(
      started === undefined,
      'its start and whatever came before the journal began: conditions.json has them as the history does',
    ),
    ...gap(
      started !== undefined && !kept.has(started.seq),
      'what preflight found, the plan and the versions at the start: the rotation started before mgmt kept them',
    ),
    ...gap(
      named.some(({ seq }) => !kept.has(seq)) || passed.some(({ seq }) => !kept.has(seq)),
      'what the clusters held when some of its steps passed: mgmt did not keep that then',
    ),
    ...gap(
      rotation === undefined || conditions.length === 0,
      'how it was started and its approvals as the history had them: the history has dropped them',
    ),
    ...gap(proofs.length < proven, `${proven - proofs.length} of ${proven} proofs: the history keeps the newest 200 of a mesh`),
    ...gap(head === undefined, 'a signed end of its journal'),
  ];
}

function gap(isThere: boolean, sentence: string): readonly string[] {
  return isThere ? [sentence] : [];
}
