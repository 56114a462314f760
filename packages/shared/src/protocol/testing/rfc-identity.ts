import { createPrivateKey } from 'node:crypto';
import { identityFromPem } from '../identity.ts';

const seed = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';

/** RFC 8032 §7.1, test 1: public knowledge, so that the vectors of docs/protocol.md can be checked by anybody. */
export const rfcIdentity = identityFromPem(
  createPrivateKey({ key: Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex'), format: 'der', type: 'pkcs8' })
    .export({ format: 'pem', type: 'pkcs8' })
    .toString(),
);
