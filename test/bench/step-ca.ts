import { generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { exportPrivateKey } from '@reroot/shared/pki';
import { freePort } from '@reroot/shared/testing';
import { createFleetProcess, startReaper } from '@reroot/simulator/processes';
import { z } from 'zod';
import type { Authority } from './authority.ts';

/** A certificate that is asked for. */
export interface StepCaRequest {
  readonly csrPem: string;
  /** Subject and only alternative name; as in the request. */
  readonly dnsName: string;
}

/** A running one. It keeps nothing when it ends. */
export interface StepCa {
  /** What is sent for a certificate. It can be sent once: the token in it is good for one request. */
  prepare(asked: StepCaRequest): string;
  /** Sends it, and gives the certificate, PEM. */
  sign(prepared: string, signal: AbortSignal): Promise<string>;
  stop(): Promise<void>;
}

const provisioner = 'bench';
const signedSchema = z.object({ crt: z.string() });

/** The program that the variable REROOT_STEP_CA names, or else the one on the path; undefined where there is none. */
export function findStepCa(environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const named = environment['REROOT_STEP_CA'];
  if (named !== undefined && named !== '') return named;
  const folders = (environment['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, 'step-ca')).find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a step-ca on 127.0.0.1 that signs by the intermediate, without a database; resolves when it answers.
 * @throws RR_PROCESS_ENDED, RR_PROCESS_NOT_READY; the signal's reason
 */
export async function startStepCa(command: string, authority: Authority, signal: AbortSignal): Promise<StepCa> {
  const dir = await mkdtemp(join(tmpdir(), 'reroot-step-ca-'));
  const reaper = startReaper(dir);
  const address = `127.0.0.1:${await freePort()}`;
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyId, use: 'sig', alg: 'ES256' };
  const process = createFleetProcess(
    {
      name: 'step-ca',
      command,
      args: [await writeConfig(dir, address, authority, jwk)],
      // It would make a folder in the user's home.
      env: { HOME: dir, STEPPATH: dir },
      logFile: join(dir, 'step-ca.log'),
      readyText: 'Serving HTTPS on',
      missingCode: 'RR_PROCESS_ENDED',
    },
    reaper,
    () => undefined,
  );
  const pool = new Agent({ keepAlive: true, ca: authority.root.pem });
  const url = `https://${address}/1.0/sign`;
  const stop = async (): Promise<void> => {
    pool.destroy();
    await process.stop();
    reaper.release();
  };
  try {
    await process.start(signal);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    prepare: ({ csrPem, dnsName }) => {
      const issuedAt = Math.floor(Date.now() / 1_000);
      const claims = {
        ...{ iss: provisioner, aud: url, sub: dnsName, sans: [dnsName], sha: authority.root.fingerprint, jti: randomUUID() },
        ...{ iat: issuedAt, nbf: issuedAt, exp: issuedAt + 300 },
      };
      const signed = [{ alg: 'ES256', typ: 'JWT', kid: keyId }, claims]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return JSON.stringify({ csr: csrPem, ott: `${signed}.${signature.toString('base64url')}` });
    },
    sign: (prepared, signal) => post(url, prepared, pool, signal),
    stop,
  };
}

/** Gives the path of the configuration. */
async function writeConfig(dir: string, address: string, authority: Authority, key: object): Promise<string> {
  const write = async (name: string, content: string): Promise<string> => {
    const path = join(dir, name);
    await writeFile(path, content, { mode: 0o600 });
    return path;
  };
  const config = {
    root: await write('root.pem', authority.root.pem),
    crt: await write('intermediate.pem', authority.intermediate.pem),
    key: await write('intermediate.key', exportPrivateKey(authority.intermediateKey)),
    address,
    dnsNames: ['127.0.0.1'],
    authority: { provisioners: [{ type: 'JWK', name: provisioner, key }] },
  };
  return write('ca.json', JSON.stringify(config));
}

async function post(url: string, body: string, agent: Agent, signal: AbortSignal): Promise<string> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
  const asked = request(url, { method: 'POST', agent, headers, signal });
  asked.end(body);
  const [response] = (await once(asked, 'response')) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode !== 201) throw new Error(`step-ca answers ${response.statusCode}: ${answer}`);
  return signedSchema.parse(JSON.parse(answer)).crt;
}
