// The explorer: both systems under one current, live. Everything shown is a function of the current; it is computed
// anew, both responses over the whole window, whenever the current changes.

import { system, restAt } from 'nagumo/system';
import { spikes, rateHz } from 'nagumo/spikes';
import { PRESETS, currentOf } from 'nagumo/currents';
import { portrait } from 'nagumo/plane';
import { Chart } from 'nagumo/chart';

const WINDOW_MS = 200;
const TRAIL_MS = 9;

/** Milliseconds of the model in a second of the reader. */
const PLAYING_SPEED = 30;
const KEY_STRETCH_MS = 5;
const CURRENT_RANGE = [-22, 42];
const VOLTAGE_RANGE = [-110, 74];

const byId = id => document.getElementById(id);
const data = JSON.parse(byId('explorer-data').textContent);
const style = getComputedStyle(document.documentElement);
const color = name => style.getPropertyValue('--' + name).trim();
const dtMs = data.dtMs;
const samples = Math.round(WINDOW_MS / dtMs);
const times = Float64Array.from({ length: samples }, (_, i) => i * dtMs);

const teacher = system(data.teacher);
const student = system(data.student);
// The neuron's plane is drawn with the nullclines of its reduction, which has the same two variables.
const reduced = system(data.reduction);

const views = [
  { of: teacher, flow: reduced, role: 'neuron', look: { color: color('neuron'), width: 5 },
    pointColor: '#5f5f5f', spikeRow: 66 },
  { of: student, flow: student, role: 'student', look: { color: color('network'), width: 1.8 },
    pointColor: color('network'), spikeRow: 56 },
];

const state = {
  preset: PRESETS[0], values: Object.fromEntries(PRESETS.map(p => [p.id, p.slider.value])), seed: 1,
  drawn: currentOf(PRESETS[0], 10, samples, dtMs, 1, null), current: null, timeMs: 15, cursorMs: 20,
  playing: !window.matchMedia('(prefers-reduced-motion: reduce)').matches, stale: true, dirty: true,
};

const charts = {
  voltage: new Chart(byId('voltage'), { y: 'membrane potential, mV' }),
  current: new Chart(byId('current'), { x: 'time, ms', y: '\u00b5A/cm\u00b2' }),
  fi: new Chart(byId('fi'), { x: 'current, \u00b5A/cm\u00b2', y: 'rate, Hz' }),
};
charts.voltage.domain = { x: [0, WINDOW_MS], y: VOLTAGE_RANGE };
charts.current.domain = { x: [0, WINDOW_MS], y: CURRENT_RANGE };

for (const view of views) {
  preparePlane(view);
}
prepareRates();
prepareControls();
new ResizeObserver(() => {
  Object.values(charts).forEach(chart => chart.fit());
  state.dirty = true;
}).observe(byId('explorer'));
requestAnimationFrame(frame);

/** The plane of a view, framed around what the system does from strong hyperpolarisation to fast firing. */
function preparePlane(view) {
  const canvas = byId(view.role === 'neuron' ? 'teacher-plane' : 'student-plane');
  const [x, y] = view.of.plane || [0, 0];
  if (!view.of.plane) {
    canvas.closest('figure').hidden = true;
    return;
  }
  const names = view.of.stateNames;
  const axis = name => name === 'V' ? 'V, mV' : name;
  view.chart = new Chart(canvas, { x: axis(names[x]), y: axis(names[y]) });
  charts[view.role] = view.chart;
  const wide = [[1e9, -1e9], [1e9, -1e9]];
  for (const current of [-15, 0, 10, 35]) {
    const answer = view.of.simulate(new Float64Array(Math.round(100 / dtMs)).fill(current), dtMs);
    [x, y].forEach((variable, k) => answer.states[variable].forEach(value => {
      wide[k][0] = Math.min(wide[k][0], value);
      wide[k][1] = Math.max(wide[k][1], value);
    }));
  }
  const [xs, ys] = wide.map(([low, high]) => [low - 0.08 * (high - low), high + 0.08 * (high - low)]);
  view.chart.domain = { x: xs, y: ys };
  view.planar = view.flow.stateNames.length === 2;
  byId(view.role === 'neuron' ? 'teacher-caption' : 'student-caption').textContent = view.role === 'neuron'
    ? `${view.of.name}, projected on ${names[x]} and ${names[y]}; nullclines and rest of its classical reduction`
    : `${view.of.name}: its own ${view.planar ? 'phase plane' : names[x] + ' and ' + names[y]}`;
}

