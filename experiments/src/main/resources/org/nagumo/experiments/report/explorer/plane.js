// What can be seen in a plane of states: nullclines, equilibria.

import { equilibriumNear, jacobian } from 'nagumo/system';

const CELLS = 80;

/**
 * The nullclines and equilibria of a flow of two variables in a frame.
 *
 * @param frame {x: [low, high], y: [low, high]}
 * @returns for each variable the segments [x1, y1, x2, y2, ...] of its nullcline, and the equilibria
 */
export function portrait(derivative, current, frame) {
  const n = CELLS + 1;
  const values = [new Float64Array(n * n), new Float64Array(n * n)];
  const x = Float64Array.from({ length: n }, (_, i) => frame.x[0] + (frame.x[1] - frame.x[0]) * i / CELLS);
  const y = Float64Array.from({ length: n }, (_, i) => frame.y[0] + (frame.y[1] - frame.y[0]) * i / CELLS);
  const state = new Float64Array(2);
  const slope = new Float64Array(2);
  for (let j = 0; j < n; j++) {
    for (let i = 0; i < n; i++) {
      state[0] = x[i];
      state[1] = y[j];
      derivative(state, current, slope);
      values[0][j * n + i] = slope[0];
      values[1][j * n + i] = slope[1];
    }
  }
  return {
    nullclines: values.map(field => contour(field, x, y)),
    equilibria: equilibria(derivative, current, values, x, y, frame),
  };
}

/** The zero of a field on a grid, cell by cell (marching squares). */
function contour(field, x, y) {
  const n = x.length;
  const segments = [];
  const hits = [];
  for (let j = 0; j + 1 < n; j++) {
    for (let i = 0; i + 1 < n; i++) {
      const a = field[j * n + i];
      const b = field[j * n + i + 1];
      const c = field[(j + 1) * n + i + 1];
      const d = field[(j + 1) * n + i];
      if (a > 0 === b > 0 && b > 0 === c > 0 && c > 0 === d > 0) {
        continue;
      }
      hits.length = 0;
      if (a > 0 !== b > 0) {
        hits.push(x[i] + (x[i + 1] - x[i]) * a / (a - b), y[j]);
      }
      if (b > 0 !== c > 0) {
        hits.push(x[i + 1], y[j] + (y[j + 1] - y[j]) * b / (b - c));
      }
      if (d > 0 !== c > 0) {
        hits.push(x[i] + (x[i + 1] - x[i]) * d / (d - c), y[j + 1]);
      }
      if (a > 0 !== d > 0) {
        hits.push(x[i], y[j] + (y[j + 1] - y[j]) * a / (a - d));
      }
      for (let k = 0; k + 3 < hits.length; k += 4) {
        segments.push(hits[k], hits[k + 1], hits[k + 2], hits[k + 3]);
      }
    }
  }
  return segments;
}

/** Newton's method from every cell through which both nullclines run. */
function equilibria(derivative, current, values, x, y, frame) {
  const n = x.length;
  const found = [];
  for (let j = 0; j + 1 < n; j++) {
    for (let i = 0; i + 1 < n; i++) {
      if (values.every(field => changes(field, j * n + i, n))) {
        const at = equilibriumNear(derivative, [(x[i] + x[i + 1]) / 2, (y[j] + y[j + 1]) / 2], current);
        if (at && inside(at, frame) && found.every(other => !same(other.state, at, frame))) {
          found.push({ state: at, kind: kind(jacobian(derivative, at, current)) });
        }
      }
    }
  }
  return found;
}

function changes(field, k, n) {
  const positive = (field[k] > 0) + (field[k + 1] > 0) + (field[k + n] > 0) + (field[k + n + 1] > 0);
  return positive > 0 && positive < 4;
}

function inside(at, frame) {
  return at[0] >= frame.x[0] && at[0] <= frame.x[1] && at[1] >= frame.y[0] && at[1] <= frame.y[1];
}

function same(a, b, frame) {
  return Math.abs(a[0] - b[0]) < 1e-6 * (frame.x[1] - frame.x[0])
    && Math.abs(a[1] - b[1]) < 1e-6 * (frame.y[1] - frame.y[0]);
}

/** 'stable', 'saddle' or 'unstable', by the real parts of the eigenvalues. */
function kind(j) {
  const half = (j[0][0] + j[1][1]) / 2;
  const determinant = j[0][0] * j[1][1] - j[0][1] * j[1][0];
  const inner = half * half - determinant;
  if (inner < 0) {
    return half > 0 ? 'unstable' : 'stable';
  }
  const growing = (half - Math.sqrt(inner) > 0) + (half + Math.sqrt(inner) > 0);
  return ['stable', 'saddle', 'unstable'][growing];
}
