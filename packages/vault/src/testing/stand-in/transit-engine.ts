import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { type Answer, data, type Engine, nothing, refusal, textAt } from './answer.ts';

const nonceBytes = 12;
const tagBytes = 16;

/** A mount of the transit engine; keys are AES-256-GCM and have versions. */
export function createTransitEngine(): Engine {
  const keys = new Map<string, Buffer[]>();
  return {
    answer: async ({ operation, path, body }) => {
      const [verb = '', name = '', more = ''] = path.split('/');
      const versions = keys.get(name);
      switch (`${operation} ${verb}${more === '' ? '' : `/${more}`}`) {
        case 'write keys':
          if (versions === undefined) keys.set(name, [randomBytes(32)]);
          return nothing;
        case 'write keys/rotate':
          versions?.push(randomBytes(32));
          return nothing;
        case 'write encrypt':
          return versions === undefined ? refusal(400, 'encryption key not found') : encrypt(versions, textAt(body, 'plaintext'));
        case 'write decrypt':
          return versions === undefined
            ? refusal(400, 'encryption key not found')
            : decrypt(versions, textAt(body, 'ciphertext'));
        default:
          return undefined;
      }
    },
  };
}

function encrypt(versions: readonly Buffer[], plaintext: string): Answer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv('aes-256-gcm', versions.at(-1) ?? '', nonce);
  const sealed = [nonce, cipher.update(Buffer.from(plaintext, 'base64')), cipher.final(), cipher.getAuthTag()];
  return data({
    ciphertext: `vault:v${versions.length}:${Buffer.concat(sealed).toString('base64')}`,
    key_version: versions.length,
  });
}

function decrypt(versions: readonly Buffer[], ciphertext: string): Answer {
  const [, version = '', content = ''] = /^vault:v(\d+):(.*)$/.exec(ciphertext) ?? [];
  const sealed = Buffer.from(content, 'base64');
  const key = versions[Number(version) - 1];
  if (key === undefined || sealed.length < nonceBytes + tagBytes) return refusal(400, 'invalid ciphertext length');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    const plaintext = Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    return data({ plaintext: plaintext.toString('base64') });
  } catch {
    return refusal(400, 'cipher: message authentication failed');
  }
}
