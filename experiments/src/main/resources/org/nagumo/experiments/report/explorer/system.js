// A neuron or a network, seen in one way: states, a membrane potential, a plane, an answer to a current. Its equations
// are the module that its description names, printed from the equations of the Java side.

import { respond as adaptive } from 'nagumo/dormand-prince';
import { respond as stepped } from 'nagumo/runge-kutta';

/** The system that the page describes; a promise. */
export async function system(description) {
  const { make } = await import(description.module);
  const model = make(Float64Array.from(description.parameters, parameter => parameter.value));
  const n = description.stateNames.length;
  const method = description.method;
  const run = method ? (initial, current, dt) => stepped(model.derivative, initial, current, dt, method)
    : (initial, current, dt) => adaptive(model.derivative, initial, current, dt, description.scales);
  return {
    name: description.name,
    stateNames: description.stateNames,
    dimension: n,
    scales: description.scales,
    axes: description.axes,
    planar: n === 2 && description.axes !== null && description.axes.ofStates,
    derivative: model.derivative,
    jacobian: model.jacobian,
    outputs: model.outputs,
    rest: description.rest ? Float64Array.from(description.rest) : settled(run, n, method.settling, method.dt),
    voltage: x => outputs(model, x)[0],
    point: x => outputs(model, x).subarray(1),
    gates: description.gates ? (x, u) => gates(model, description, x, u) : null,
    simulate(current, dt, initial) {
      const states = run(initial || this.rest, current, dt);
      const [voltage, ...plane] = Array.from({ length: 3 }, () => new Float64Array(current.length));
      const x = new Float64Array(n);
      const out = new Float64Array(3);
      for (let t = 0; t < current.length; t++) {
        for (let i = 0; i < n; i++) {
          x[i] = states[i][t];
        }
        model.outputs(x, 0, out);
        voltage[t] = out[0];
        plane[0][t] = out[1];
        plane[1][t] = out[2];
      }
      return { voltage, plane, states };
    },
  };
}

function outputs(model, x) {
  const out = new Float64Array(3);
  model.outputs(x, 0, out);
  return out;
}

/** The state to which a network settles without current, from state zero. */
function settled(run, n, time, dt) {
  const still = new Float64Array(Math.ceil(time / dt) + 1);
  return Float64Array.from(run(new Float64Array(n), still, dt), h => h[still.length - 1]);
}

/** What every gate of a network does in a state: h, z, r, c and dh/dt of each unit. */
function gates(model, description, x, u) {
  const values = new Float64Array(description.temporaries);
  const slope = new Float64Array(x.length);
  model.temporaries(x, u, values);
  model.derivative(x, u, slope);
  return description.gates.map((unit, j) => [x[j], values[unit.z], values[unit.r], values[unit.c], slope[j]]);
}
