import { parseIstioVersion } from '@reroot/shared/istio';

/**
 * The version that the tag of an image names, such as `1.30.1` of `docker.io/istio/pilot:1.30.1-distroless@sha256:…`. Images by
 * digest alone, and tags such as `latest`, say nothing.
 * @param label what a label says of it, for those; such a label must be Istio's own, not that of an application
 * @returns empty where nothing says it
 */
export function imageVersion(image: string | undefined, label?: string): string {
  const [name = ''] = (image ?? '').split('@');
  const tag = /:([\w][\w.-]{0,127})$/.exec(name)?.[1] ?? '';
  if (parseIstioVersion(tag) !== undefined) return tag;
  return label !== undefined && parseIstioVersion(label) !== undefined ? label : tag;
}
