// A neuron or a network, seen in one way: a state, a membrane potential, an answer to a current.

import { hodgkinHuxley, reduction } from 'nagumo/neurons';
import { respond } from 'nagumo/runge-kutta';
import { network } from 'nagumo/network';

const KINDS = { hh: fromNeuron(hodgkinHuxley), rinzel: fromNeuron(reduction), gru: fromNetwork };

/** The system that the page describes. */
export function system(description) {
  return KINDS[description.kind](description);
}

function fromNeuron(make) {
  return description => {
    const neuron = make(description.parameters);
    const dimension = neuron.stateNames.length;
    return {
      name: description.name,
      stateNames: neuron.stateNames,
      rest: Float64Array.from(description.rest),
      plane: [0, dimension - 1],
      derivative: neuron.derivative,
      voltage: x => x[0],
      simulate(current, dtMs, initial) {
        const states = respond(neuron, initial || this.rest, current, dtMs);
        return { voltage: states[0], states };
      },
    };
  };
}

function fromNetwork(description) {
  const net = network(description);
  const still = new Float64Array(Math.ceil(description.settlingMs / description.dtMs) + 1);
  const settled = net.respond(new Float64Array(net.units), still, description.dtMs);
  return {
    name: description.name,
    stateNames: settled.map((_, j) => 'h' + (j + 1)),
    rest: Float64Array.from(settled, h => h[still.length - 1]),
    plane: net.units === 1 ? null : [0, 1],
    derivative: net.derivative,
    voltage: net.voltage,
    gates: net.gates,
    simulate(current, dtMs, initial) {
      const states = net.respond(initial || this.rest, current, dtMs);
      const h = new Float64Array(net.units);
      const voltage = new Float64Array(current.length);
      for (let t = 0; t < current.length; t++) {
        for (let j = 0; j < net.units; j++) {
          h[j] = states[j][t];
        }
        voltage[t] = net.voltage(h);
      }
      return { voltage, states };
    },
  };
}

/** The Jacobian of a flow, by central differences. */
export function jacobian(derivative, x, current) {
  const n = x.length;
  const up = new Float64Array(n);
  const down = new Float64Array(n);
  const y = Float64Array.from(x);
  const rows = Array.from({ length: n }, () => new Float64Array(n));
  for (let i = 0; i < n; i++) {
    const by = 1e-5 * (1 + Math.abs(x[i]));
    y[i] = x[i] + by;
    derivative(y, current, up);
    y[i] = x[i] - by;
    derivative(y, current, down);
    y[i] = x[i];
    for (let k = 0; k < n; k++) {
      rows[k][i] = (up[k] - down[k]) / (2 * by);
    }
  }
  return rows;
}

/** The equilibrium that Newton's method finds from a state, or null. */
export function equilibriumNear(derivative, start, current) {
  const x = Float64Array.from(start);
  const n = x.length;
  const f = new Float64Array(n);
  for (let iteration = 0; iteration < 30; iteration++) {
    derivative(x, current, f);
    const step = solve(jacobian(derivative, x, current), f);
    let size = 0;
    for (let i = 0; i < n; i++) {
      x[i] -= step[i];
      size = Math.max(size, Math.abs(step[i]) / (1 + Math.abs(x[i])));
    }
    if (size < 1e-11) {
      return x;
    }
    if (!(size < 1e3)) {
      return null;
    }
  }
  return null;
}

/** The resting state at a holding current, followed there from the one without current; null where it is lost. */
export function restAt(of, current) {
  let x = of.rest;
  const steps = Math.max(1, Math.ceil(Math.abs(current)));
  for (let i = 1; i <= steps && x; i++) {
    x = equilibriumNear(of.derivative, x, current * i / steps);
  }
  return x;
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
