import type { TrustPair } from '@reroot/shared/api';
import { useMesh } from '../data/hooks.ts';
import { clusterHref } from '../model/route.ts';
import { rootLetter } from '../model/wording.ts';

const words = { green: ['✓ green', 'good'], red: ['✗ red', 'bad'], unknown: ['? unknown', 'waiting'] } as const;

/** One pair: which leaf is shown where, and which bundle judges it. */
export function PairDetail({ pair }: { readonly pair: TrustPair }) {
  const { mesh, from, to, state, reason, message, leaf, bundle, unknown } = pair;
  const [text, tone] = words[state];
  return (
    <section class="pair" aria-label="The chosen pair">
      <h2>
        <a href={clusterHref(mesh, from)}>{from}</a> → <a href={clusterHref(mesh, to)}>{to}</a>
      </h2>
      <p>
        <b class={tone}>{text}</b> <code class="reason">{reason}</code>
      </p>
      <p>{message}</p>
      {leaf !== undefined && <Side title={`Leaf of ${from}`} roots={leaf.roots} places={leaf.places} />}
      {bundle !== undefined && <Side title={`Bundle of ${to}`} roots={bundle.roots} places={bundle.places} />}
      {unknown.length > 0 && (
        <ul class="waiting">
          {unknown.map((each) => (
            <li key={each}>{each}</li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Side({
  title,
  roots,
  places,
}: {
  readonly title: string;
  readonly roots: readonly string[];
  readonly places: readonly string[];
}) {
  const status = useMesh();
  return (
    <div class="pair-side">
      <h3>{title}</h3>
      <p>
        under <code>{roots.map((root) => rootLetter(root, status)).join(' + ') || 'no root'}</code>
      </p>
      <ul class="faint">
        {places.map((place) => (
          <li key={place}>{place}</li>
        ))}
      </ul>
    </div>
  );
}
