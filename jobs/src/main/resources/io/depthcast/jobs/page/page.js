/* Draws one Tablesaw figure: the page's shared look first, then the figure's own plotly attributes. */
function depthcastMerge(target, extra) {
  Object.keys(extra).forEach(function (key) {
    var value = extra[key];
    var nested = value !== null && typeof value === 'object' && !Array.isArray(value);
    var known = target[key] !== null && typeof target[key] === 'object' && !Array.isArray(target[key]);
    target[key] = nested ? depthcastMerge(known ? target[key] : {}, value) : value;
  });
  return target;
}
function depthcastPlot(target, data, layout, extra) {
  var titled = function (text, rest) { return depthcastMerge({text: text}, rest); };
  var axis = function (given) {
    var look = {automargin: true, gridcolor: '#e4e9ef', zerolinecolor: '#9aa5b1', linecolor: '#9aa5b1',
      ticks: 'outside', tickcolor: '#9aa5b1', separatethousands: true, exponentformat: 'none'};
    var merged = depthcastMerge(look, given || {});
    merged.title = titled(merged.title, {standoff: 12, font: {size: 13}});
    return merged;
  };
  delete layout.width; // Tablesaw always sets one; without it a figure is as wide as the page
  layout.title = titled('<b>' + layout.title + '</b>',
    {x: 0, xref: 'paper', xanchor: 'left', y: 1, yref: 'container', yanchor: 'top', pad: {t: 14}, font: {size: 16}});
  Object.keys(layout).filter(function (key) { return /^[xy]axis\d*$/.test(key); })
    .forEach(function (key) { layout[key] = axis(layout[key]); });
  if (data.every(function (trace) { return trace.type === 'bar'; })) {
    layout.xaxis.showgrid = false;
  }
  depthcastMerge(layout, {
    font: {family: 'system-ui, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif', size: 13, color: '#1b2430'},
    legend: {orientation: 'h', x: 0, xanchor: 'left', y: 1.01, yanchor: 'bottom'},
    margin: {l: 60, r: 30, t: layout.showlegend ? 86 : 56, b: 50},
    hoverlabel: {align: 'left'}, paper_bgcolor: '#ffffff', plot_bgcolor: '#ffffff'
  });
  depthcastMerge(layout, extra.layout || {});
  (extra.traces || []).forEach(function (trace, i) { depthcastMerge(data[i], trace); });
  Plotly.newPlot(target, data, layout, depthcastMerge({responsive: true, displaylogo: false,
    modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d']}, extra.config || {}));
}