function prepareRates() {
  const fi = data.rates;
  const top = Math.max(100, ...fi.teacher, ...fi.student);
  charts.fi.domain = { x: [fi.current[0] - 1, fi.current[fi.current.length - 1] + 1], y: [-4, 1.08 * top] };
}

function prepareControls() {
  byId('teacher-key').textContent = data.teacher.name;
  byId('student-key').textContent = data.student.name;
  for (const preset of PRESETS) {
    const label = document.createElement('label');
    const input = document.createElement('input');
    input.type = 'radio';
    input.name = 'preset';
    input.value = preset.id;
    input.checked = preset === state.preset;
    input.addEventListener('change', () => choose(preset));
    label.append(input, preset.name);
    byId('presets').append(label);
  }
  byId('amount').addEventListener('input', event => {
    state.values[state.preset.id] = Number(event.target.value);
    showAmount();
    state.stale = true;
  });
  byId('play').addEventListener('click', () => {
    state.playing = !state.playing;
    showPlaying();
  });
  byId('again').addEventListener('click', () => {
    state.seed++;
    state.stale = true;
  });
  byId('time').max = WINDOW_MS - dtMs;
  byId('time').step = dtMs;
  byId('time').addEventListener('input', event => {
    state.playing = false;
    showPlaying();
    setTime(Number(event.target.value));
  });
  byId('voltage').addEventListener('pointerdown', follow(event => {
    state.playing = false;
    showPlaying();
    setTime(Math.min(charts.voltage.at(event).x, WINDOW_MS - dtMs));
  }));
  let last = null;
  byId('current').addEventListener('pointerdown', follow((event, first) => {
    const here = charts.current.at(event);
    draw(first ? here : last, here);
    last = here;
  }));
  byId('current').addEventListener('keydown', drawByKey);
  choose(state.preset);
  showPlaying();
}

/** A listener that follows a pointer from where it goes down. */
function follow(move) {
  return event => {
    const canvas = event.target;
    canvas.setPointerCapture(event.pointerId);
    move(event, true);
    const onMove = next => {
      // Where a browser tells them, all points that the pointer has passed since the last frame.
      const passed = next.getCoalescedEvents ? next.getCoalescedEvents() : [];
      (passed.length ? passed : [next]).forEach(one => move(one, false));
    };
    canvas.addEventListener('pointermove', onMove);
    canvas.addEventListener('lostpointercapture', () => canvas.removeEventListener('pointermove', onMove),
      { once: true });
  };
}

function choose(preset) {
  state.preset = preset;
  const { slider } = preset;
  const amount = byId('amount');
  amount.min = slider.min;
  amount.max = slider.max;
  amount.step = slider.step;
  amount.value = state.values[preset.id];
  byId('amount-name').textContent = slider.label;
  byId('says').textContent = preset.says;
  byId('again').hidden = !preset.random;
  showAmount();
  state.stale = true;
}

function showAmount() {
  const value = state.values[state.preset.id];
  const text = `${number(value, state.preset.slider.step < 0.1 ? 2 : 1)} \u00b5A/cm\u00b2`;
  byId('amount-value').textContent = text;
  byId('amount').setAttribute('aria-valuetext', `${state.preset.slider.label} ${text}`);
}

function showPlaying() {
  byId('play').textContent = state.playing ? 'Pause' : 'Play';
  state.dirty = true;
}

function setTime(timeMs) {
  state.timeMs = timeMs;
  state.dirty = true;
}

/** Makes the present current the drawn one, to go on from it. */
function takeUp() {
  if (!state.preset.drawn) {
    state.drawn = Float64Array.from(state.current);
    state.values.drawn = 0;
    const drawn = PRESETS.find(preset => preset.drawn);
    document.querySelector(`#presets input[value=${drawn.id}]`).checked = true;
    choose(drawn);
  }
}

