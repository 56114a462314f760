import { useSignal } from '@preact/signals';
import type { MeshStatus, ProofStatus } from '@reroot/shared/api';
import { durationText } from '@reroot/shared/api-browser';
import { useEffect } from 'preact/hooks';
import { ask, Refusal } from '../data/ask.ts';
import { meshPath, useMesh, useProofs } from '../data/hooks.ts';
import { access, nowMs } from '../data/store.ts';
import { countHandshakes, type HandshakeRun, shakesHands } from '../model/handshakes.ts';
import { ageText, clockText, momentText } from '../model/wording.ts';
import { HandshakePlot } from '../parts/handshake-plot.tsx';
import { ProveButton } from '../parts/prove-button.tsx';
import { RefusalNote } from '../parts/refusal-note.tsx';
import { Empty, Section } from '../parts/section.tsx';
import { Table } from '../parts/table.tsx';
import '../styles/handshakes.css';

/** So many proofs are looked into: each is a request. */
const looked = 30;

/** Handshakes between clusters: how many, how fast, and which failed. */
export function HandshakesView() {
  const status = useMesh();
  const { value, refusal } = useProofs();
  const proofs = value?.proofs ?? [];
  const runs = useRuns(status, proofs);
  return (
    <>
      <div class="view-head">
        <h1>Handshakes</h1>
        <span class="spring" />
        {access.value?.permissions.includes('operate') === true && <ProveButton status={status} />}
      </div>
      {refusal !== undefined && <RefusalNote of={refusal} />}
      <Section title="Of each proof">
        {runs.length === 0 ? (
          <Empty>
            No handshakes were made yet. They are made by automatic verification at each step, and whenever somebody has the mesh
            proven.
          </Empty>
        ) : (
          <HandshakePlot runs={runs} />
        )}
      </Section>
      <Section title="Proofs">
        {proofs.length === 0 ? <Empty>None was made yet.</Empty> : <Proofs proofs={proofs} runs={runs} />}
      </Section>
    </>
  );
}

const details = new Map<string, ProofStatus>();

/** What each proof rests on is fetched once, for it never changes. */
function useRuns(status: MeshStatus, proofs: readonly ProofStatus[]): readonly HandshakeRun[] {
  const known = useSignal<ReadonlyMap<string, ProofStatus>>(details);
  const wanted = proofs.filter((proof) => proof.outcome !== 'running' && proof.checks.some(shakesHands)).slice(0, looked);
  const key = wanted.map(({ id }) => id).join(' ');
  useEffect(() => {
    const ending = new AbortController();
    const missing = wanted.filter(({ id }) => !details.has(id));
    const fetchAll = async (): Promise<void> => {
      for (const { id } of missing) {
        details.set(
          id,
          await ask<ProofStatus>(`${meshPath(status)}/proofs/${encodeURIComponent(id)}`, { signal: ending.signal }),
        );
        known.value = new Map(details);
      }
    };
    // What cannot be fetched now is tried again when the proofs change.
    fetchAll().catch((error: unknown) => {
      if (!(error instanceof Refusal) && !ending.signal.aborted) throw error;
    });
    return () => ending.abort();
  }, [key]);
  return wanted
    .flatMap(({ id }) => {
      const detail = known.value.get(id);
      const run = detail === undefined ? undefined : countHandshakes(detail);
      return run === undefined ? [] : [run];
    })
    .toSorted((a, b) => a.atMs - b.atMs);
}

const outcomeTones = { passed: 'good', failed: 'bad', unproven: 'waiting', running: 'waiting' } as const;
const outcomeSigns = { passed: '✓', failed: '✗', unproven: '?', running: '…' } as const;

function Proofs({ proofs, runs }: { readonly proofs: readonly ProofStatus[]; readonly runs: readonly HandshakeRun[] }) {
  return (
    <Table label="Proofs" head={['Proof', 'When', 'Outcome', 'By', ['Handshakes', 'right'], 'What was found']}>
      {proofs.slice(0, 50).map((proof) => (
        <ProofRow key={proof.id} proof={proof} run={runs.find((each) => each.proof.id === proof.id)} />
      ))}
    </Table>
  );
}

function ProofRow({ proof, run }: { readonly proof: ProofStatus; readonly run: HandshakeRun | undefined }) {
  const { id, outcome, message, by, startedAt, finishedAt, step, checks } = proof;
  const took =
    finishedAt === undefined ? ageText(startedAt, nowMs.value) : durationText(Date.parse(finishedAt) - Date.parse(startedAt));
  return (
    <tr>
      <th scope="row">
        <code>{id}</code>
      </th>
      <td class="num nowrap" title={momentText(startedAt)}>{`${clockText(startedAt)}, took ${took}`}</td>
      <td class={`nowrap ${outcomeTones[outcome]}`}>{`${outcomeSigns[outcome]} ${outcome}`}</td>
      <td>{by}</td>
      <td class="num right nowrap">
        {run === undefined ? '' : `${run.asTheyShall} of ${run.asTheyShall + run.otherwise + run.unavailable}`}
      </td>
      <td class="text">
        <code class="reason">{step}</code> {message}
        <details>
          <summary>{`${checks.length} checks`}</summary>
          <ul>
            {checks.map((check) => (
              <li key={check.name}>
                <code>{check.name}</code> <b>{check.outcome}</b> {check.message}
              </li>
            ))}
          </ul>
        </details>
      </td>
    </tr>
  );
}
