import forge from 'node-forge';

// The typings do not know it: the attributes of a distinguished name, one after the other.
const reader = forge.pki as unknown as {
  RDNAttributesAsArray(name: forge.asn1.Asn1): readonly {
    readonly type: string;
    readonly value: string;
    readonly valueTagClass: number;
    readonly shortName?: string;
  }[];
};

/**
 * A distinguished name as node:crypto prints that of a certificate, one attribute a line; of requests and CRLs node:crypto has
 * no reader. To be shown, never to be compared.
 * @param der the Name (RFC 5280 §4.1.2.4)
 * @throws Error on what is none
 */
export function nameText(der: Uint8Array): string {
  const name = forge.asn1.fromDer(Buffer.from(der).toString('latin1'));
  return reader
    .RDNAttributesAsArray(name)
    .map(({ type, value, valueTagClass, shortName }) => {
      const isUtf8 = valueTagClass === (forge.asn1.Type.UTF8 as number);
      return `${shortName ?? type}=${Buffer.from(value, 'latin1').toString(isUtf8 ? 'utf8' : 'latin1')}`;
    })
    .join('\n');
}
