// Spikes as the Java class SpikeDetector finds them: upward crossings of 0 mV with a later return, each after the potential
// has fallen to the re-arm level.

const REARM_MV = -10;

/**
 * @returns the spikes in order: timeMs, by the line between two samples, and peakMv
 */
export function spikes(voltage, dtMs) {
  const found = [];
  let armed = voltage[0] < 0;
  for (let i = 1; i < voltage.length; i++) {
    if (voltage[i] <= REARM_MV) {
      armed = true;
    } else if (armed && voltage[i] >= 0) {
      armed = false;
      let peakMv = voltage[i];
      let returns = false;
      for (let k = i; k < voltage.length && voltage[k] > REARM_MV; k++) {
        peakMv = Math.max(peakMv, voltage[k]);
        returns = returns || voltage[k] < 0;
        if (k + 1 < voltage.length && voltage[k + 1] <= REARM_MV) {
          returns = true;
        }
      }
      if (returns) {
        found.push({ timeMs: (i - 1 + voltage[i - 1] / (voltage[i - 1] - voltage[i])) * dtMs, peakMv });
      }
    }
  }
  return found;
}

/**
 * Firing rate in Hz between two times: by the last half of the intervals between spikes where the firing goes on to the
 * end, by the count where it has died.
 */
export function rateHz(found, fromMs, toMs) {
  const intervals = found.slice(1).map((spike, i) => spike.timeMs - found[i].timeMs);
  const last = intervals.length - 1;
  if (last < 0 || toMs - found[found.length - 1].timeMs > 1.5 * intervals[last]) {
    return 1000 * found.length / (toMs - fromMs);
  }
  const late = intervals.slice(Math.floor(intervals.length / 2));
  return 1000 * late.length / late.reduce((a, b) => a + b, 0);
}
