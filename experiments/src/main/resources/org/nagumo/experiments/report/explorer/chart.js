// A chart on a canvas: axes with units, lines, points. Lengths are in CSS pixels.

const FONT = '12px system-ui, sans-serif';
const AXIS = '#808080';
const GRID = '#ececec';
const INK = '#333333';
const MARGIN = { left: 56, right: 14, top: 8, bottom: 36 };

/** Round numbers from low to high, about as many as fit. */
export function ticks(low, high, most) {
  const rough = (high - low) / Math.max(1, most);
  const power = Math.pow(10, Math.floor(Math.log10(rough)));
  const step = [1, 2, 5, 10].map(m => m * power).find(s => s >= rough * 0.9);
  const result = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) {
    result.push(Number((k * step).toPrecision(12)));
  }
  return result;
}

export class Chart {
  /**
   * @param labels {x, y}: titles of the axes with their units; without x, the chart shares that of the one below
   */
  constructor(canvas, labels) {
    this.canvas = canvas;
    this.labels = labels;
    this.margin = { ...MARGIN, bottom: labels.x ? MARGIN.bottom : 8 };
    this.context = canvas.getContext('2d');
    this.domain = { x: [0, 1], y: [0, 1] };
    this.fit();
  }

  /** Takes the size that the page gives the canvas. */
  fit() {
    const density = window.devicePixelRatio || 1;
    this.width = this.canvas.clientWidth;
    this.height = this.canvas.clientHeight;
    this.canvas.width = Math.round(this.width * density);
    this.canvas.height = Math.round(this.height * density);
    this.context.setTransform(density, 0, 0, density, 0, 0);
  }

  get plot() {
    const m = this.margin;
    return { left: m.left, top: m.top, right: this.width - m.right, bottom: this.height - m.bottom };
  }

  px(x) {
    const { left, right } = this.plot;
    return left + (x - this.domain.x[0]) / (this.domain.x[1] - this.domain.x[0]) * (right - left);
  }

  py(y) {
    const { top, bottom } = this.plot;
    return bottom - (y - this.domain.y[0]) / (this.domain.y[1] - this.domain.y[0]) * (bottom - top);
  }

  /** The abscissa and ordinate under a pointer. */
  at(event) {
    const box = this.canvas.getBoundingClientRect();
    const { left, right, top, bottom } = this.plot;
    const share = (event.clientX - box.left - left) / (right - left);
    const rise = (bottom - (event.clientY - box.top)) / (bottom - top);
    const between = (range, s) => range[0] + (range[1] - range[0]) * Math.min(1, Math.max(0, s));
    return { x: between(this.domain.x, share), y: between(this.domain.y, rise) };
  }

  /** Clears the chart and draws its axes. */
  begin() {
    const g = this.context;
    const { left, right, top, bottom } = this.plot;
    g.clearRect(0, 0, this.width, this.height);
    g.font = FONT;
    g.lineWidth = 1;
    g.strokeStyle = GRID;
    const xs = ticks(this.domain.x[0], this.domain.x[1], (right - left) / 44);
    const ys = ticks(this.domain.y[0], this.domain.y[1], (bottom - top) / 24);
    g.beginPath();
    for (const x of xs) {
      g.moveTo(Math.round(this.px(x)) + 0.5, top);
      g.lineTo(Math.round(this.px(x)) + 0.5, bottom);
    }
    for (const y of ys) {
      g.moveTo(left, Math.round(this.py(y)) + 0.5);
      g.lineTo(right, Math.round(this.py(y)) + 0.5);
    }
    g.stroke();
    g.fillStyle = INK;
    g.textBaseline = 'middle';
    g.textAlign = 'right';
    for (const y of ys) {
      g.fillText(text(y), left - 6, this.py(y));
    }
    if (this.labels.x) {
      g.textBaseline = 'top';
      g.textAlign = 'center';
      for (const x of xs) {
        g.fillText(text(x), this.px(x), bottom + 5);
      }
      g.fillText(this.labels.x, (left + right) / 2, bottom + 20);
    }
    g.save();
    g.translate(9, (top + bottom) / 2);
    g.rotate(-Math.PI / 2);
    g.textAlign = 'center';
    g.textBaseline = 'middle';
    g.fillText(this.labels.y, 0, 0);
    g.restore();
    g.strokeStyle = AXIS;
    g.strokeRect(left + 0.5, top + 0.5, right - left - 1, bottom - top - 1);
    g.save();
    g.beginPath();
    g.rect(left, top, right - left, bottom - top);
    g.clip();
  }

  end() {
    this.context.restore();
  }

  /** A line through samples from one index to another. */
  line(xs, ys, look, from = 0, to = xs.length) {
    const g = this.stroke(look);
    g.beginPath();
    for (let i = from; i < to; i++) {
      g.lineTo(this.px(xs[i]), this.py(ys[i]));
    }
    g.stroke();
    g.setLineDash([]);
    g.globalAlpha = 1;
  }

  /** Values that are held until the next sample. */
  steps(xs, ys, look) {
    const g = this.stroke(look);
    g.beginPath();
    for (let i = 0; i < xs.length; i++) {
      if (i > 0) {
        g.lineTo(this.px(xs[i]), this.py(ys[i - 1]));
      }
      g.lineTo(this.px(xs[i]), this.py(ys[i]));
    }
    g.stroke();
    g.setLineDash([]);
  }

  /** A curve through points [x, y], interrupted where there is null. */
  curve(points, look) {
    const g = this.stroke(look);
    g.beginPath();
    points.forEach((point, k) => {
      if (point) {
        g[k > 0 && points[k - 1] ? 'lineTo' : 'moveTo'](this.px(point[0]), this.py(point[1]));
      }
    });
    g.stroke();
    g.setLineDash([]);
  }

  /** Pieces [x1, y1, x2, y2, ...] of a curve. */
  segments(pieces, look) {
    const g = this.stroke(look);
    g.beginPath();
    for (let k = 0; k + 3 < pieces.length; k += 4) {
      g.moveTo(this.px(pieces[k]), this.py(pieces[k + 1]));
      g.lineTo(this.px(pieces[k + 2]), this.py(pieces[k + 3]));
    }
    g.stroke();
  }

  vertical(x, look) {
    this.line([x, x], this.domain.y, look);
  }

  /** A disc, or with hollow a ring or, with four corners, a diamond. */
  point(x, y, { color, size = 5, hollow = false, corners = 0, rim = null }) {
    const g = this.context;
    const cx = this.px(x);
    const cy = this.py(y);
    g.beginPath();
    if (corners === 4) {
      g.moveTo(cx - size, cy);
      g.lineTo(cx, cy - size);
      g.lineTo(cx + size, cy);
      g.lineTo(cx, cy + size);
      g.closePath();
    } else {
      g.arc(cx, cy, size, 0, 2 * Math.PI);
    }
    g.fillStyle = hollow ? '#ffffff' : color;
    g.fill();
    g.lineWidth = hollow ? 2 : 1.5;
    g.strokeStyle = hollow ? color : rim || color;
    g.stroke();
  }

  stroke({ color, width = 1.5, dash = [], alpha = 1 }) {
    const g = this.context;
    g.strokeStyle = color;
    g.lineWidth = width;
    g.lineJoin = 'round';
    g.globalAlpha = alpha;
    g.setLineDash(dash);
    return g;
  }
}

function text(value) {
  return String(value).replace('-', '\u2212');
}
