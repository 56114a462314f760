import { type AlertRule, alertRules } from './alerts.ts';

/** Rules for Prometheus. A string of JSON is one of YAML too. */
export function renderAlerts(): string {
  const rules = alertRules.map(
    ({ name, expr, for: holds, severity, summary }) => `      - alert: ${name}
        expr: ${JSON.stringify(expr)}
        for: ${holds}
        labels:
          severity: ${severity}
        annotations:
          summary: ${JSON.stringify(summary)}
          runbook: docs/troubleshooting.md#${anchorOf(name)}
`,
  );
  return `# Generated from tools/monitoring/alerts.ts by ./dev generate: do not edit.
groups:
  - name: reroot
    rules:
${rules.join('')}`;
}

/** What docs/troubleshooting.md says of each alert. */
export function renderRunbook(): string {
  return alertRules.map((rule) => sectionOf(rule)).join('\n');
}

/** As renderers of Markdown make it from a heading of one word. */
function anchorOf(name: string): string {
  return name.toLowerCase();
}

function sectionOf({ name, severity, expr, for: holds, means, todo }: AlertRule): string {
  return `### ${name}\n\n**${severity}**, when this has held for ${holds}:\n\n\`\`\`promql\n${expr}\n\`\`\`\n\n${means}\n\n*What to do:* ${todo}.\n`;
}
