import { type ArchivedFile, canonicalJson, journalPath, sealPack, writeAuditLine } from '@reroot/shared/audit';
import { parseCertificate } from '@reroot/shared/pki';
import type { Identity } from '@reroot/shared/protocol';
import { findGaps } from './find-gaps.ts';
import type { PackFacts } from './pack-facts.ts';
import { renderReport } from './report/render-report.ts';

/**
 * The files of an evidence pack, the signed manifest first. The same facts give the same bytes, but for the signature of another key.
 */
export function makePack(facts: PackFacts, identity: Pick<Identity, 'publicKeyDer' | 'sign'>): readonly ArchivedFile[] {
  const { mesh, rotationId, madeAtMs, mgmtVersion } = facts;
  const lacks = findGaps(facts);
  const about = { mesh, rotationId, madeAt: new Date(madeAtMs).toISOString(), mgmtVersion, lacks };
  return sealPack(listFiles(facts, lacks), about, identity);
}

function listFiles(facts: PackFacts, lacks: readonly string[]): readonly ArchivedFile[] {
  const { spec, rotation, conditions, journal, head, steps, proofs, roots, issued } = facts;
  const lines = journal.map((link) => ('entry' in link ? writeAuditLine(link) : canonicalJson(link)));
  if (head !== undefined) lines.push(writeAuditLine({ head }));
  const certificates = issued.map(({ cluster, serial, signerRoot, csrSha256, chain }) => {
    const files = chain.map((_, index) => intermediatePath(cluster, serial, index));
    return { cluster, serial, signerRoot, csrSha256, fingerprints: chain.map((pem) => parseCertificate(pem).fingerprint), files };
  });
  return [
    textFile('report.html', renderReport(facts, lacks)),
    textFile(journalPath, `${lines.join('\n')}\n`),
    jsonFile('spec.json', spec),
    jsonFile('rotation.json', rotation ?? null),
    jsonFile('conditions.json', conditions),
    jsonFile('certificates.json', certificates),
    ...roots.map(({ fingerprint, certificatePem }) => textFile(`roots/${fingerprint}.pem`, certificatePem)),
    ...issued.flatMap(({ cluster, serial, chain }) =>
      chain.map((pem, index) => textFile(intermediatePath(cluster, serial, index), pem)),
    ),
    ...steps.map(({ seq, evidence }) => textFile(`evidence/${seq}.json`, evidence)),
    ...proofs.map((proof) => jsonFile(`proofs/${proof.id}.json`, proof)),
  ];
}

function intermediatePath(cluster: string, serial: string, index: number): string {
  return `intermediates/${cluster}-${serial}-${index}.pem`;
}

function jsonFile(path: string, value: unknown): ArchivedFile {
  return textFile(path, canonicalJson(value));
}

function textFile(path: string, text: string): ArchivedFile {
  return { path, bytes: Buffer.from(text, 'utf8') };
}
