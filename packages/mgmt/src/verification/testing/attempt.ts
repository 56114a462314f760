import type { Clock } from '@reroot/shared/clock';
import type { ProvenCheck } from '../../store/index.ts';
import type { Check, CheckResult } from '../check.ts';
import type { Subject } from '../subject.ts';

/** Makes one attempt of a check. */
export function attempt(
  check: Check,
  subject: Subject,
  clock: Clock,
  { before = [], progress = [] }: { readonly before?: readonly ProvenCheck[]; readonly progress?: string[] } = {},
): Promise<CheckResult> {
  return check.attempt({
    ...{ subject: () => subject, before, proofId: 'p1', clock },
    signal: new AbortController().signal,
    progress: (message) => progress.push(message),
  });
}
