import type { MeshStatus } from '@reroot/shared/api';
import { deed } from '../data/deed.ts';
import { access } from '../data/store.ts';
import { type Act, mayAct, othersText } from '../model/acts.ts';
import { viewHref } from '../model/route.ts';

/** What the reader can do and may do, and of what else can be done who may. */
export function ActButtons({
  acts,
  status,
  cluster,
}: {
  readonly acts: readonly Act[];
  readonly status: MeshStatus;
  readonly cluster?: string;
}) {
  const allowed = acts.filter((act) => mayAct(act, access.value));
  // Before it is known who reads, nothing can be said of it.
  const others = access.value === undefined ? [] : acts.filter((act) => !allowed.includes(act));
  if (allowed.length + others.length === 0) return null;
  return (
    <div class="acts">
      {others.length > 0 && <p class="acts-others">{othersText(others)}</p>}
      {allowed.map((act) =>
        act.kind === 'start' ? (
          <a key={act.kind} class={`act act-${act.tone}`} href={viewHref(status.mesh, 'plan')}>
            {act.label}
          </a>
        ) : (
          <button
            key={act.kind}
            type="button"
            class={`act act-${act.tone}`}
            data-act={act.kind}
            onClick={() => (deed.value = { act, status, ...(cluster === undefined ? {} : { cluster }) })}
          >
            {act.label}
          </button>
        ),
      )}
    </div>
  );
}
