import type { MeshStatus } from '@reroot/shared/api';
import { deed } from '../data/deed.ts';
import { access } from '../data/store.ts';
import { type Act, mayAct } from '../model/acts.ts';
import { viewHref } from '../model/route.ts';

/** What the reader can do and may do. What may not be done by this reader is not shown. */
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
  if (allowed.length === 0) return null;
  return (
    <div class="acts">
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
