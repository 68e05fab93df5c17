// Equilibria of the whole system and their stability: Newton's method with the printed Jacobian, and the eigenvalues of
// that matrix.

const MOST_ITERATIONS = 50;

/** Steps of this size, in parts of the typical range, end the iteration; below the second, rounding may do so. */
const AT_ONCE = 1e-14;
const CONVERGED = 1e-9;

/** Real parts below this part of the largest eigenvalue count as zero, as in the Java class EquilibriumKind. */
const ZERO = 1e-9;

/** Points of the curve on which all states but the first stand still. */
const CURVE_POINTS = 160;

/** The Jacobian at a state, row after row. */
export function jacobianAt(of, x, current) {
  const n = of.dimension;
  const flat = new Float64Array(n * n);
  of.jacobian(x, current, flat);
  return Array.from({ length: n }, (_, i) => flat.subarray(i * n, (i + 1) * n));
}

/** The equilibrium that Newton's method finds from a state, or null. */
export function equilibriumNear(of, start, current) {
  return newton(of, start, current, 0);
}

/** The resting state at a holding current, followed there from the one without current; null where it is lost. */
export function restAt(of, current, unit) {
  let x = of.rest;
  const steps = Math.max(1, Math.ceil(Math.abs(current / unit)));
  for (let i = 1; i <= steps && x; i++) {
    x = equilibriumNear(of, x, current * i / steps);
  }
  return x;
}

/** Newton's method for the states from a first one on; those before it are held. */
function newton(of, start, current, first) {
  const n = of.dimension;
  const x = Float64Array.from(start);
  const f = new Float64Array(n);
  let before = Infinity;
  for (let iteration = 0; iteration < MOST_ITERATIONS; iteration++) {
    of.derivative(x, current, f);
    const matrix = jacobianAt(of, x, current).slice(first).map(row => row.subarray(first));
    const step = solve(matrix, f.subarray(first));
    let size = 0;
    for (let i = first; i < n; i++) {
      x[i] -= step[i - first];
      size = Math.max(size, Math.abs(step[i - first]) / of.scales[i]);
    }
    if (size < AT_ONCE || size < CONVERGED && size >= before) {
      return x;
    }
    if (!(size < 1e3)) {
      return null;
    }
    before = size;
  }
  return null;
}

/** Gaussian elimination with row exchanges. */
function solve(matrix, right) {
  const n = right.length;
  const a = matrix.map((row, i) => [...row, right[i]]);
  for (let k = 0; k < n; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i][k]) > Math.abs(a[pivot][k])) {
        pivot = i;
      }
    }
    [a[k], a[pivot]] = [a[pivot], a[k]];
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k] / a[k][k];
      for (let j = k; j <= n; j++) {
        a[i][j] -= factor * a[k][j];
      }
    }
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    let value = a[k][n];
    for (let j = k + 1; j < n; j++) {
      value -= a[k][j] * x[j];
    }
    x[k] = value / a[k][k];
  }
  return x;
}

/**
 * The states in which all but the first stand still, one for each value of the first from low to high, as far as
 * Newton's method follows them; null where it does not.
 */
export function standing(of, current, low, high) {
  let x = of.rest;
  const towards = Array.from({ length: CURVE_POINTS + 1 }, (_, k) => low + (high - low) * k / CURVE_POINTS);
  const curve = new Array(towards.length).fill(null);
  const start = towards.reduce((best, v, k) => Math.abs(v - of.rest[0]) < Math.abs(towards[best] - of.rest[0])
    ? k : best, 0);
  for (const direction of [1, -1]) {
    x = of.rest;
    for (let k = start; k >= 0 && k < towards.length; k += direction) {
      const guess = Float64Array.from(x);
      guess[0] = towards[k];
      const found = of.dimension === 1 ? guess : newton(of, guess, current, 1);
      curve[k] = found;
      x = found || x;
    }
  }
  return curve;
}

/**
 * The equilibria that are found from the curve of standing states, where the first state's rate changes its sign, and
 * from other states.
 */
