// The method of order 5 with an error estimate of order 4 of J. R. Dormand and P. J. Prince (1980), A family of
// embedded Runge-Kutta formulae, J. Comput. Appl. Math. 6:19-26, table 2 (RK5(4)7M).

const A = [
  [1 / 5],
  [3 / 40, 9 / 40],
  [44 / 45, -56 / 15, 32 / 9],
  [19372 / 6561, -25360 / 2187, 64448 / 6561, -212 / 729],
  [9017 / 3168, -355 / 33, 46732 / 5247, 49 / 176, -5103 / 18656],
  [35 / 384, 0, 500 / 1113, 125 / 192, -2187 / 6784, 11 / 84],
];

/** Weights of the error: those of order 5 less those of order 4. */
const E = [71 / 57600, 0, -71 / 16695, 71 / 1920, -17253 / 339200, 22 / 525, -1 / 40];

/** Largest error of a step, in parts of the typical range of a state. */
const TOLERANCE = 2e-6;

/** A sample that needs more steps is given up: the system is too stiff, or its state leaves all bounds. */
const MOST_STEPS = 2000;

/**
 * The response of a system to a current, each value of which is held for dt. Sample i is the state at i dt.
 *
 * @param derivative (x, u, out)
 * @param scales typical range of each state
 * @returns one Float64Array for each state; NaN from where the response is given up
 */
export function respond(derivative, initial, current, dt, scales) {
  const n = initial.length;
  const x = Float64Array.from(initial);
  const y = new Float64Array(n);
  const k = Array.from({ length: 7 }, () => new Float64Array(n));
  const states = Array.from({ length: n }, () => new Float64Array(current.length).fill(NaN));
  let step = dt;
  for (let t = 0; t < current.length; t++) {
    for (let i = 0; i < n; i++) {
      states[i][t] = x[i];
    }
    const u = current[t];
    if (t === 0 || u !== current[t - 1]) {
      derivative(x, u, k[0]);
    }
    let left = dt;
    for (let count = 0; left > 0; count++) {
      if (count === MOST_STEPS) {
        return states;
      }
      const last = step >= left;
      const h = last ? left : step;
      for (let stage = 1; stage < 7; stage++) {
        const a = A[stage - 1];
        for (let i = 0; i < n; i++) {
          let sum = 0;
          for (let s = 0; s < stage; s++) {
            sum += a[s] * k[s][i];
          }
          y[i] = x[i] + h * sum;
        }
        derivative(y, u, k[stage]);
      }
      let error = 0;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let s = 0; s < 7; s++) {
          sum += E[s] * k[s][i];
        }
        // A NaN stays.
        const part = Math.abs(h * sum) / (TOLERANCE * scales[i]);
        error = part <= error ? error : part;
      }
      if (error <= 1) {
        x.set(y);
        k[0].set(k[6]);
        left = last ? 0 : left - h;
        const next = h * Math.min(5, 0.9 * Math.pow(error, -0.2));
        step = last ? Math.max(step, next) : next;
      } else {
        step = h * (error < Infinity ? Math.max(0.2, 0.9 * Math.pow(error, -0.2)) : 0.1);
      }
    }
  }
  return states;
}
