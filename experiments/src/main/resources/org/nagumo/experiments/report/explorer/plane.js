// What can be seen of a system in its plane: equilibria of the whole system; nullclines where the plane has all states,
// else the curve on which all states but the first stand still.

import { distinct, equilibria, standing } from 'nagumo/equilibria';

const CELLS = 80;

/**
 * The picture of a system under a constant current in a frame.
 *
 * @param frame {x: [low, high], y: [low, high]}
 * @param visited states from which equilibria are looked for as well
 * @returns nullclines: for each variable the segments [x1, y1, x2, y2, ...]; curve: points [x, y] of the standing
 *     states, null where it is interrupted; equilibria: {state, at: [x, y], kind, stable, unstable}
 */
export function portrait(of, current, frame, visited) {
  const picture = of.planar ? planar(of, current, frame) : projected(of, current, frame, visited);
  picture.equilibria.forEach(each => {
    each.at = of.point(each.state);
  });
  return picture;
}

/** Nullclines on a grid, equilibria by Newton's method from every cell through which both nullclines run. */
function planar(of, current, frame) {
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
      of.derivative(state, current, slope);
      values[0][j * n + i] = slope[0];
      values[1][j * n + i] = slope[1];
    }
  }
  const guesses = [];
  for (let j = 0; j + 1 < n; j++) {
    for (let i = 0; i + 1 < n; i++) {
      if (values.every(field => changes(field, j * n + i, n))) {
        guesses.push([(x[i] + x[i + 1]) / 2, (y[j] + y[j + 1]) / 2]);
      }
    }
  }
  return { nullclines: values.map(field => contour(field, x, y)), curve: [],
    equilibria: distinct(of, current, guesses).filter(({ state: at }) => inside(at, frame)) };
}

function projected(of, current, frame, visited) {
  const curve = standing(of, current, frame.x[0], frame.x[1]);
  return { nullclines: [], curve: curve.map(state => state && of.point(state)),
    equilibria: equilibria(of, current, curve, visited) };
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

function changes(field, k, n) {
  const positive = (field[k] > 0) + (field[k + 1] > 0) + (field[k + n] > 0) + (field[k + n + 1] > 0);
  return positive > 0 && positive < 4;
}

function inside(at, frame) {
  return at[0] >= frame.x[0] && at[0] <= frame.x[1] && at[1] >= frame.y[0] && at[1] <= frame.y[1];
}
