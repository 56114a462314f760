import type { ClusterStatus, LinkHealth, MeshStatus } from '@reroot/shared/api';
import { durationText } from '@reroot/shared/api-browser';
import { useConfirmation, useMesh } from '../data/hooks.ts';
import { nowMs } from '../data/store.ts';
import { actsOfCluster } from '../model/acts.ts';
import { viewHref } from '../model/route.ts';
import { markOf, markWords, waitText } from '../model/standing.ts';
import { ageText, dayText, momentText, rootLetter, rowTexts } from '../model/wording.ts';
import { ActButtons } from '../parts/act-buttons.tsx';
import { EvidenceLadder } from '../parts/evidence-ladder.tsx';
import { Facts } from '../parts/facts.tsx';
import { LaggardTable } from '../parts/laggard-table.tsx';
import { MarkSign } from '../parts/mark-sign.tsx';
import { Empty, Section } from '../parts/section.tsx';
import '../styles/cluster.css';

/** One cluster: what it provably holds, what it lacks, and how the link to its agent is. */
export function ClusterView({ name }: { readonly name: string }) {
  const status = useMesh();
  const handshakes = useConfirmation();
  const cluster = status.clusters.find((each) => each.name === name);
  if (cluster === undefined) {
    return (
      <div class="blank">
        <h1>
          Mesh {status.mesh} has no cluster {name}
        </h1>
        <p>
          <a href={viewHref(status.mesh, 'fleet')}>The whole fleet</a>
        </p>
      </div>
    );
  }
  const mark = markOf(cluster, handshakes);
  const waits = waitText(cluster);
  return (
    <>
      <div class="view-head">
        <a class="crumb" href={viewHref(status.mesh, 'fleet')}>
          Fleet
        </a>
        <h1>{name}</h1>
        <MarkSign mark={mark} />
        <span>{markWords[mark].name}</span>
        <span class="faint">{markWords[mark].means}</span>
        <span class="spring" />
        <ActButtons acts={actsOfCluster(cluster)} status={status} cluster={name} />
      </div>
      <EvidenceLadder cluster={cluster} status={status} mark={mark} />
      <Section title="Waits for">
        {waits === '' ? <Empty>Nothing: every gate passes for this cluster.</Empty> : <p class="verdict">{waits}</p>}
        <LaggardTable mesh={status.mesh} verdict={cluster.verdict} />
      </Section>
      <Problems cluster={cluster} />
      <div class="columns">
        <Section title="Trust" aside={<a href={viewHref(status.mesh, 'matrix', { from: name })}>In the matrix</a>}>
          <Trust cluster={cluster} status={status} />
        </Section>
        <Section title="Link">
          {cluster.link === undefined ? <Empty>Its agent has not answered yet.</Empty> : <Link link={cluster.link} />}
        </Section>
      </div>
    </>
  );
}

function Problems({ cluster: { problems } }: { readonly cluster: ClusterStatus }) {
  if (problems.length === 0) return null;
  return (
    <Section title="Problems">
      <ul class="notices">
        {problems.map(({ code, message, remedy }, index) => (
          <li key={index} class="notice notice-critical">
            <p>
              <code>{code}</code> {message}
            </p>
            <p class="remedy">
              <b>Remedy</b> {remedy}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Trust({ cluster, status }: { readonly cluster: ClusterStatus; readonly status: MeshStatus }) {
  const { roots, signerRoot, told, intermediateNotAfter, lastReportAt, nudges, membership, deviation } = cluster;
  const lettered = (fingerprint: string) => <code title={fingerprint}>{rootLetter(fingerprint, status)}</code>;
  return (
    <Facts
      of={[
        ['Told', told === undefined ? 'nothing yet' : `${told.step} ${rowTexts[told.step]}, generation ${told.generation}`],
        [
          'Roots in cacerts',
          roots.length === 0 ? 'none known' : roots.map((root, index) => [index === 0 ? '' : ' + ', lettered(root)]),
        ],
        ['Signer under', signerRoot === undefined ? 'not known' : lettered(signerRoot)],
        ['Intermediate until', intermediateNotAfter === undefined ? undefined : dayText(intermediateNotAfter)],
        ['Nudges', String(nudges)],
        ['Last report', lastReportAt === undefined ? 'never' : `${ageText(lastReportAt, nowMs.value)} ago`],
        [
          'Membership',
          deviation === undefined
            ? membership
            : `${membership} since ${momentText(deviation.since)} by ${deviation.by}: ${deviation.why}`,
        ],
      ]}
    />
  );
}

function Link({ link }: { readonly link: LinkHealth }) {
  const refused = Object.entries(link.refusedByAgent);
  return (
    <Facts
      of={[
        [
          'Agent',
          link.connected ? (
            <span class="good">answers</span>
          ) : (
            <span class="bad">{`has not answered for ${ageText(link.heardAt, nowMs.value)}`}</span>
          ),
        ],
        ['Round trip', link.roundTripMs < 1_000 ? `${Math.round(link.roundTripMs)} ms` : durationText(link.roundTripMs)],
        ['Clock', clockText(link.clockOffsetMs)],
        ['Version', `${link.agentVersion}, protocol ${link.protocol}`],
        ['Connected since', momentText(link.connectedSince)],
        ['Reconnects', String(link.reconnects)],
        ['NATS credentials until', link.natsJwtExpiresAt === undefined ? undefined : dayText(link.natsJwtExpiresAt)],
        [
          'Refused by the agent',
          refused.length === 0 ? 'nothing' : refused.map(([reason, count]) => `${reason} ${count}`).join(', '),
        ],
      ]}
    />
  );
}

function clockText(offsetMs: number): string {
  const ms = Math.abs(offsetMs);
  if (ms < 1_000) return `within ${Math.max(1, Math.round(ms))} ms of mgmt's`;
  return `${durationText(ms)} ${offsetMs > 0 ? 'ahead of' : 'behind'} mgmt's`;
}
