// The currents that the page offers, on the scale of the neuron. Each has one number that the slider changes, and a
// time from which spikes and latency are counted.

/** When a stimulus begins, in units of time. */
const ONSET = 20;
const HYPERPOLARISED = 50;
const KICK_AT = 40;

/** Noise in units of current and time. */
const NOISE = { sd: 5, tau: 5 };

/**
 * The presets of a neuron.
 *
 * @param scale {current, time}: what 1 uA/cm2 and 1 ms are of Hodgkin and Huxley's neuron; {pulse, firing,
 *     hyperpolarising}: the amplitudes of the battery in units of current
 * @returns presets {id, name, slider, says, from, at(t, value) or noise or drawn, reach: currents beyond the slider's}
 * @param words {current(value), time(value)}: numbers with their units
 */
export function presets(scale, words) {
  const ms = value => value * scale.time;
  const pulse = (t, at) => t >= ms(at) && t < ms(at + 1);
  const kick = 4 / 3 * scale.pulse * scale.current;
  const noise = { sd: NOISE.sd * Math.abs(scale.current), tau: ms(NOISE.tau) };
  return [
    {
      id: 'step', from: ms(ONSET), name: 'Step',
      slider: slider('Step to', -20 * scale.hyperpolarising, 40, 2 / 3 * scale.firing, 600),
      says: `A step of current that begins after ${words.time(ms(ONSET))}.`,
      at: (t, value) => t >= ms(ONSET) ? value : 0,
    },
    {
      id: 'threshold', from: ms(ONSET), name: 'Threshold',
      slider: slider('Pulse of', 0, 4 / 3 * scale.pulse, 7 / 15 * scale.pulse, 400),
      says: `A pulse of ${words.time(ms(1))}. A little less, and the spike is missing.`,
      at: (t, value) => pulse(t, ONSET) ? value : 0,
    },
    {
      id: 'rebound', from: ms(ONSET + HYPERPOLARISED), name: 'Rebound',
      slider: slider('Held at', -20 * scale.hyperpolarising, 0, -5 * scale.hyperpolarising, 200),
      says: `Hyperpolarised for ${words.time(ms(HYPERPOLARISED))}, then released: some neurons spike without any`
        + ' depolarising current.',
      at: (t, value) => t >= ms(ONSET) && t < ms(ONSET + HYPERPOLARISED) ? value : 0,
    },
    {
      id: 'bistability', from: ms(KICK_AT), name: 'Bistability',
      slider: slider('Held at', 4, 11, 7, 140),
      says: `Starts in the equilibrium at this current. A kick of ${words.time(ms(1))} follows: where rest and firing`
        + ' are both stable, the firing goes on.',
      held: true, reach: [kick + 4 * scale.current, kick + 11 * scale.current],
      at: (t, value) => value + (pulse(t, KICK_AT) ? kick : 0),
    },
    {
      id: 'noise', from: 0, name: 'Noise',
      slider: slider('Mean', -5 * scale.hyperpolarising, 15, 5, 200),
      says: `Ornstein-Uhlenbeck noise: standard deviation ${words.current(noise.sd)}, correlation time`
        + ` ${words.time(noise.tau)}.`,
      noise,
    },
    {
      id: 'drawn', from: 0, name: 'Drawn',
      slider: slider('Shifted by', -20 * scale.hyperpolarising, 20, 0, 400),
      says: 'Draw into the current with the mouse or a finger.',
      drawn: true,
    },
  ].map(preset => ({ reach: [], ...preset }));

  /** A slider between two numbers of units of current, in round steps. */
  function slider(label, low, high, value, steps) {
    const [from, to] = [low * scale.current, high * scale.current].sort((a, b) => a - b);
    const step = round125((to - from) / steps);
    const onStep = x => Number((Math.round(x / step) * step).toPrecision(12));
    return { label, min: onStep(from), max: onStep(to), step, value: onStep(value * scale.current) };
  }
}

/** The number nearest to 1, 2 or 5 times a power of ten. */
function round125(value) {
  const power = Math.pow(10, Math.floor(Math.log10(value) + 1e-9));
  const lead = value / power;
  return Number(((lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power).toPrecision(3));
}

/**
 * The current of a preset on a time grid.
 *
 * @param drawn the drawn current, to which the drawn preset adds the slider's value
 */
export function currentOf(preset, value, samples, dt, seed, drawn) {
  if (preset.noise) {
    return noisy(preset.noise, value, samples, dt, seed);
  }
  return Float64Array.from({ length: samples }, preset.drawn ? (_, i) => drawn[i] + value
    : (_, i) => preset.at(i * dt * (1 + 1e-12) + 1e-9 * dt, value));
}

/** Noise from its stationary distribution by the exact discretisation (Gillespie 1996). */
function noisy({ sd, tau }, mean, samples, dt, seed) {
  const gaussian = gaussians(seed);
  const decay = Math.exp(-dt / tau);
  const kick = sd * Math.sqrt(1 - decay * decay);
  let deviation = sd * gaussian();
  return Float64Array.from({ length: samples }, () => {
    const value = mean + deviation;
    deviation = deviation * decay + kick * gaussian();
    return value;
  });
}

/** Standard normal numbers by Box and Muller, from Marsaglia's xorshift generator of 32 bits. */
function gaussians(seed) {
  let state = Math.imul(seed, 0x9e3779b1) ^ 0x6a09e667 || 1;
  const uniform = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return ((state >>> 0) + 0.5) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
}
