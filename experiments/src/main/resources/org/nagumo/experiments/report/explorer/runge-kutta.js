// The classical Runge-Kutta method of order 4, in steps short enough to be within 0.02 mV (the reduction, 0.1 mV) of what
// the project computes, and long enough for a frame of the screen.

const LONGEST_STEP_MS = 0.0125;
const LARGEST_STEP_TIMES_RATE = 0.15;

/**
 * The response of a neuron to a current, each value of which is held for dtMs. Sample i is the state at i dtMs.
 *
 * @returns one Float64Array for each state variable
 */
export function respond(neuron, initial, current, dtMs) {
  const n = initial.length;
  const x = Float64Array.from(initial);
  const y = new Float64Array(n);
  const k1 = new Float64Array(n);
  const k2 = new Float64Array(n);
  const k3 = new Float64Array(n);
  const k4 = new Float64Array(n);
  const states = Array.from({ length: n }, () => new Float64Array(current.length));
  for (let t = 0; t < current.length; t++) {
    for (let i = 0; i < n; i++) {
      states[i][t] = x[i];
    }
    const input = current[t];
    let left = dtMs;
    while (left > 0) {
      const longest = Math.min(LONGEST_STEP_MS, LARGEST_STEP_TIMES_RATE / neuron.fastestRate(x, input));
      const steps = Math.ceil(left / longest - 1e-9);
      const dt = left / steps;
      neuron.derivative(x, input, k1);
      for (let i = 0; i < n; i++) {
        y[i] = x[i] + dt / 2 * k1[i];
      }
      neuron.derivative(y, input, k2);
      for (let i = 0; i < n; i++) {
        y[i] = x[i] + dt / 2 * k2[i];
      }
      neuron.derivative(y, input, k3);
      for (let i = 0; i < n; i++) {
        y[i] = x[i] + dt * k3[i];
      }
      neuron.derivative(y, input, k4);
      for (let i = 0; i < n; i++) {
        x[i] += dt / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
      }
      left = steps > 1 ? left - dt : 0;
    }
  }
  return states;
}
