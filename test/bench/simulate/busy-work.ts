import { generateKeyPairSync, sign, verify } from 'node:crypto';

/** Makes the function that does a little of what mgmt and agents do most: signatures, objects and text. */
export function createBusyWork(): () => void {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const text = Buffer.alloc(3_000, 7);
  const signature = sign(null, text, privateKey);
  const items = Array.from({ length: 2_000 }, (_, index) => ({ index, name: `cluster-${index}` }));
  return () => {
    if (!verify(null, text, publicKey, signature)) throw new Error('a sound signature does not verify');
    JSON.parse(JSON.stringify(items));
  };
}
