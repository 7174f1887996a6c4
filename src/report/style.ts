/** Style of the report: one column, both languages in the page, one of them shown, fit to print. */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --line: #d5dbe1; --soft: #f4f6f8; --yes: #1b6e3c; --no: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem; color: var(--ink); background: white;
  font: 16px/1.6 system-ui, "Malgun Gothic", "Apple SD Gothic Neo", "Noto Sans KR", sans-serif; }
h1 { font-size: 1.6rem; margin: 0 0 .5rem; } h2 { font-size: 1.2rem; margin: 2.2rem 0 .6rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
th { background: var(--soft); font-weight: 600; } td.n { text-align: right; font-variant-numeric: tabular-nums; }
code, pre { font-family: ui-monospace, Consolas, monospace; font-size: .85rem; overflow-wrap: anywhere; }
pre { background: var(--soft); padding: .6rem; margin: .3rem 0; white-space: pre-wrap; }
.verdict { border-left: .5rem solid var(--no); padding: .6rem 1rem; background: var(--soft); font-weight: 600; }
.verdict.pass { border-color: var(--yes); } .yes { color: var(--yes); } .no { color: var(--no); font-weight: 600; }
.note { color: #55606b; font-size: .9rem; } svg { max-width: 100%; height: auto; }
.language { float: right; font-size: .9rem; } .language label { margin-left: .6rem; cursor: pointer; }
body:has(#show-en:checked) [lang="ko"], body:has(#show-ko:checked) [lang="en"] { display: none; }
@media print { body { max-width: none; padding: 0; font-size: 11pt; } .language { display: none; }
  section, table, svg { break-inside: avoid; } }
`;
