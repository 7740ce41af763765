// Where a data point lies in pixels: Plotly's axes as two linear (or logarithmic) functions.

export function axes(plot) {
  const { xaxis, yaxis } = plot._fullLayout;
  return { x: side(xaxis), y: side(yaxis, true) };
}

function side({ range, type, _offset, _length }, down = false) {
  const [low, high] = range.map(Number);
  const scale = _length / (high - low);
  const logarithmic = type === "log";
  const place = (v) => (logarithmic ? Math.log10(v) : v) - low;
  return {
    low,
    high,
    offset: _offset,
    length: _length,
    to: (v) => (down ? _offset + _length - place(v) * scale : _offset + place(v) * scale),
    from: (px) => (down ? low + (_offset + _length - px) / scale : low + (px - _offset) / scale),
  };
}

export function inside({ x, y }, px, py) {
  return px >= x.offset && px <= x.offset + x.length && py >= y.offset && py <= y.offset + y.length;
}

// Pixels far outside are drawn at a finite distance: browsers lose their way beyond about 1e6.
export const near = (px) => Math.min(Math.max(px, -1e5), 1e5);
