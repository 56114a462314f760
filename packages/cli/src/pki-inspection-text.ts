import { type Cell, durationText, type Paint, printable, renderTable, shortFingerprint } from '@reroot/shared/api';
import { inline } from '@reroot/shared/pki';
import type { InspectedBlock, InspectedCertificate, InspectedText, InspectReport } from './pki-report.ts';

/** The report for a person: for each text a table of its blocks, then each certificate and key in full. */
export function renderInspection({ texts }: InspectReport, paint: Paint, nowMs: number): readonly string[] {
  return texts.flatMap((text, index) => [...(index === 0 ? [] : ['']), ...renderText(text, paint, nowMs)]);
}

function renderText(text: InspectedText, paint: Paint, nowMs: number): readonly string[] {
  const { sha256, blocks } = text;
  const title = [text.file, text.object, text.name].filter((part) => part !== undefined).join(' · ');
  const hash = sha256 === undefined ? [] : [`  sha256 of the bytes ${sha256}`];
  const rows = blocks.map((block) => rowOf(block, text, nowMs));
  return [
    paint('strong', printable(title)),
    ...hash,
    ...renderTable(['#', 'LINE', 'WHAT', 'SUBJECT', 'FINGERPRINT', 'END', 'SIGNED BY'], rows, paint).map((line) => `  ${line}`),
    ...blocks.flatMap((block) => renderBlock(block, text, paint, nowMs)),
  ];
}

function rowOf(block: InspectedBlock, within: InspectedText, nowMs: number): readonly Cell[] {
  const start: readonly Cell[] = [{ text: String(block.position) }, { text: String(block.line) }];
  switch (block.kind) {
    case 'certificate': {
      const what = block.ca ? 'CA certificate' : 'certificate';
      return [
        ...start,
        { text: what },
        { text: inline(block.subject) },
        { text: shortFingerprint(block.fingerprint) },
        endCell(block.notBefore, block.notAfter, nowMs),
        { text: nearer(block.signedBy, within) },
      ];
    }
    case 'unreadable':
    case 'damaged':
      return [...start, { text: `${block.kind} ${block.label}`, tone: 'bad' }, { text: block.problem }];
    case 'request':
      return [
        ...start,
        { text: 'certificate request', ...(block.problem === undefined ? {} : { tone: 'bad' }) },
        { text: inline(block.subject) },
      ];
    case 'crl': {
      const { thisUpdate, nextUpdate, problem } = block;
      return [
        ...start,
        { text: 'CRL', ...(problem === undefined ? {} : { tone: 'bad' }) },
        { text: inline(block.issuer) },
        { text: '' },
        nextUpdate === undefined ? { text: 'never ends' } : endCell(thisUpdate, nextUpdate, nowMs),
        { text: nearer(block.signedBy, within) },
      ];
    }
    case 'encrypted-key':
      return [...start, { text: `encrypted ${block.label.toLowerCase().replace(/^encrypted /, '')}` }];
    default:
      return [...start, { text: block.label.toLowerCase() }];
  }
}

function endCell(notBefore: string, notAfter: string, nowMs: number): Cell {
  const leftMs = Date.parse(notAfter) - nowMs;
  if (nowMs < Date.parse(notBefore)) return { text: `begins in ${durationText(Date.parse(notBefore) - nowMs)}`, tone: 'bad' };
  return leftMs < 0
    ? { text: `ended ${durationText(-leftMs)} ago`, tone: 'bad' }
    : { text: `ends in ${durationText(leftMs)}`, tone: 'good' };
}

function renderBlock(block: InspectedBlock, within: InspectedText, paint: Paint, nowMs: number): readonly string[] {
  const facts = factsOf(block, within, nowMs).filter((fact): fact is [string, string] => fact[1] !== undefined && fact[1] !== '');
  if (facts.length === 0) return [];
  const width = Math.max(...facts.map(([name]) => name.length));
  return [
    `  block ${block.position}`,
    ...facts.map(([name, value]) => `    ${paint('faint', name.padEnd(width))}  ${printable(value)}`),
  ];
}

function factsOf(
  block: InspectedBlock,
  within: InspectedText,
  nowMs: number,
): readonly (readonly [string, string | undefined])[] {
  switch (block.kind) {
    case 'certificate':
      if (block.sameAs !== undefined) return [['same as', placesText([block.sameAs], within)]];
      return [
        ['subject', inline(block.subject)],
        ['issuer', inline(block.issuer)],
        ['fingerprint', block.fingerprint],
        ['serial', block.serial],
        ['valid', `${block.notBefore} to ${block.notAfter}, ${endCell(block.notBefore, block.notAfter, nowMs).text}`],
        ['key', `${block.key}, sha256 ${block.publicKeySha256}`],
        ['signed', `with ${block.signatureAlgorithm} by ${signerText(nearer(block.signedBy, within))}`],
        ['CA', caText(block)],
        ['key usage', block.keyUsage?.join(', ')],
        ['for', block.extendedKeyUsage?.join(', ')],
        ['names', block.names.join(', ')],
        ['key identifiers', `own ${block.subjectKeyId ?? 'none'}, issuer's ${block.authorityKeyId ?? 'none'}`],
      ];
    case 'request':
      return [
        ['asks for', inline(block.subject)],
        ['key', block.key],
        ['signed', `with ${block.signatureAlgorithm}`],
        ['CA', block.ca ? 'asked for' : 'not asked for'],
        ['names', block.names.join(', ')],
        ['possession', block.problem === undefined ? 'its signature proves that the sender has the key' : 'not proven'],
        ['not taken', block.problem],
      ];
    case 'crl':
      return [
        ['issuer', inline(block.issuer)],
        ['number', block.number ?? 'none'],
        ['this update', block.thisUpdate],
        ['next update', block.nextUpdate ?? 'not told'],
        ['revokes', block.revoked === 1 ? '1 certificate' : `${block.revoked} certificates`],
        ['signed', `with ${block.signatureAlgorithm} by ${signerText(nearer(block.signedBy, within))}`],
        ["issuer's key", block.authorityKeyId],
        ['not taken', block.problem],
      ];
    case 'other':
      return [
        ['Istio', `does not read ${block.label === 'CERTIFICATE' ? 'a certificate with headers' : 'a block of this kind'}`],
      ];
    case 'private-key':
    case 'public-key':
      return [
        ['key', `${block.key}, sha256 of the public key ${block.publicKeySha256}`],
        ['belongs to', placesText(block.belongsTo, within) || 'no certificate among those given'],
      ];
    default:
      return [];
  }
}

function placesText(places: readonly string[], within: InspectedText): string {
  return places.map((place) => nearer(place, within)).join('; ');
}

/** A place without the file and object that it shares with the text in which it is named. */
function nearer(place: string, { file, object, name }: InspectedText): string {
  const own = [file, object, name].filter((part) => part !== undefined).join(' · ');
  if (place.startsWith(`${own}, `)) return place.slice(own.length + 2);
  const outer = `${file} · ${object ?? ''} · `;
  return place.startsWith(outer) ? place.slice(outer.length) : place;
}

function signerText(signedBy: string): string {
  if (signedBy === 'self') return 'itself';
  return signedBy === 'unknown' ? 'none of the certificates given' : signedBy;
}

function caText({ ca, pathLength }: InspectedCertificate): string {
  if (!ca) return 'no';
  return pathLength === undefined ? 'yes, without a path length' : `yes, path length ${pathLength}`;
}
