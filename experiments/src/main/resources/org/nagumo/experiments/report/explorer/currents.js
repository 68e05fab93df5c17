// The currents that the page offers. Each has one number that the slider changes, and a time from which spikes and
// latency are counted; times in ms, currents in uA/cm2.

/** When a stimulus begins. */
const ONSET_MS = 20;

const NOISE = { sd: 5, tauMs: 5 };
const KICK = { atMs: 40, durationMs: 1, current: 20 };

export const PRESETS = [
  {
    id: 'step', fromMs: ONSET_MS, name: 'Step',
    slider: { label: 'Step to', min: -20, max: 40, step: 0.1, value: 10 },
    says: 'A step of current that begins after 20 ms.',
    at: (t, value) => t >= ONSET_MS ? value : 0,
  },
  {
    id: 'threshold', fromMs: ONSET_MS, name: 'Threshold',
    slider: { label: 'Pulse of', min: 0, max: 20, step: 0.05, value: 7 },
    says: 'A pulse of 1 ms. A little less, and the spike is missing.',
    at: (t, value) => t >= ONSET_MS && t < ONSET_MS + 1 ? value : 0,
  },
  {
    id: 'rebound', fromMs: ONSET_MS + 50, name: 'Rebound',
    slider: { label: 'Held at', min: -20, max: 0, step: 0.1, value: -5 },
    says: 'Hyperpolarised for 50 ms, then released: a spike without any positive current.',
    at: (t, value) => t >= ONSET_MS && t < ONSET_MS + 50 ? value : 0,
  },
  {
    id: 'bistability', fromMs: KICK.atMs, name: 'Bistability',
    slider: { label: 'Held at', min: 4, max: 11, step: 0.05, value: 7 },
    says: 'Both begin at rest at this current. A kick of 1 ms makes them fire: they stay in whichever they are in.',
    held: true,
    at: (t, value) => value + (t >= KICK.atMs && t < KICK.atMs + KICK.durationMs ? KICK.current : 0),
  },
  {
    id: 'noise', fromMs: 0, name: 'Noise',
    slider: { label: 'Mean', min: -5, max: 15, step: 0.1, value: 5 },
    says: 'Ornstein-Uhlenbeck noise: standard deviation 5 \u00b5A/cm\u00b2, correlation time 5 ms.',
    random: true,
  },
  {
    id: 'drawn', fromMs: 0, name: 'Drawn',
    slider: { label: 'Shifted by', min: -20, max: 20, step: 0.1, value: 0 },
    says: 'Draw into the current with the mouse or a finger.',
    drawn: true,
  },
];

/**
 * The current of a preset on a time grid.
 *
 * @param drawn the drawn current, to which the drawn preset adds the slider's value
 */
export function currentOf(preset, value, samples, dtMs, seed, drawn) {
  if (preset.random) {
    return noise(value, samples, dtMs, seed);
  }
  return Float64Array.from({ length: samples }, preset.drawn ? (_, i) => drawn[i] + value
    : (_, i) => preset.at(i * dtMs + 1e-9, value));
}

/** Noise from its stationary distribution by the exact discretisation (Gillespie 1996). */
function noise(mean, samples, dtMs, seed) {
  const gaussian = gaussians(seed);
  const decay = Math.exp(-dtMs / NOISE.tauMs);
  const kick = NOISE.sd * Math.sqrt(1 - decay * decay);
  let deviation = NOISE.sd * gaussian();
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
