import type { KeyObject } from 'node:crypto';
import { assertNever } from '@reroot/shared/errors';
import { type Certificate, nameText } from '@reroot/shared/pki';

/** Kind and size, as `RSA 4096` or `EC P-256`. */
export function keyText(key: KeyObject): string {
  const { modulusLength, namedCurve = '' } = key.asymmetricKeyDetails ?? {};
  const curves: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' };
  const size = modulusLength ?? curves[namedCurve] ?? namedCurve;
  return `${(key.asymmetricKeyType ?? 'unknown').toUpperCase()} ${size}`.trim();
}

/** The same for a key that node:crypto need not know. */
export function keyFactsText(facts: Certificate['keyFacts']): string {
  switch (facts.kind) {
    case 'rsa':
      return `RSA ${facts.bits}`;
    case 'ec':
      return `EC ${facts.curve}`;
    case 'other':
      return facts.name;
    default:
      return assertNever(facts);
  }
}

/** A name of the SAN with its kind, as `dns:a.example`; addresses as people write them. */
export function alternativeNameText({ kind, value }: Certificate['alternativeNames'][number]): string {
  const bytes = Buffer.from(kind === 'ip' ? value : '', 'hex');
  if (bytes.length === 4) return `ip:${bytes.join('.')}`;
  return bytes.length === 16 ? `ip:${value.replace(/.{4}(?=.)/g, '$&:')}` : `${kind}:${value}`;
}

/** A distinguished name for the screen. What nobody can read there must not hide the rest. */
export function shownName(der: Uint8Array): string {
  try {
    return nameText(der);
  } catch {
    return '(a name that cannot be shown)';
  }
}
