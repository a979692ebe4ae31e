/** Before uPlot: it asks Intl for the browser's language, which may be one that Intl refuses (`en-US@posix`). */
export const languageScript = `
try { Intl.getCanonicalLocales(navigator.language); }
catch { Object.defineProperty(navigator, 'language', { value: 'en-GB' }); }`;

/** Draws the charts that are in the page as JSON (`Chart`). Runs in a browser, after uPlot. */
export const pageScript = `
const colours = ['#3b6fd1', '#d1453b', '#2e9e5b', '#b07d12', '#8a4fc7', '#168a9c', '#666'];
const place = document.getElementById('charts');
for (const chart of JSON.parse(document.getElementById('values').textContent)) {
  const box = place.appendChild(document.createElement('div'));
  box.className = 'chart';
  const marks = new Map(chart.marks);
  const ofAxis = chart.marks && {
    splits: () => [...marks.keys()],
    values: (plot, splits) => splits.map((at) => marks.get(at) ?? ''),
  };
  const options = {
    title: chart.title,
    width: 960,
    height: 260,
    scales: { x: { time: false }, y: { distr: chart.isLog ? 3 : 1 } },
    axes: [{ label: chart.x, ...ofAxis }, { label: chart.unit, size: 70 }],
    series: [
      { label: chart.x },
      ...chart.lines.map((label, n) => ({ label, stroke: colours[n % colours.length], width: 1.5, spanGaps: Boolean(chart.marks) })),
    ],
  };
  new uPlot(options, chart.values, box);
}`;