export function equilibria(of, current, curve, starts) {
  const rate = new Float64Array(of.dimension);
  const rates = curve.map(x => {
    if (!x) {
      return NaN;
    }
    of.derivative(x, current, rate);
    return rate[0];
  });
  const guesses = [...starts];
  for (let k = 1; k < curve.length; k++) {
    if (rates[k - 1] > 0 && rates[k] <= 0 || rates[k - 1] < 0 && rates[k] >= 0) {
      const share = rates[k - 1] / (rates[k - 1] - rates[k]);
      guesses.push(curve[k].map((value, i) => curve[k - 1][i] + share * (value - curve[k - 1][i])));
    }
  }
  return distinct(of, current, guesses);
}

/** What Newton's method finds from guesses, each equilibrium once, with its stability, by ascending first state. */
export function distinct(of, current, guesses) {
  const found = [];
  for (const guess of guesses) {
    const x = equilibriumNear(of, guess, current);
    if (x && found.every(other => other.state.some((value, i) => Math.abs(value - x[i]) > 1e-6 * of.scales[i]))) {
      found.push({ state: x, ...stability(of, x, current) });
    }
  }
  return found.sort((a, b) => a.state[0] - b.state[0]);
}

/**
 * The stability of an equilibrium by the eigenvalues of the whole Jacobian.
 *
 * @returns {stable, unstable: directions in which disturbances grow, kind: 'stable', 'saddle' or 'unstable', values}
 */
export function stability(of, x, current) {
  // A similarity transform to typical ranges, which balances the matrix.
  const matrix = jacobianAt(of, x, current).map((row, i) => Array.from(row, (value, j) => value * of.scales[j]
    / of.scales[i]));
  const values = eigenvalues(matrix);
  const zero = ZERO * values.reduce((most, [re, im]) => Math.max(most, Math.hypot(re, im)), 0);
  const unstable = values.filter(([re]) => re > zero).length;
  const stable = values.every(([re]) => re < -zero);
  return { stable, unstable, values, kind: stable ? 'stable' : unstable === values.length ? 'unstable' : 'saddle' };
}

/** The eigenvalues [re, im] of a real square matrix. */
export function eigenvalues(matrix) {
  const n = matrix.length;
  if (n === 1) {
    return [[matrix[0][0], 0]];
  }
  if (n === 2) {
    return ofTwo(matrix[0][0], matrix[0][1], matrix[1][0], matrix[1][1]);
  }
  return ofMany(hessenberg(matrix));
}

function ofTwo(a, b, c, d) {
  const middle = (a + d) / 2;
  const half = (a - d) / 2;
  const discriminant = half * half + b * c;
  if (discriminant < 0) {
    return [[middle, Math.sqrt(-discriminant)], [middle, -Math.sqrt(-discriminant)]];
  }
  // The larger one first; the other by their product, which loses no digits.
  const large = middle + (middle >= 0 ? 1 : -1) * Math.sqrt(discriminant);
  return [[large, 0], [large === 0 ? 0 : (a * d - b * c) / large, 0]];
}

/** A similar matrix with zeros below the first subdiagonal, by eliminations with row and column exchanges. */
function hessenberg(matrix) {
  const n = matrix.length;
  const a = matrix.map(row => Float64Array.from(row));
  for (let k = 1; k < n - 1; k++) {
    let pivot = k;
    for (let i = k + 1; i < n; i++) {
      if (Math.abs(a[i][k - 1]) > Math.abs(a[pivot][k - 1])) {
        pivot = i;
      }
    }
    if (a[pivot][k - 1] === 0) {
      continue;
    }
    [a[k], a[pivot]] = [a[pivot], a[k]];
    a.forEach(row => {
      [row[k], row[pivot]] = [row[pivot], row[k]];
    });
    for (let i = k + 1; i < n; i++) {
      const factor = a[i][k - 1] / a[k][k - 1];
      for (let j = k - 1; j < n; j++) {
        a[i][j] -= factor * a[k][j];
      }
      for (let j = 0; j < n; j++) {
        a[j][k] += factor * a[j][i];
      }
    }
  }
  return a;
}

