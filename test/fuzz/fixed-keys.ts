import { createECDH, createPrivateKey, type KeyObject } from 'node:crypto';
import { type Identity, identityFromPem } from '@reroot/shared/protocol';

/** The secret key of test 1 of RFC 8032 §7.1, which everybody knows: keys of seeds are the same in each process. */
const secretKey = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';

/** PKCS#8 of an Ed25519 key up to its 32 bytes (RFC 8410 §7). */
const pkcs8Head = '302e020100300506032b657004220420';

/** Signs what seeds have signatures over. */
export function fixedIdentity(): Identity {
  const key = createPrivateKey({ key: Buffer.from(`${pkcs8Head}${secretKey}`, 'hex'), format: 'der', type: 'pkcs8' });
  return identityFromPem(key.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** A P-256 key from the same number. */
export function fixedEcKey(): KeyObject {
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secretKey, 'hex');
  const point = curve.getPublicKey();
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((half) => half.toString('base64url'));
  const d = Buffer.from(secretKey, 'hex').toString('base64url');
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '', d }, format: 'jwk' });
}
