"""How the report looks, on a screen and on paper."""

STYLE = """
:root { --ink: #1d1d1f; --soft: #5f6368; --line: #dcdcdc; --mark: #e0a800; --paper: #fffefb; --wash: #faf6ea; }
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); }
body { margin: 0; font: 16px/1.75 "Noto Serif KR", "Noto Serif CJK KR", "Nanum Myeongjo", AppleMyungjo, Batang, serif;
  word-break: keep-all; overflow-wrap: anywhere; line-break: strict; }
main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.25rem 4rem; }
h1, h2, figcaption, .source, .counts, table, .tag, .place, .aside, main > footer, .label, .number {
  font-family: "Noto Sans KR", "Noto Sans CJK KR", "Apple SD Gothic Neo", "Malgun Gothic", "NanumGothic", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.3; margin: 0 0 1rem; }
h2 { font-size: 1.2rem; line-height: 1.45; margin: 0 0 .25rem; }
a { color: inherit; text-decoration-color: var(--mark); text-underline-offset: 3px; }
.counts { display: flex; gap: 2rem; margin: 0; padding: .75rem 0; border-block: 1px solid var(--line); }
.counts div { display: flex; gap: .5rem; align-items: baseline; }
.counts dt, .source, .aside, main > footer, .place { color: var(--soft); font-size: .85rem; }
.counts dd { margin: 0; font-weight: 600; font-variant-numeric: tabular-nums; }
.charts { margin: 2rem 0 0; display: grid; gap: 1.5rem; }
figure { margin: 0; break-inside: avoid; }
figcaption { font-weight: 600; font-size: .9rem; margin-bottom: .25rem; }
svg { display: block; width: 100%; height: auto; }
svg .label, svg .number { font-size: 12px; fill: var(--ink); }
svg .label { paint-order: stroke; stroke: var(--paper); stroke-width: 4px; stroke-linejoin: round; }
svg .number { fill: var(--soft); }
svg .bar, svg .dot { fill: var(--mark); }
svg .month { fill: var(--paper); stroke: var(--mark); stroke-width: 2; stroke-dasharray: 3 2; }
svg .stem, svg .axis { stroke: var(--line); stroke-width: 1; }
.article { margin-top: 3rem; }
.source { margin: 0 0 1.25rem; }
.mark { margin: 0 0 1.5rem; break-inside: avoid; }
blockquote { margin: 0; padding: .1rem 0 .1rem 1rem; border-left: 3px solid var(--mark); }
blockquote p { margin: 0 0 .5rem; }
blockquote footer { display: flex; flex-wrap: wrap; gap: .25rem .75rem; align-items: baseline; }
.tag { font-size: .85rem; font-weight: 600; }
.note { margin: .6rem 0 0 1rem; padding: .6rem .9rem; background: var(--wash); font-size: .95rem; }
.note p { margin: 0 0 .4rem; } .note p:last-child { margin: 0; } .note ul, .note ol { margin: 0 0 .4rem; padding-left: 1.2rem; }
.figures { margin-top: 3rem; }
table { width: 100%; border-collapse: collapse; font-size: .85rem; line-height: 1.5; margin-top: .75rem; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--ink); padding: .35rem .6rem .35rem 0; }
td { vertical-align: top; border-bottom: 1px solid var(--line); padding: .35rem .6rem .35rem 0; }
td.figure { white-space: nowrap; font-variant-numeric: tabular-nums; font-weight: 600; }
.source .tag { margin-left: .75rem; color: var(--ink); }
.wide { overflow-x: auto; } .compare th { vertical-align: bottom; min-width: 5.5rem; }
tr.conflict td { background: var(--wash); } tr.conflict td:last-child { font-weight: 600; }
th, td { overflow-wrap: break-word; }
thead { display: table-header-group; } tr { break-inside: avoid; }
main > footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); }
@media print {
  @page { margin: 20mm 18mm; }
  html { background: #fff; } body { font-size: 10.5pt; } main { max-width: none; padding: 0; }
  h2 { break-after: avoid; } .source { break-after: avoid; }
  .note { background: none; border: 1px solid var(--line); }
  .article a[href^="http"]::after { content: " (" attr(href) ")"; font-size: .8em; color: var(--soft); }
  svg .bar, svg .dot { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
"""
