import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startReaper } from '@reroot/simulator/processes';
import { controlPlanePrograms, findSomeServers } from '../../servers/find-servers.ts';
import { createLabProcesses } from '../lab-process.ts';
import { claimNetwork } from '../network.ts';
import { issueCredential } from './certificate.ts';
import { type ControlPlane, startControlPlane } from './control-plane.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** A control plane without a lab around it. */
export interface LoneControlPlane {
  readonly controlPlane: ControlPlane;
  /** Makes a namespace that nothing else is in. @returns its name */
  makeNamespace(): Promise<string>;
  /**
   * Writes the kubeconfig of a ServiceAccount, which shows a certificate.
   * @param user as Kubernetes calls it, `system:serviceaccount:NAMESPACE:NAME`
   * @returns its path
   */
  kubeconfigOf(user: string): Promise<string>;
  stop(): Promise<void>;
}

/** Starts one in a network of its own; resolves when the API answers. @param interrupted ends the start */
export async function startControlPlaneAlone(name: string, interrupted?: AbortSignal): Promise<LoneControlPlane> {
  const dir = await mkdtemp(join(tmpdir(), `reroot-${name}-`));
  const reaper = startReaper(dir);
  const { create, killAll } = createLabProcesses(dir, reaper);
  const network = await claimNetwork(Math.random);
  const stop = async (): Promise<void> => {
    await killAll();
    network.release();
    reaper.release();
  };
  try {
    const plan = { name, dir: join(dir, 'control-plane'), network, servers: findSomeServers(controlPlanePrograms), create };
    const signal = AbortSignal.any([AbortSignal.timeout(120_000), ...(interrupted === undefined ? [] : [interrupted])]);
    const controlPlane = await startControlPlane({ ...plan, signal });
    let namespaces = 0;
    return {
      controlPlane,
      makeNamespace: async () => {
        namespaces += 1;
        const namespace = `${name}-${namespaces}`;
        await controlPlane.admin.request('POST', '/api/v1/namespaces', { metadata: { name: namespace } });
        return namespace;
      },
      kubeconfigOf: (user) => writeKubeconfigOf(user, controlPlane, dir),
      stop: async () => {
        controlPlane.admin.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function writeKubeconfigOf(user: string, { authority, server }: ControlPlane, dir: string): Promise<string> {
  const file = join(dir, `${user.replaceAll(':', '-')}.kubeconfig`);
  const credential = await issueCredential(authority, { commonName: user, organization: 'system:serviceaccounts' });
  await writeKubeconfig(file, { server, caPem: authority.certificate.pem, user: { kind: 'certificate', ...credential } });
  return file;
}
