// The continuous-time GRU with its readout: the equations of the Java classes FusedGru and FusedReadout, in double
// precision like NetworkSystem, in steps of the same method.
//
//   z = sigma(b + w x + u . h)     r alike     c = tanh(b + w x + u . (r h))     tau dh/dt = (1 - z)(c - h)
//   with shared features f = tanh(b + w x + u . h), the sums of z, r and c have one more term, p . f
//   v = bias + linear . h + sum of weight tanh(b + u . h)

const sigmoid = a => 1 / (1 + Math.exp(-a));

/** tanh by one exponential, to the last digits of 1, in half the time of Math.tanh. */
const feature = a => 1 - 2 / (1 + Math.exp(2 * a));

/** The sum that enters a gate: bias, input and states. */
function sum(unit, x, h) {
  let a = unit.bias + unit.input * x;
  for (let k = 0; k < h.length; k++) {
    a += unit.state[k] * h[k];
  }
  return a;
}

/** The sum that enters a gate, with the shared features. */
function gateSum(unit, x, h, features) {
  let a = sum(unit, x, h);
  for (let f = 0; f < features.length; f++) {
    a += unit.features[f] * features[f];
  }
  return a;
}

/** @param d the network as the Java class Explorer describes it */
export function network(d) {
  const units = d.tauMs.length;
  const { z, r, c } = d.gates;
  const reset = new Float64Array(units);
  const features = new Float64Array(d.features.length);
  // Most of the time goes here: the weights of all features in one row, bias, input and states.
  const weights = Float64Array.from(d.features.flatMap(unit => [unit.bias, unit.input, ...unit.state]));

  function setFeatures(x, h) {
    for (let f = 0, w = 0; f < features.length; f++) {
      let a = weights[w++] + weights[w++] * x;
      for (let k = 0; k < units; k++) {
        a += weights[w++] * h[k];
      }
      features[f] = feature(a);
    }
  }

  function derivative(h, current, out) {
    const x = current / d.currentUnit;
    setFeatures(x, h);
    for (let k = 0; k < units; k++) {
      reset[k] = sigmoid(gateSum(r[k], x, h, features)) * h[k];
    }
    for (let j = 0; j < units; j++) {
      out[j] = (1 - sigmoid(gateSum(z[j], x, h, features))) * (Math.tanh(gateSum(c[j], x, reset, features)) - h[j])
        / d.tauMs[j];
    }
  }

  function voltage(h) {
    let v = d.readout.bias;
    for (let j = 0; j < units; j++) {
      v += d.readout.linear[j] * h[j];
    }
    for (const unit of d.readout.units) {
      v += unit.weight * Math.tanh(sum(unit, 0, h));
    }
    return d.voltageOffset + d.voltageUnit * v;
  }

  /** States at the samples of a current, from an initial one. */
  function respond(initial, current, dtMs) {
    const { inner, weights: shares, substeps } = d.integrator;
    const h = Float64Array.from(initial);
    const y = new Float64Array(units);
    const next = new Float64Array(units);
    const slope = new Float64Array(units);
    // A step longer than the time constant would overshoot.
    const steps = d.tauMs.map(tau => Math.min(dtMs / substeps, tau));
    const states = Array.from({ length: units }, () => new Float64Array(current.length));
    function step(input) {
      next.set(h);
      y.set(h);
      for (let i = 0; i < inner.length; i++) {
        for (let j = 0; i > 0 && j < units; j++) {
          y[j] = h[j] + inner[i] * steps[j] * slope[j];
        }
        derivative(y, input, slope);
        for (let j = 0; j < units; j++) {
          next[j] += shares[i] * steps[j] * slope[j];
        }
      }
      h.set(next);
    }
    for (let t = 0; t < current.length; t++) {
      for (let j = 0; j < units; j++) {
        states[j][t] = h[j];
      }
      for (let s = 0; s < substeps; s++) {
        step(current[t]);
      }
    }
    return states;
  }

  /** What every gate does in a state. */
  function gates(h, current) {
    const x = current / d.currentUnit;
    setFeatures(x, h);
    const resets = r.map(unit => sigmoid(gateSum(unit, x, h, features)));
    const scaled = resets.map((value, k) => value * h[k]);
    return z.map((unit, j) => ({
      h: h[j], z: sigmoid(gateSum(unit, x, h, features)), r: resets[j], c: Math.tanh(gateSum(c[j], x, scaled, features)),
      tauMs: d.tauMs[j],
    }));
  }

  return { units, derivative, voltage, respond, gates };
}
