// The neuron of Hodgkin and Huxley (1952) and its classical reduction to two variables: the equations of the Java
// classes HodgkinHuxley and RinzelReduction. Potentials in mV, times in ms, currents in uA/cm2.

/** x / (1 - e^-x), with its removable singularity by a series. */
function linoid(x) {
  return Math.abs(x) < 1e-2 ? 1 + x / 2 + x * x / 12 - x * x * x * x / 720 : x / (1 - Math.exp(-x));
}

function linoidSlope(x) {
  if (Math.abs(x) < 1e-2) {
    return 0.5 + x / 6 - x * x * x / 180;
  }
  const e = Math.exp(-x);
  return (1 - e - x * e) / ((1 - e) * (1 - e));
}

const alphaM = v => linoid((v + 40) / 10);
const betaM = v => 4 * Math.exp(-(v + 65) / 18);
const alphaH = v => 0.07 * Math.exp(-(v + 65) / 20);
const betaH = v => 1 / (1 + Math.exp(-(v + 35) / 10));
const alphaN = v => 0.1 * linoid((v + 55) / 10);
const betaN = v => 0.125 * Math.exp(-(v + 65) / 80);

function membrane(p) {
  return {
    speed: Math.pow(3, (p.T - 6.3) / 10),
    rate: (v, m, h, n, current) => (current - p.gNa * m * m * m * h * (v - p.ENa)
      - p.gK * n * n * n * n * (v - p.EK) - p.gL * (v - p.EL)) / p.C,
    relaxation: (m, h, n) => (p.gNa * m * m * m * h + p.gK * n * n * n * n + p.gL) / p.C,
  };
}

/** @param p parameters by name */
export function hodgkinHuxley(p) {
  const { speed, rate, relaxation } = membrane(p);
  return {
    stateNames: ['V', 'm', 'h', 'n'],
    derivative(x, current, out) {
      const v = x[0];
      out[0] = rate(v, x[1], x[2], x[3], current);
      out[1] = speed * (alphaM(v) * (1 - x[1]) - betaM(v) * x[1]);
      out[2] = speed * (alphaH(v) * (1 - x[2]) - betaH(v) * x[2]);
      out[3] = speed * (alphaN(v) * (1 - x[3]) - betaN(v) * x[3]);
    },
    fastestRate(x) {
      const v = x[0];
      // Far below rest m is fast and next to nothing: it needs no more than a stable step.
      const gate = v > 60 ? alphaM(v) + betaM(v) : v > -80 ? 10.1 : (alphaM(v) + betaM(v)) / 6;
      return Math.max(relaxation(x[1], x[2], x[3]), speed * gate);
    },
  };
}

/** Rinzel's reduction: m = m_inf(V), h = h0 - h1 n. */
export function reduction(p) {
  const { speed, rate, relaxation } = membrane(p);
  return {
    stateNames: ['V', 'n'],
    derivative(x, current, out) {
      const v = x[0];
      const n = x[1];
      const a = alphaM(v);
      out[0] = rate(v, a / (a + betaM(v)), p.h0 - p.h1 * n, n, current);
      out[1] = speed * (alphaN(v) * (1 - n) - betaN(v) * n);
    },
    fastestRate(x) {
      const v = x[0];
      const n = x[1];
      const h = p.h0 - p.h1 * n;
      const a = alphaM(v);
      const b = betaM(v);
      const m = a / (a + b);
      const slope = (linoidSlope((v + 40) / 10) / 10 * b + a * b / 18) / ((a + b) * (a + b));
      const membraneRate = -3 * p.gNa * m * m * slope * h * (v - p.ENa) / p.C - relaxation(m, h, n);
      return Math.max(4 * Math.abs(membraneRate), speed * (alphaN(v) + betaN(v)));
    },
  };
}
