import type { TrustCounts, TrustMatrix, TrustPair } from '@reroot/shared/api';
import { meshPath, replaceQuery, useMesh } from '../data/hooks.ts';
import { useResource } from '../data/resource.ts';
import { meshStamp, route } from '../data/store.ts';
import { countText, rowTexts } from '../model/wording.ts';
import { ClassTable } from '../parts/class-table.tsx';
import { HeatMap } from '../parts/heat-map.tsx';
import { NoticeList } from '../parts/notice-list.tsx';
import { PairDetail } from '../parts/pair-detail.tsx';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { Empty, Section } from '../parts/section.tsx';
import '../styles/matrix.css';

/** Who accepts whom: now, and while the next row is put in force. */
export function MatrixView() {
  const status = useMesh();
  const { value: matrix, refusal } = useResource<TrustMatrix>(`${meshPath(status)}/matrix`, meshStamp.value);
  const here = route.value;
  const query = here.at === 'view' ? here.query : new URLSearchParams();
  const when = query.get('when') === 'next' && matrix?.next !== undefined ? 'next' : 'now';
  const [from, to] = ['from', 'to'].map((name) => query.get(name) ?? undefined);
  const change = (part: Readonly<Record<string, string>>): void => {
    replaceQuery(new URLSearchParams({ ...Object.fromEntries(query), ...part }));
  };
  return (
    <>
      <div class="view-head">
        <h1>Trust matrix</h1>
        {matrix !== undefined && <Counts counts={when === 'next' ? (matrix.next?.counts ?? matrix.counts) : matrix.counts} />}
        <span class="spring" />
        {matrix?.next !== undefined && (
          <div class="switch" role="group" aria-label="When">
            {(['now', 'next'] as const).map((each) => (
              <button key={each} type="button" aria-pressed={when === each} onClick={() => change({ when: each })}>
                {each === 'now' ? 'now' : `while ${rowTexts[matrix.next?.step ?? status.step]} comes`}
              </button>
            ))}
          </div>
        )}
      </div>
      {refusal !== undefined && <RefusalNote of={refusal} />}
      {matrix === undefined ? (
        refusal === undefined && <Empty>Asking mgmt.</Empty>
      ) : (
        <Map matrix={matrix} when={when} from={from} to={to} change={change} />
      )}
    </>
  );
}

interface MapProperties {
  readonly matrix: TrustMatrix;
  readonly when: 'now' | 'next';
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly change: (part: Readonly<Record<string, string>>) => void;
}

function Map({ matrix, when, from, to, change }: MapProperties) {
  const cells = when === 'next' ? matrix.next?.cells : matrix.cells;
  const losses = when === 'next' ? (matrix.next?.losses ?? []) : (matrix.refusals?.laggards ?? []);
  return (
    <>
      {matrix.gate === 'given-up' && <p class="notice notice-warning">Strategy NONE is not held up by what is not green here.</p>}
      {matrix.classes.length === 0 ? (
        <Empty>No cluster has reported yet.</Empty>
      ) : (
        <div class="matrix">
          <HeatMap classes={matrix.classes} cells={cells} from={from} to={to} onPick={(pair) => change(pair)} />
          <Pair from={from} to={to} />
        </div>
      )}
      {losses.length > 0 && (
        <Section title={when === 'next' ? 'Would lose trust' : 'Not green'}>
          <NoticeList of={losses} tone={() => 'critical'}>
            {({ message }) => message}
          </NoticeList>
        </Section>
      )}
      <Section
        title="Classes"
        aside={
          <span class="faint">{`${countText(matrix.classes.length, 'group', 'groups')} of clusters that no peer can tell apart`}</span>
        }
      >
        <ClassTable classes={matrix.classes} cells={cells} />
      </Section>
    </>
  );
}

function Pair({ from, to }: { readonly from: string | undefined; readonly to: string | undefined }) {
  const status = useMesh();
  const path =
    from === undefined || to === undefined
      ? undefined
      : `${meshPath(status)}/matrix/${[from, to].map(encodeURIComponent).join('/')}`;
  const { value, refusal } = useResource<TrustPair>(path, meshStamp.value);
  if (refusal !== undefined && path !== undefined) return <RefusalNote of={refusal} />;
  if (value === undefined || path === undefined) {
    return <p class="faint matrix-hint">Choose a cell to see which leaf is shown to which bundle. Arrows move, Enter chooses.</p>;
  }
  return <PairDetail pair={value} />;
}

function Counts({ counts: { green, red, unknown } }: { readonly counts: TrustCounts }) {
  return (
    <span class="counts">
      <span class="good num">{`${green.toLocaleString('en')} of ${(green + red + unknown).toLocaleString('en')} pairs green`}</span>
      {red > 0 && <span class="bad num">{`, ${red.toLocaleString('en')} red`}</span>}
      {unknown > 0 && <span class="waiting num">{`, ${unknown.toLocaleString('en')} unknown`}</span>}
    </span>
  );
}
