import { type Certificate, parseCertificate } from '@reroot/shared/pki';

/** The certificates of a bundle that can be read: a reload passes over a broken block without a word. */
export function readableRoots(bundle: string): readonly Certificate[] {
  const blocks = bundle.match(/-----BEGIN CERTIFICATE-----[^-]*-----END CERTIFICATE-----/g) ?? [];
  return blocks.flatMap((block) => readCertificate(block) ?? []);
}

function readCertificate(block: string): Certificate | undefined {
  try {
    return parseCertificate(block);
  } catch {
    return undefined;
  }
}
