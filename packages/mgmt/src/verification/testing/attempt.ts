import type { Clock } from '@reroot/shared/clock';
import type { ProvenCheck } from '../../store/index.ts';
import type { Check, CheckResult } from '../check.ts';
import type { Subject } from '../subject.ts';

/** Makes one attempt of a check. */
export function attempt(
  check: Check,
  subject: Subject,
  clock: Clock,
  {
    before = [],
    progress = [],
    steadyClock = clock,
  }: { readonly before?: readonly ProvenCheck[]; readonly progress?: string[]; readonly steadyClock?: Clock } = {},
): Promise<CheckResult> {
  return check.attempt({
    ...{ subject: () => subject, before, proofId: 'p1', clock, steadyClock },
    signal: new AbortController().signal,
    progress: (message) => progress.push(message),
  });
}