function draw(from, to) {
  takeUp();
  const [a, b] = from.x <= to.x ? [from, to] : [to, from];
  const first = Math.min(samples - 1, Math.floor(a.x / dtMs));
  const last = Math.min(samples - 1, Math.floor(b.x / dtMs));
  for (let i = first; i <= last; i++) {
    const share = last === first ? 1 : (i - first) / (last - first);
    state.drawn[i] = (last === first ? to.y : a.y + share * (b.y - a.y)) - state.values.drawn;
  }
  state.stale = true;
}

function drawByKey(event) {
  const along = { ArrowLeft: -KEY_STRETCH_MS, ArrowRight: KEY_STRETCH_MS }[event.key];
  const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (along) {
    state.cursorMs = Math.min(WINDOW_MS - KEY_STRETCH_MS, Math.max(0, state.cursorMs + along));
  } else if (up) {
    takeUp();
    const first = Math.round(state.cursorMs / dtMs);
    for (let i = first; i < first + Math.round(KEY_STRETCH_MS / dtMs); i++) {
      state.drawn[i] += up;
    }
    state.stale = true;
  } else {
    return;
  }
  event.preventDefault();
  state.dirty = true;
  const at = Math.round(state.cursorMs / dtMs);
  say(`${number(state.cursorMs, 0)} ms: ${number(state.preset.drawn ? state.drawn[at] + state.values.drawn
    : state.current[at], 1)} \u00b5A/cm\u00b2`);
}

/** Both answers to the present current. */
function respond() {
  const { preset } = state;
  state.current = currentOf(preset, state.values[preset.id], samples, dtMs, state.seed, state.drawn);
  for (const view of views) {
    const start = preset.held ? restAt(view.of, state.values[preset.id]) : null;
    view.answer = view.of.simulate(state.current, dtMs, start);
    const all = spikes(view.answer.voltage, dtMs);
    view.spikes = all.filter(spike => spike.timeMs >= preset.fromMs);
    view.rateHz = rateHz(view.spikes, preset.fromMs, WINDOW_MS);
    view.peakMv = view.answer.voltage.reduce((a, b) => Math.max(a, b));
    view.firstMs = view.spikes.length ? view.spikes[0].timeMs - preset.fromMs : NaN;
  }
  const late = state.current.subarray(Math.round(preset.fromMs / dtMs));
  state.meanCurrent = late.reduce((a, b) => a + b, 0) / late.length;
  showReadings();
  state.stale = false;
  state.dirty = true;
}

function showReadings() {
  byId('readings').replaceChildren(...views.map(view => {
    const row = document.createElement('tr');
    const name = document.createElement('th');
    name.scope = 'row';
    name.textContent = view.of.name;
    row.append(name, ...[view.spikes.length, number(view.firstMs, 2), number(view.peakMv, 1),
      view.rateHz ? number(view.rateHz, 1) : '\u2013'].map(value => {
        const cell = document.createElement('td');
        cell.textContent = value;
        return cell;
      }));
    return row;
  }));
  const words = views.map(view => `${view.of.name} ${view.spikes.length === 1 ? '1 spike'
    : view.spikes.length + ' spikes'}`).join(', ');
  byId('voltage').setAttribute('aria-label', `Membrane potentials over 200 ms: ${words}.`);
  say(`${state.preset.slider.label} ${byId('amount-value').textContent}: ${words}.`);
}

let speaking = 0;

/** Tells readers who listen, once the last change is half a second old. */
function say(text) {
  clearTimeout(speaking);
  speaking = setTimeout(() => {
    byId('announce').textContent = text;
  }, 500);
}

let before = 0;

function frame(now) {
  if (state.stale) {
    respond();
  }
  if (state.playing) {
    setTime((state.timeMs + Math.min(50, now - before) / 1000 * PLAYING_SPEED) % WINDOW_MS);
  }
  before = now;
  if (state.dirty) {
    state.dirty = false;
    paint();
  }
  requestAnimationFrame(frame);
}

