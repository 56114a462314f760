import { parseCertificate } from '@reroot/shared/pki';
import type { PackFacts } from '../pack-facts.ts';
import { badge, type Content, code, file, joined, paragraph, type Section, table, time } from './html.ts';

/** What was verified, and by what. */
export function renderProofs({ proofs }: PackFacts): Section {
  const rows = proofs.map(({ atMs, step, cause, by, outcome, message, checks, id }): Content[] => [
    time(atMs),
    step,
    cause === 'rotation' ? 'reroot itself' : by,
    badge(outcome === 'passed' ? 'good' : outcome === 'failed' ? 'bad' : 'open', outcome),
    joined(
      message,
      ...checks.map((check) => ({ html: `<br>${joined(`${check.name}: ${check.outcome}, ${check.message}`).html}` })),
    ),
    file(`proofs/${id}.json`),
  ]);
  const heads = ['When (UTC)', 'Step', 'Asked by', 'Outcome', 'What was found, check by check', 'File'];
  const about = paragraph('What each rests on, handshake by handshake where there were any, is in its file.');
  return {
    id: 'proofs',
    title: 'Proofs, with the handshakes that were made',
    content: joined(about, table('Proofs', heads, rows)),
  };
}

/** The roots that the rotation was between. */
export function renderRoots({ roots, rotation, issued }: PackFacts): Section {
  const rows = roots.map(({ fingerprint, certificatePem }): Content[] => {
    const { subject, notBeforeMs, notAfterMs } = parseCertificate(certificatePem);
    return [
      fingerprint === rotation?.target ? 'new' : 'old',
      subject,
      code(fingerprint),
      joined(time(notBeforeMs), ' to ', time(notAfterMs)),
      String(issued.filter(({ signerRoot }) => signerRoot === fingerprint).length),
      code(`roots/${fingerprint}.pem`),
    ];
  });
  const heads = ['Role', 'Subject', 'Fingerprint (SHA-256)', 'Valid (UTC)', 'Intermediates under it', 'File'];
  const about = paragraph('Serial numbers and fingerprints of all intermediates are in ', file('certificates.json'), '.');
  return { id: 'roots', title: 'Roots', content: joined(about, table('Roots', heads, rows)) };
}