/** The QR iteration on a Hessenberg matrix in complex arithmetic, with Wilkinson's shifts. */
function ofMany(a) {
  const n = a.length;
  const re = a.map(row => Float64Array.from(row));
  const im = a.map(() => new Float64Array(n));
  const size = Math.max(...re.map(row => Math.hypot(...row)));
  const values = [];
  let last = n - 1;
  for (let count = 0; last > 0 && count < 100 * n; count++) {
    let first = last;
    const modulus = (i, j) => Math.hypot(re[i][j], im[i][j]);
    while (first > 0 && modulus(first, first - 1) > Math.max(1e-17 * size,
      1e-16 * (modulus(first, first) + modulus(first - 1, first - 1)))) {
      first--;
    }
    if (first === last) {
      values.push([re[last][last], im[last][last]]);
      last--;
      continue;
    }
    const [sr, si] = count % 11 === 10 ? [re[last][last] + Math.hypot(re[last][last - 1], im[last][last - 1]),
      im[last][last]] : shift(re, im, last);
    turn(re, im, first, last, sr, si);
  }
  values.push([re[0][0], im[0][0]]);
  // Rounding leaves imaginary parts next to nothing.
  return values.map(([x, y]) => [x, Math.abs(y) < 1e-12 * size ? 0 : y]);
}

/** The eigenvalue of the last two rows that is nearer to the last element. */
function shift(re, im, k) {
  const [ar, ai, br, bi] = [re[k - 1][k - 1], im[k - 1][k - 1], re[k - 1][k], im[k - 1][k]];
  const [cr, ci, dr, di] = [re[k][k - 1], im[k][k - 1], re[k][k], im[k][k]];
  const [hr, hi] = [(ar - dr) / 2, (ai - di) / 2];
  const qr = hr * hr - hi * hi + br * cr - bi * ci;
  const qi = 2 * hr * hi + br * ci + bi * cr;
  const modulus = Math.hypot(qr, qi);
  let rr = Math.sqrt((modulus + Math.abs(qr)) / 2);
  let ri = rr === 0 ? 0 : qi / (2 * rr);
  if (qr < 0) {
    [rr, ri] = [Math.abs(ri), qi < 0 ? -rr : rr];
  }
  // d + h -+ root: the sign that keeps the result near d.
  const sign = hr * rr + hi * ri > 0 ? -1 : 1;
  return [dr + hr + sign * rr, di + hi + sign * ri];
}

/** One step A - sI = QR, A' = RQ + sI of the rows and columns from first to last, by rotations. */
function turn(re, im, first, last, sr, si) {
  for (let k = first; k <= last; k++) {
    re[k][k] -= sr;
    im[k][k] -= si;
  }
  const rotations = [];
  for (let k = first; k < last; k++) {
    const r = Math.hypot(re[k][k], im[k][k], re[k + 1][k], im[k + 1][k]) || 1;
    const [cr, ci, tr, ti] = [re[k][k] / r, im[k][k] / r, re[k + 1][k] / r, im[k + 1][k] / r];
    rotations.push([cr, ci, tr, ti]);
    for (let j = k; j <= last; j++) {
      const [xr, xi, yr, yi] = [re[k][j], im[k][j], re[k + 1][j], im[k + 1][j]];
      re[k][j] = cr * xr + ci * xi + tr * yr + ti * yi;
      im[k][j] = cr * xi - ci * xr + tr * yi - ti * yr;
      re[k + 1][j] = cr * yr - ci * yi - (tr * xr - ti * xi);
      im[k + 1][j] = cr * yi + ci * yr - (tr * xi + ti * xr);
    }
  }
  rotations.forEach(([cr, ci, tr, ti], index) => {
    const k = first + index;
    for (let i = first; i <= Math.min(k + 1, last); i++) {
      const [xr, xi, yr, yi] = [re[i][k], im[i][k], re[i][k + 1], im[i][k + 1]];
      re[i][k] = xr * cr - xi * ci + yr * tr - yi * ti;
      im[i][k] = xr * ci + xi * cr + yr * ti + yi * tr;
      re[i][k + 1] = yr * cr + yi * ci - (xr * tr + xi * ti);
      im[i][k + 1] = yi * cr - yr * ci - (xi * tr - xr * ti);
    }
  });
  for (let k = first; k <= last; k++) {
    re[k][k] += sr;
    im[k][k] += si;
  }
}