function paint() {
  const at = Math.min(samples - 1, Math.floor(state.timeMs / dtMs));
  paintVoltage();
  paintCurrent();
  views.filter(view => view.chart).forEach(view => paintPlane(view, at));
  paintRates();
  if (document.activeElement !== byId('time') || state.playing) {
    byId('time').value = state.timeMs;
  }
  byId('time-value').textContent = `${number(state.timeMs, 1)} ms, ${number(state.current[at], 1)} \u00b5A/cm\u00b2`;
  byId('time').setAttribute('aria-valuetext', byId('time-value').textContent);
  paintGates(at);
}

const PLAYHEAD = { color: '#000000', width: 1, alpha: 0.55 };

function paintVoltage() {
  const chart = charts.voltage;
  chart.begin();
  for (const view of views) {
    chart.line(times, view.answer.voltage, view.look);
    for (const spike of view.spikes) {
      chart.line([spike.timeMs, spike.timeMs], [view.spikeRow - 4, view.spikeRow + 4],
        { color: view.look.color, width: 2.5 });
    }
  }
  chart.vertical(state.timeMs, PLAYHEAD);
  chart.end();
}

function paintCurrent() {
  const chart = charts.current;
  chart.begin();
  chart.line(chart.domain.x, [0, 0], { color: '#b0b0b0', width: 1 });
  chart.steps(times, state.current, { color: '#000000', width: 1.6 });
  chart.vertical(state.timeMs, PLAYHEAD);
  if (document.activeElement === chart.canvas) {
    const to = state.cursorMs + KEY_STRETCH_MS;
    chart.line([state.cursorMs, to], [CURRENT_RANGE[0] + 2, CURRENT_RANGE[0] + 2],
      { color: color('first-nullcline'), width: 4 });
  }
  chart.end();
}

function paintPlane(view, at) {
  const chart = view.chart;
  const [x, y] = view.of.plane.map(variable => view.answer.states[variable]);
  const current = Math.round(state.current[at] * 100) / 100;
  if (view.planar && (!view.portrait || view.portrait.current !== current)) {
    view.portrait = { current, ...portrait(view.flow.derivative, current, chart.domain) };
  }
  chart.begin();
  if (view.planar) {
    chart.segments(view.portrait.nullclines[0], { color: color('first-nullcline'), width: 2 });
    chart.segments(view.portrait.nullclines[1], { color: color('second-nullcline'), width: 2 });
  }
  chart.line(x, y, { color: view.look.color, width: 1, alpha: 0.45 });
  chart.line(x, y, { color: view.look.color, width: 3 }, Math.max(0, at - Math.round(TRAIL_MS / dtMs)), at + 1);
  for (const equilibrium of view.planar ? view.portrait.equilibria : []) {
    chart.point(equilibrium.state[0], equilibrium.state[1], { color: color('equilibrium'), size: 4.5,
      hollow: equilibrium.kind !== 'stable', corners: equilibrium.kind === 'saddle' ? 4 : 0 });
  }
  chart.point(x[at], y[at], { color: view.pointColor, size: 6.5,
    rim: '#ffffff' });
  chart.end();
}

function paintRates() {
  const chart = charts.fi;
  const fi = data.rates;
  chart.begin();
  chart.line(fi.current, fi.teacher, views[0].look);
  chart.line(fi.current, fi.student, views[1].look);
  views.forEach(view => chart.point(state.meanCurrent, view.rateHz, { size: view.role === 'neuron' ? 7.5 : 5,
    color: view.pointColor, rim: '#ffffff' }));
  chart.end();
}

/** The numbers inside the network, where the page has a place for them. */
function paintGates(at) {
  const body = byId('gates');
  if (!body || !student.gates) {
    return;
  }
  const h = student.stateNames.map((_, j) => views[1].answer.states[j][at]);
  student.gates(h, state.current[at]).forEach((unit, j) => {
    const row = body.rows[j];
    [unit.h, unit.z, unit.r, unit.c, (1 - unit.z) * (unit.c - unit.h) / unit.tauMs].forEach((value, k) => {
      row.cells[k + 1].textContent = number(value, 3);
    });
  });
}

function number(value, digits) {
  return Number.isFinite(value) ? value.toFixed(digits).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '\u2212')
    : '\u2013';
}
