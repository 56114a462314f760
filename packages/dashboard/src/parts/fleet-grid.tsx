import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { FleetEntry } from '../model/fleet.ts';
import { moveInGrid } from '../model/move-in-grid.ts';
import { clusterHref } from '../model/route.ts';
import { markWords } from '../model/standing.ts';

/** More clusters than this are cells without a name; the name is told for the one under the pointer or the focus. */
const namedAtMost = 90;

/** A cell for each cluster. Arrows move among them; one Tab leads in, the next one out. */
export function FleetGrid({ mesh, entries }: { readonly mesh: string; readonly entries: readonly FleetEntry[] }) {
  const at = useSignal(0);
  const told = useSignal<FleetEntry | undefined>(undefined);
  const grid = useRef<HTMLDivElement>(null);
  const look = entries.length > namedAtMost ? 'dense' : 'named';
  const move = (event: KeyboardEvent): void => {
    const cells = [...(grid.current?.querySelectorAll('a') ?? [])];
    const next = moveInGrid(
      event.key,
      at.value,
      cells.map((cell) => cell.offsetTop),
    );
    if (next === undefined) return;
    event.preventDefault();
    at.value = next;
    cells[next]?.focus();
  };
  return (
    <>
      {look === 'dense' && <Told entry={told.value} />}
      <div ref={grid} class={`grid grid-${look}`} role="group" aria-label="Clusters" onKeyDown={move}>
        {entries.map((entry, index) => (
          <Cell
            key={entry.cluster.name}
            mesh={mesh}
            entry={entry}
            look={look}
            tabIndex={index === Math.min(at.value, entries.length - 1) ? 0 : -1}
            onTold={() => {
              told.value = entry;
              at.value = index;
            }}
          />
        ))}
      </div>
    </>
  );
}

interface CellProperties {
  readonly mesh: string;
  readonly entry: FleetEntry;
  readonly look: 'dense' | 'named';
  readonly tabIndex: number;
  readonly onTold: () => void;
}

function Cell({ mesh, entry, look, tabIndex, onTold }: CellProperties) {
  const { cluster, mark, waits, hasProblem } = entry;
  const { sign } = markWords[mark];
  return (
    <a
      class={`cell mark-${mark}${hasProblem ? ' cell-problem' : ''}`}
      href={clusterHref(mesh, cluster.name)}
      tabIndex={tabIndex}
      title={cellText(entry)}
      {...(look === 'dense' ? { 'aria-label': cellText(entry) } : {})}
      onFocus={onTold}
      onMouseEnter={look === 'dense' ? onTold : undefined}
    >
      <span class="cell-sign">
        <span class="unseen">level </span>
        {sign}
      </span>
      {look === 'named' && (
        <span class="cell-text">
          <span class="cell-name">{cluster.name}</span>
          <span class="cell-waits">{waits === '' ? markWords[mark].name : waits}</span>
        </span>
      )}
      {look === 'named' && hasProblem && <span class="unseen"> with a problem</span>}
    </a>
  );
}

/** What is under the pointer or the focus, where cells have no room for it. */
function Told({ entry }: { readonly entry: FleetEntry | undefined }) {
  return (
    <p class="told">
      {entry === undefined ? (
        <span class="faint">Point at a cluster, or move with the arrows; Enter opens it.</span>
      ) : (
        cellText(entry)
      )}
    </p>
  );
}

function cellText({ cluster: { name, problems }, mark, waits, hasProblem }: FleetEntry): string {
  const words = markWords[mark];
  const level = /^\d$/.test(mark) ? `level ${words.sign}, ${words.name}` : words.name;
  const problem = problems[0]?.code ?? (hasProblem ? 'the agent does not answer' : undefined);
  return [`${name}: ${level}`, waits, problem].filter((part) => part !== undefined && part !== '').join(' · ');
}
