/** Keeps one core busy, behind everybody else, with what mgmt and agents do most: signatures, objects and text. Ends with its parent. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { constants, setPriority } from 'node:os';

setPriority(constants.priority.PRIORITY_LOW);
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const text = Buffer.alloc(3_000, 7);
const signature = sign(null, text, privateKey);
const items = Array.from({ length: 2_000 }, (_, index) => ({ index, name: `cluster-${index}` }));

const turn = (): void => {
  if (!verify(null, text, publicKey, signature)) throw new Error('a sound signature does not verify');
  JSON.parse(JSON.stringify(items));
  setImmediate(turn);
};
process.once('disconnect', () => process.exit());
turn();
