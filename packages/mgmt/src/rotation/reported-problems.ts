import type { ClusterEvidence } from './evidence.ts';

/** What the agent says is wrong, as the end of a sentence; empty when it says nothing. */
export function problemsOf({ problems }: ClusterEvidence): string {
  return problems.length === 0 ? '' : `; the agent says: ${problems.map(({ code, message }) => `${code} ${message}`).join('; ')}`;
}
