/** Markup that is made already; every other text is escaped where it is put in. */
export interface Html {
  readonly html: string;
}

/** What stands in a place of the report. */
export type Content = string | Html;

/** More rows than this are shown by their first and last ones. */
const maxRows = 400;

/** Text in which nothing is markup. */
export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** The markup of a content. */
export function markupOf(content: Content): string {
  return typeof content === 'string' ? escape(content) : content.html;
}

/** Several contents, one after the other. */
export function joined(...contents: readonly Content[]): Html {
  return { html: contents.map(markupOf).join('') };
}

/** Letters of one width: fingerprints, commands. */
export function code(text: string): Html {
  return { html: `<code>${escape(text)}</code>` };
}

/** A file of the pack; on one line. */
export function file(path: string): Html {
  return { html: `<code class="file">${escape(path)}</code>` };
}

/** A moment, to the second and in UTC; the whole of it is in the markup. */
export function time(ms: number): Html {
  const iso = new Date(ms).toISOString();
  return { html: `<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 19)}</time>` };
}

/** How it stands, by a word; its colour says no more than that. */
export function badge(tone: 'good' | 'bad' | 'open', text: string): Html {
  return { html: `<span class="badge ${tone}">${escape(text)}</span>` };
}

/** A paragraph. */
export function paragraph(...contents: readonly Content[]): Html {
  return { html: `<p>${joined(...contents).html}</p>` };
}

/** A part of the report that the table of contents leads to. */
export interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Html;
}

/** Whatever is wider than the page scrolls by itself, and can be reached by keyboard. */
export function table(name: string, heads: readonly string[], rows: readonly (readonly Content[])[]): Html {
  if (rows.length === 0) return { html: '<p class="none">None.</p>' };
  const head = heads.map((text) => `<th scope="col">${escape(text)}</th>`).join('');
  const body = shortened(rows, heads.length).join('\n');
  const label = escape(name);
  return {
    html: `<div class="wide" role="region" aria-label="${label}" tabindex="0"><table aria-label="${label}"><thead><tr>${head}</tr></thead><tbody>
${body}
</tbody></table></div>`,
  };
}

function shortened(rows: readonly (readonly Content[])[], columns: number): readonly string[] {
  if (rows.length <= maxRows) return rows.map(rowOf);
  const half = maxRows / 2;
  const left = `<tr><td class="left-out" colspan="${columns}">${rows.length - maxRows} rows are left out here; the files of the pack have them.</td></tr>`;
  return [...rows.slice(0, half).map(rowOf), left, ...rows.slice(-half).map(rowOf)];
}

function rowOf(cells: readonly Content[]): string {
  return `<tr>${cells.map((cell) => `<td>${markupOf(cell)}</td>`).join('')}</tr>`;
}

/** Names and what they stand for. */
export function facts(rows: readonly (readonly [string, Content])[]): Html {
  const body = rows.map(([name, value]) => `<tr><th scope="row">${escape(name)}</th><td>${markupOf(value)}</td></tr>`).join('\n');
  return { html: `<table class="facts"><tbody>\n${body}\n</tbody></table>` };
}

/** So many names at the most; how many are left out is said. */
export function names(all: readonly string[], most = 2_000): string {
  const rest = all.length - most;
  return rest > 0 ? `${all.slice(0, most).join(', ')}, and ${rest} more` : all.join(', ');
}

/** A list of clusters under what they have in common. */
export function nameList(about: Content, all: readonly string[]): Html {
  return { html: `<p class="names"><b>${markupOf(about)}</b> ${escape(names(all))}</p>` };
}

/** `1 cluster`, `2 clusters`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
