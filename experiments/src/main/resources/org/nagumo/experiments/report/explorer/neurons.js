// The neuron of Hodgkin and Huxley (1952) and its classical reduction to two variables: the equations of the Java
// classes HodgkinHuxley and RinzelReduction. Potentials in mV, times in ms, currents in uA/cm2.

/** x / (1 - e^-x), with its removable singularity by a series; e is e^-x. */
function linoid(x, e) {
  return Math.abs(x) < 1e-2 ? 1 + x / 2 + x * x / 12 - x * x * x * x / 720 : x / (1 - e);
}

function linoidSlope(x) {
  if (Math.abs(x) < 1e-2) {
    return 0.5 + x / 6 - x * x * x / 180;
  }
  const e = Math.exp(-x);
  return (1 - e - x * e) / ((1 - e) * (1 - e));
}

const E_2_5 = Math.exp(2.5);
const E_3 = Math.exp(3);

/**
 * The rates of the paper, of which all but one are powers of one exponential: it is most of the work of a frame.
 *
 * @param rates an object that receives alphaM to betaN
 */
function setRates(v, rates) {
  // e^(-(v + 65) / 80), / 20 and / 10
  const e80 = Math.exp(-(v + 65) / 80);
  const e40 = e80 * e80;
  const e20 = e40 * e40;
  const e10 = e20 * e20;
  rates.alphaM = linoid((v + 40) / 10, e10 * E_2_5);
  rates.betaM = 4 * Math.exp(-(v + 65) / 18);
  rates.alphaH = 0.07 * e20;
  rates.betaH = 1 / (1 + e10 * E_3);
  rates.alphaN = 0.1 * linoid((v + 55) / 10, e10 * Math.E);
  rates.betaN = 0.125 * e80;
}

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
  const rates = { alphaM: 0, betaM: 0, alphaH: 0, betaH: 0, alphaN: 0, betaN: 0 };
  return {
    stateNames: ['V', 'm', 'h', 'n'],
    derivative(x, current, out) {
      const v = x[0];
      out[0] = rate(v, x[1], x[2], x[3], current);
      setRates(v, rates);
      out[1] = speed * (rates.alphaM * (1 - x[1]) - rates.betaM * x[1]);
      out[2] = speed * (rates.alphaH * (1 - x[2]) - rates.betaH * x[2]);
      out[3] = speed * (rates.alphaN * (1 - x[3]) - rates.betaN * x[3]);
    },
    fastestRate(x) {
      const v = x[0];
      let gate = 10.1;
      if (v <= -80 || v >= 60) {
        setRates(v, rates);
        // Far below rest m is fast and next to nothing: it needs no more than a stable step.
        gate = (rates.alphaM + rates.betaM) / (v < 0 ? 6 : 1);
      }
      return Math.max(relaxation(x[1], x[2], x[3]), speed * gate);
    },
  };
}

/** Rinzel's reduction: m = m_inf(V), h = h0 - h1 n. */
export function reduction(p) {
  const { speed, rate, relaxation } = membrane(p);
  const rates = { alphaM: 0, betaM: 0, alphaH: 0, betaH: 0, alphaN: 0, betaN: 0 };
  return {
    stateNames: ['V', 'n'],
    derivative(x, current, out) {
      const v = x[0];
      const n = x[1];
      setRates(v, rates);
      out[0] = rate(v, rates.alphaM / (rates.alphaM + rates.betaM), p.h0 - p.h1 * n, n, current);
      out[1] = speed * (rates.alphaN * (1 - n) - rates.betaN * n);
    },
    fastestRate(x) {
      const v = x[0];
      const n = x[1];
      const h = p.h0 - p.h1 * n;
      setRates(v, rates);
      const a = rates.alphaM;
      const b = rates.betaM;
      const m = a / (a + b);
      const slope = (linoidSlope((v + 40) / 10) / 10 * b + a * b / 18) / ((a + b) * (a + b));
      const membraneRate = -3 * p.gNa * m * m * slope * h * (v - p.ENa) / p.C - relaxation(m, h, n);
      return Math.max(4 * Math.abs(membraneRate), speed * (rates.alphaN + rates.betaN));
    },
  };
}
