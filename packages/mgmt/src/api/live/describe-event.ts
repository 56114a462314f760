import type { LiveEvent } from '@reroot/shared/api';
import type { StoredEvent } from '../../store/index.ts';
import { describeCondition } from '../describe-mesh.ts';
import { describeProof } from '../describe-proof.ts';

/** What the live stream says of an entry of the event log. Pure. */
export function describeEvent(entry: StoredEvent): LiveEvent {
  const { mesh, number } = entry;
  return entry.kind === 'condition'
    ? { id: `condition-${number}`, mesh, kind: 'condition', condition: describeCondition(entry.condition) }
    : { id: `proof-${number}`, mesh, kind: 'proof', proof: describeProof(entry.proof) };
}
