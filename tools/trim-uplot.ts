import type { Plugin } from 'vite';

/**
 * uPlot is one file that no bundler can take a part of. The dashboard plots bars and a line by number: no time axes, no
 * logarithmic scales, no splines, no cursor, no legend. What they need is cut at its root here, and the bundler drops what then hangs loose.
 */
const cuts: readonly (readonly [start: string, instead: string])[] = [
  ['function genTimeStuffs(ms) {', 'return [[], [], () => () => []];'],
  ['function fmtDate(tpl, names) {', "return () => '';"],
  ['function tzDate(date, tz) {', 'return date;'],
  ['function timeAxisVals(tzDate, stamps) {', 'return () => [];'],
  ['function timeAxisVal(tzDate, dateTpl) {', 'return () => [];'],
  ['function logAxisSplits(self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace, forceMin) {', 'return [];'],
  ['function asinhAxisSplits(self, axisIdx, scaleMin, scaleMax, foundIncr, foundSpace, forceMin) {', 'return [];'],
  ['function log10AxisValsFilt(self, splits, axisIdx, foundSpace, foundIncr) {', 'return splits;'],
  ['function log2AxisValsFilt(self, splits, axisIdx, foundSpace, foundIncr) {', 'return splits;'],
  ['function rangeLog(min, max, base, fullMags) {', 'return [min, max];'],
  ['function rangeAsinh(min, max, base, fullMags) {', 'return [min, max];'],
  ['function clipBandLine(self, seriesIdx, idx0, idx1, strokePath, clipDir) {', 'return null;'],
  ['function mouseDown(e, src, _l, _t, _w, _h, _i) {', 'return;'],
  ['function mouseUp(e, src, _l, _t, _w, _h, _i) {', 'return;'],
  ['function dblClick(e, src, _l, _t, _w, _h, _i) {', 'return;'],
  ['function initLegendRow(s, i) {', 'return null;'],
  ['function initCursorPt(s, si) {', 'return null;'],
  ['function setSelect(opts, _fire) {', 'return;'],
  ['function setSeries(i, opts, _fire, _pub) {', 'return;'],
  ['function setFocus(i) {', 'return;'],
  ['function setLegend(opts, _fire) {', 'return;'],
  ['function setLegendValues(sidx, idx) {', 'return;'],
  ['function updateCursor(src, _fire, _pub) {', 'return;'],
  ['function mouseMove(e, src, _l, _t, _w, _h, _i) {', 'return;'],
  ['function cacheMouse(e, src, _l, _t, _w, _h, _i, initial, snap) {', 'return;'],
  ['function mouseLeave(e, src, _l, _t, _w, _h, _i) {', 'return;'],
];

/** What is hung on uPlot for others, and keeps it alive. */
const offers = [
  /\(paths\.(?:stepped|spline)\s*= \w+\);/g,
  /uPlot\.(?:join|fmtDate|tzDate|addGap|clipGaps|assign|rangeNum|rangeLog|rangeAsinh|orient|pxRatio|fmtNum)\s*= \w+;/g,
];

/** Some browsers name a language that their own Intl refuses, and then the page would be blank. */
const ambientLanguage = "new Intl.NumberFormat(domEnv ? nav.language : 'en-US')";

/** A plugin of vite; throws when uPlot is another one than it was written for. */
export function trimUplot(): Plugin {
  return {
    name: 'trim uPlot',
    enforce: 'pre',
    transform: (code, id) => (id.endsWith('/uPlot.esm.js') ? trim(code) : undefined),
  };
}

function trim(code: string): string {
  const spoken = replaceOne(code, ambientLanguage, "new Intl.NumberFormat('en')");
  const cut = cuts.reduce((text, [start, instead]) => replaceOne(text, start, `${start} ${instead}`), spoken);
  return offers.reduce((text, offer) => text.replace(offer, ''), cut);
}

function replaceOne(text: string, part: string, by: string): string {
  if (!text.includes(part)) throw new Error(`uPlot has no \`${part}\` any more: correct tools/trim-uplot.ts`);
  return text.replace(part, by);
}
