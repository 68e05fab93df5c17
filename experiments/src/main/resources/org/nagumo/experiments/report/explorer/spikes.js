// Spikes as the Java class SpikeDetector finds them: crossings of a threshold with a later return, each after the
// potential has fallen to the re-arm level.

/**
 * @param criterion {threshold, downward, rearm}: what counts as a spike, see the Java class SpikeCriterion
 * @returns the spikes in order: time, by the line between two samples, and peak
 */
export function spikes(potential, dt, criterion) {
  const sign = criterion.downward ? -1 : 1;
  const voltage = potential.map(v => sign * (v - criterion.threshold));
  const rearm = -criterion.rearm;
  const found = [];
  let armed = voltage[0] < 0;
  for (let i = 1; i < voltage.length; i++) {
    if (voltage[i] <= rearm) {
      armed = true;
    } else if (armed && voltage[i] >= 0) {
      armed = false;
      let peak = voltage[i];
      let returns = false;
      for (let k = i; k < voltage.length && voltage[k] > rearm; k++) {
        peak = Math.max(peak, voltage[k]);
        returns = returns || voltage[k] < 0;
        if (k + 1 < voltage.length && voltage[k + 1] <= rearm) {
          returns = true;
        }
      }
      if (returns) {
        found.push({ time: (i - 1 + voltage[i - 1] / (voltage[i - 1] - voltage[i])) * dt,
          peak: criterion.threshold + sign * peak });
      }
    }
  }
  return found;
}

/**
 * Spikes in a unit of time between two times: by the last half of the intervals between spikes where the firing goes on
 * to the end, by the count where it has died.
 */
export function rate(found, from, to) {
  const intervals = found.slice(1).map((spike, i) => spike.time - found[i].time);
  const last = intervals.length - 1;
  if (last < 0 || to - found[found.length - 1].time > 1.5 * intervals[last]) {
    return found.length / (to - from);
  }
  const late = intervals.slice(Math.floor(intervals.length / 2));
  return late.length / late.reduce((a, b) => a + b, 0);
}
