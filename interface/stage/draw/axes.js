// Where a data point lies in pixels: a pair of axes as two linear (or logarithmic) functions.

export function axes(plot) {
  const { xaxis, yaxis } = plot._fullLayout;
  return { x: side(xaxis), y: side(yaxis, true) };
}

// The axes of a box in pixels, each over its range; a logarithmic one's is in powers of ten.
export function axesIn({ x, y, width, height }, [across, up], logarithmic = false) {
  return {
    x: side({ range: across, _offset: x, _length: width }),
    y: side({ range: up, type: logarithmic ? "log" : "linear", _offset: y, _length: height }, true),
  };
}

function side({ range, type, _offset, _length }, down = false) {
  const [low, high] = range.map(Number);
  const scale = _length / (high - low);
  const logarithmic = type === "log";
  const place = (at) => (down ? _offset + _length - (at - low) * scale : _offset + (at - low) * scale);
  return {
    low,
    high,
    logarithmic,
    offset: _offset,
    length: _length,
    place,
    to: (v) => place(logarithmic ? Math.log10(v) : v),
    from: (px) => (down ? low + (_offset + _length - px) / scale : low + (px - _offset) / scale),
  };
}

export function inside({ x, y }, px, py) {
  return px >= x.offset && px <= x.offset + x.length && py >= y.offset && py <= y.offset + y.length;
}

// Pixels far outside are drawn at a finite distance: browsers lose their way beyond about 1e6.
export const near = (px) => Math.min(Math.max(px, -1e5), 1e5);
