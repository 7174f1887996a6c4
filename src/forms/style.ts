import { Markup } from '../report/markup.ts';

/** For A4 paper and for the screen; the marks of what a person fills survive printing without colours. */
export const STYLE = new Markup(`
@page { size: A4; margin: 18mm 15mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 180mm; padding: 8mm 0; color: #111; background: #fff;
  font: 10pt/1.5 "Noto Sans KR", "Malgun Gothic", "Apple SD Gothic Neo", "NanumGothic", sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; }
h1 { margin: 0 0 2mm; text-align: center; font-size: 17pt; letter-spacing: .06em; }
h2 { margin: 5mm 0 1.5mm; font-size: 11pt; break-after: avoid; }
.legend { margin: 0 0 4mm; text-align: right; font-size: 8.5pt; color: #444; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { border: .3mm solid #555; padding: 1.3mm 2mm; text-align: left; vertical-align: top; }
th { background: #eef1f4; font-weight: 600; }
table.fields th { width: 32%; }
table.rows { font-size: 8.5pt; }
table.rows th { text-align: center; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.tall { height: 22mm; }
td.todo { background: #fff8dc; outline: .3mm dashed #8a6d00; outline-offset: -1mm; min-height: 8mm; height: 8mm; }
td.todo.tall { height: 22mm; }
.mark, .legend .todo { color: #8a6d00; font-weight: 700; }
.choice { white-space: nowrap; margin-right: 2mm; }
ol { margin: 0; padding-left: 6mm; }
footer { margin-top: 6mm; border-top: .2mm solid #999; padding-top: 1.5mm; font-size: 7.5pt; color: #555; }
@media print { body { padding: 0; max-width: none; } }
`);
