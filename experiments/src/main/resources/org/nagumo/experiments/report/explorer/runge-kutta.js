// The explicit Runge-Kutta methods by which a network runs, in its own steps: each stage needs the one before alone.

/** Room for the rounding of steps such as 0.3 / 3. */
const ROUNDING = 1e-9;

/**
 * The response of a network to a current, each value of which is held for dt. Sample i is the state at i dt.
 *
 * @param derivative (x, u, out)
 * @param method {inner, weights}: places of the stages and weights of their slopes; {substeps, dt}: steps in a sample
 *     of the training; {timeConstants}: of each state, above which a step would overshoot
 * @returns one Float64Array for each state
 */
export function respond(derivative, initial, current, dt, method) {
  const n = initial.length;
  const { inner, weights } = method;
  const substeps = method.substeps * Math.max(1, Math.ceil(dt / method.dt * (1 - ROUNDING)));
  const steps = method.timeConstants.map(tau => Math.min(dt / substeps, tau));
  const x = Float64Array.from(initial);
  const y = new Float64Array(n);
  const next = new Float64Array(n);
  const slope = new Float64Array(n);
  const states = Array.from({ length: n }, () => new Float64Array(current.length));
  for (let t = 0; t < current.length; t++) {
    for (let i = 0; i < n; i++) {
      states[i][t] = x[i];
    }
    for (let s = 0; s < substeps; s++) {
      next.set(x);
      y.set(x);
      for (let stage = 0; stage < inner.length; stage++) {
        for (let i = 0; stage > 0 && i < n; i++) {
          y[i] = x[i] + inner[stage] * steps[i] * slope[i];
        }
        derivative(y, current[t], slope);
        for (let i = 0; i < n; i++) {
          next[i] += weights[stage] * steps[i] * slope[i];
        }
      }
      x.set(next);
    }
  }
  return states;
}
