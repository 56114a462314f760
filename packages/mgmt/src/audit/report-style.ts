/** How the report looks, on a screen and on paper. */
export const reportStyle = `
:root { color-scheme: light; font: 14px/1.45 system-ui, sans-serif; color: #1b1f24; background: #fff; }
main { max-width: 1200px; margin: 0 auto; padding: 24px 16px; }
h1 { font-size: 22px; margin: 0 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 28px 0 8px; }
table { border-collapse: collapse; width: 100%; }
th, td { border-bottom: 1px solid #d5dae0; padding: 5px 8px; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
thead th { border-bottom: 2px solid #6b7480; font-weight: 600; }
td { font-variant-numeric: tabular-nums; }
.facts { width: auto; }
.facts th { font-weight: 600; white-space: nowrap; }
.none { color: #57606a; }
code { font-family: ui-monospace, monospace; }
@media print {
  @page { size: A4 landscape; margin: 12mm; }
  :root { font-size: 10px; }
  main { max-width: none; padding: 0; }
  h2 { break-after: avoid; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
}
`;
