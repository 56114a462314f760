import { assertNever } from '@reroot/shared/errors';
import type { Fault } from './fault.ts';
import type { Plan, PlannedFault, PlannedVerification, PlannedWaves } from './plan.ts';

/** A plan as a story: a line for what the rotation is to be, and one for each fault. */
export function tellPlan({ installation, verification, waves, answerMs, goal, faults }: Plan): readonly string[] {
  const who = installation === 'alone' ? '' : ', led by one of two mgmts,';
  const aim = goal.kind === 'forward' ? 'goes to its end' : `is rolled back from ${goal.from}`;
  return [`a rotation${who} ${aim}${tellWaves(waves)}${tellVerification(verification, answerMs)}`, ...faults.map(tellPlanned)];
}

function tellWaves(waves: PlannedWaves): string {
  if (waves.kind === 'all-at-once') return '';
  const canary = waves.canary === 'none' ? '' : `${waves.canary} first, `;
  return `, in waves (${canary}${waves.maxClusters} at a time, ${waves.soakMs} ms of soak)`;
}

function tellVerification(verification: PlannedVerification, answerMs: number): string {
  switch (verification.kind) {
    case 'none':
      return '';
    case 'manual':
      return `; a person answers each step after ${answerMs} ms`;
    case 'automatic':
      return `; mgmt verifies each step, ${verification.onFailure}`;
  }
  return assertNever(verification);
}

function tellPlanned({ phase, afterMs, fault }: PlannedFault): string {
  return `${phase} + ${afterMs} ms: ${tellFault(fault)}`;
}

/** One fault in words. */
export function tellFault(fault: Fault): string {
  switch (fault.kind) {
    case 'kill':
      return `${fault.part} is killed, and started again after ${fault.forMs} ms`;
    case 'kill-at-write':
      return `the agent of ${fault.cluster} is killed as it writes its Secret (${fault.moment}), if it does within ${fault.forMs} ms`;
    case 'pause':
      return `${fault.part} stands still for ${fault.forMs} ms`;
    case 'broker-loss':
      return `servers ${fault.nodes.join(', ')} of the broker are killed, and started again after ${fault.forMs} ms`;
    case 'broker-pause':
      return `server ${fault.node} of the broker stands still for ${fault.forMs} ms`;
    case 'broker-partition':
      return `server ${fault.node} of the broker is cut off from the others for ${fault.forMs} ms`;
    case 'network':
      return `the way of ${fault.client} to the broker suffers ${fault.trouble} for ${fault.forMs} ms`;
    case 'packets':
      return `packets between the agent of ${fault.cluster} and the broker suffer ${fault.trouble} for ${fault.forMs} ms`;
    case 'cluster-way':
      return `the way of the agent of ${fault.cluster} to its API server suffers ${fault.trouble} for ${fault.forMs} ms`;
    case 'store-way':
      return `the way of ${fault.mgmt} to its store and lease suffers ${fault.trouble} for ${fault.forMs} ms`;
    case 'disk-full':
      return `the disk of the store is full for ${fault.forMs} ms`;
    case 'fsync-error':
      return `fsync fails for mgmt for ${fault.forMs} ms`;
    case 'clock-jump':
      return `the clock of ${fault.part} jumps by ${fault.byMs} ms, and back after ${fault.forMs} ms`;
    case 'late-replica':
      return `${fault.replica} of ${fault.cluster} does not load what the Secret holds for ${fault.forMs} ms`;
    case 'restart':
      return `${fault.pod} of ${fault.cluster} is made anew`;
    case 'upgrade':
      return `the agent of ${fault.cluster}, of the release before until now, is upgraded`;
    case 'gate':
      return `the system that is asked by automatic verification says ${fault.answer} for ${fault.forMs} ms`;
    case 'membership':
      return `an operator excludes ${fault.cluster}, and includes it after ${fault.forMs} ms`;
    case 'act':
      return `an operator acts by ${fault.via}: ${fault.act}`;
  }
  return assertNever(fault);
}
