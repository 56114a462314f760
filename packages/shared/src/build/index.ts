export { type Build, build, describeBuild } from './build.ts';
