import { useSignal } from '@preact/signals';
import type { RootOffer } from '@reroot/shared/api';
import { useMesh } from '../data/hooks.ts';
import { nowMs } from '../data/store.ts';
import { intermediateLifetimes, rootLifetimes } from '../model/lifetimes.ts';
import { clusterHref } from '../model/route.ts';
import { countText, dayText } from '../model/wording.ts';
import { Facts } from '../parts/facts.tsx';
import { LifetimeBars } from '../parts/lifetime-bars.tsx';
import { Empty, Section } from '../parts/section.tsx';
import '../styles/certificates.css';

const shownAtFirst = 40;

/** How long roots and intermediates live, against now and the rotation. */
export function CertificatesView() {
  const status = useMesh();
  const shown = useSignal(shownAtFirst);
  const roots = rootLifetimes(status, nowMs.value);
  const intermediates = intermediateLifetimes(status, nowMs.value);
  const startedMs = status.rotation === undefined ? undefined : Date.parse(status.rotation.startedAt);
  const more = intermediates.bars.length - shown.value;
  return (
    <>
      <h1>Certificates</h1>
      <Section title="Roots">
        <LifetimeBars chart={roots} nowMs={nowMs.value} rotationMs={startedMs} hrefOf={() => undefined} />
        {status.rootOffer !== undefined && <Offer offer={status.rootOffer} />}
      </Section>
      <Section title="Intermediates" aside={<span class="faint">the first to end first</span>}>
        {intermediates.bars.length === 0 ? (
          <Empty>No cluster has reported its intermediate yet.</Empty>
        ) : (
          <LifetimeBars
            chart={{ ...intermediates, bars: intermediates.bars.slice(0, shown.value) }}
            nowMs={nowMs.value}
            rotationMs={undefined}
            hrefOf={({ key }) => clusterHref(status.mesh, key)}
          />
        )}
        {more > 0 && (
          <button type="button" class="quiet" onClick={() => (shown.value += 200)}>
            {`Show more: ${countText(more, 'cluster')}`}
          </button>
        )}
      </Section>
    </>
  );
}

/** What the source of the roots holds besides. */
function Offer({ offer }: { readonly offer: RootOffer }) {
  if (offer.kind === 'problem') {
    return (
      <div class="notice notice-warning">
        <p>
          <code>{offer.code}</code> {`${offer.place}: ${offer.message}`}
        </p>
        <p class="remedy">
          <b>Remedy</b> {offer.remedy}
        </p>
      </div>
    );
  }
  return (
    <Facts
      of={[
        ['Offered by', offer.place],
        ['Root', <code>{offer.subject}</code>],
        ['Valid', `${dayText(offer.notBefore)} to ${dayText(offer.notAfter)}`],
      ]}
    />
  );
}
