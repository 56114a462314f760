import { describe, expect, it } from 'vitest';
import { clusterHref, hrefOf, parseRoute, viewHref } from './route.ts';

describe('a route', () => {
  it.each(['#/', '#/demo', '#/demo/fleet?q=a%26b&level=silent%2C3', '#/demo/clusters/east-1', '#/demo/matrix?from=a&to=b'])(
    'comes back from its link: %s',
    (href) => {
      expect(hrefOf(parseRoute(href))).toBe(href);
    },
  );

  it('leads to the rotation where the view is unknown, and to the meshes where there is nothing', () => {
    expect(parseRoute('#/demo/nothing')).toMatchObject({ at: 'view', mesh: 'demo', view: 'rotation' });
    expect(parseRoute('')).toEqual({ at: 'meshes' });
    expect(parseRoute('#/%zz')).toEqual({ at: 'meshes' });
  });

  it('is written for views and clusters', () => {
    expect(viewHref('demo', 'matrix', { from: 'a' })).toBe('#/demo/matrix?from=a');
    expect(clusterHref('demo', 'a/b')).toBe('#/demo/clusters/a%2Fb');
  });
});
