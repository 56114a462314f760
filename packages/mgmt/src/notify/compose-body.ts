import { cutText } from './cut-text.ts';
import type { Notification } from './notification.ts';
import type { Webhook } from './notifications-schema.ts';

/** What is posted. @param link where people find mgmt */
export function composeBody(format: Webhook['format'], notification: Notification, link: string | undefined): string {
  return JSON.stringify(format === 'slack' ? slackBody(notification, link) : ownBody(notification, link));
}

function ownBody(notification: Notification, link: string | undefined): object {
  const { id, kind, severity, mesh, atMs, title, message, reason, rotation, step, generation } = notification;
  const address = link === undefined ? {} : { link: linkOf(mesh, link) };
  const data = { kind, severity, mesh, title, message, reason, rotation, step, generation, ...address };
  return { type: `reroot.${kind}`, id, timestamp: new Date(atMs).toISOString(), data };
}

const marks = { info: ':information_source:', warning: ':warning:', critical: ':rotating_light:' } as const;

/** Slack takes 40,000 characters of text and recommends 4,000; Mattermost takes 16,383, Rocket.Chat 5,000 by default. */
const maxText = 4_000;
/** Of a mesh, or of half a sentence. */
const maxPart = 200;

/** `text` is what receivers show that know no blocks, such as Mattermost, and what notifications show. */
function slackBody({ severity, mesh, title, message, kind }: Notification, link: string | undefined): object {
  const head = `${marks[severity]} *${escape(cutText(mesh, maxPart))}*: ${escape(cutText(title, maxPart))}`;
  const hint = kind === 'approval' ? `\n\`reroot status --mesh ${escape(cutText(mesh, maxPart))}\`` : '';
  const where = link === undefined ? '' : `\n<${escape(linkOf(mesh, link))}|open>`;
  const room = maxText - head.length - hint.length - where.length - 2;
  return { text: `${head}\n${cutEscaped(escape(message), room)}${hint}${where}` };
}

/** What is escaped is never cut in the middle of an entity. */
function cutEscaped(text: string, most: number): string {
  // An escape, for the one character in a regular expression would make two bytes of each in the bundle.
  return cutText(text, most).replace(/&[a-z]{0,3}\u2026$/, '…');
}

/** The three characters of Slack's markup: what a mesh or an agent is called must make no links and call nobody. */
function escape(text: string): string {
  return text.replace(/[&<>]/g, (each) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[each] ?? each);
}

/** The page of the mesh in the dashboard, which mgmt serves below its own address. */
function linkOf(mesh: string, link: string): string {
  return `${link.replace(/\/$/, '')}/ui/#/${encodeURIComponent(mesh)}`;
}
