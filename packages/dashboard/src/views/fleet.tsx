import { replaceQuery, useConfirmation, useMesh } from '../data/hooks.ts';
import { route } from '../data/store.ts';
import {
  countMarks,
  type FleetEntry,
  type FleetQuery,
  fleetSorts,
  readFleetQuery,
  selectFleet,
  surveyFleet,
  writeFleetQuery,
} from '../model/fleet.ts';
import { type Mark, markWords } from '../model/standing.ts';
import { countText } from '../model/wording.ts';
import { FleetGrid } from '../parts/fleet-grid.tsx';
import { FleetTable } from '../parts/fleet-table.tsx';
import { MarkSign } from '../parts/mark-sign.tsx';
import { Empty } from '../parts/section.tsx';
import '../styles/fleet.css';

/** Every cluster by how far its evidence is. */
export function FleetView() {
  const status = useMesh();
  const handshakes = useConfirmation();
  const here = route.value;
  const query = readFleetQuery(here.at === 'view' ? here.query : new URLSearchParams());
  const entries = surveyFleet(status.clusters, handshakes);
  const shown = selectFleet(entries, query);
  const change = (part: Partial<FleetQuery>): void => replaceQuery(writeFleetQuery({ ...query, ...part }));
  return (
    <>
      <div class="view-head">
        <h1>Fleet</h1>
        <span class="faint">
          {shown.length === entries.length
            ? countText(entries.length, 'cluster')
            : `${shown.length} of ${countText(entries.length, 'cluster')}`}
        </span>
      </div>
      <Controls query={query} change={change} />
      <Legend entries={entries} query={query} change={change} />
      {shown.length === 0 ? (
        <Empty>{entries.length === 0 ? 'The mesh has no clusters.' : 'No cluster is as asked for.'}</Empty>
      ) : query.look === 'table' ? (
        <FleetTable mesh={status.mesh} entries={shown} />
      ) : (
        <FleetGrid mesh={status.mesh} entries={shown} />
      )}
    </>
  );
}

type Change = (part: Partial<FleetQuery>) => void;

function Controls({ query, change }: { readonly query: FleetQuery; readonly change: Change }) {
  const valueOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;
  return (
    <div class="controls" role="search">
      <input
        id="fleet-search"
        type="search"
        aria-label="Search clusters by name, or by what they wait for"
        placeholder="Search"
        value={query.text}
        onInput={(event) => change({ text: valueOf(event) })}
      />
      <label>
        <span>Sort</span>
        <select
          value={query.sort}
          onChange={(event) => change({ sort: fleetSorts.find((each) => each === valueOf(event)) ?? 'standing' })}
        >
          {fleetSorts.map((sort) => (
            <option key={sort} value={sort}>
              {sortNames[sort]}
            </option>
          ))}
        </select>
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={query.problems === 'only'}
          onChange={() => change({ problems: query.problems === 'only' ? 'all' : 'only' })}
        />
        with problems only
      </label>
      <div class="switch" role="group" aria-label="Look">
        {(['grid', 'table'] as const).map((look) => (
          <button key={look} type="button" aria-pressed={query.look === look} onClick={() => change({ look })}>
            {look}
          </button>
        ))}
      </div>
    </div>
  );
}

const sortNames = {
  standing: 'least proven first',
  name: 'name',
  problems: 'problems',
  'round-trip': 'slowest link first',
} as const;

/** What the marks mean, how many there are, and the filter by them. */
function Legend({
  entries,
  query,
  change,
}: {
  readonly entries: readonly FleetEntry[];
  readonly query: FleetQuery;
  readonly change: Change;
}) {
  const toggle = (mark: Mark): void =>
    change({ marks: query.marks.includes(mark) ? query.marks.filter((each) => each !== mark) : [...query.marks, mark] });
  return (
    <div class="legend" role="group" aria-label="Filter by level of evidence">
      {countMarks(entries).map(({ mark, count }) => (
        <button
          key={mark}
          type="button"
          aria-pressed={query.marks.includes(mark)}
          title={markWords[mark].means}
          onClick={() => toggle(mark)}
        >
          <MarkSign mark={mark} />
          {markWords[mark].name}
          <span class="num count">{count}</span>
        </button>
      ))}
    </div>
  );
}
