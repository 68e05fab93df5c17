// The explorer: both systems under one current, live. Everything shown is a function of the current; it is computed
// anew, both responses over the whole window, whenever the current changes.

import { system } from 'nagumo/system';
import { restAt } from 'nagumo/equilibria';
import { spikes, rate } from 'nagumo/spikes';
import { presets, currentOf } from 'nagumo/currents';
import { portrait } from 'nagumo/plane';
import { Chart } from 'nagumo/chart';

/** Times of Hodgkin and Huxley's neuron in ms, which others have on their own scale. */
const WINDOW = 200;
const TRAIL = 9;
const PROBE = 100;

/** Time of the model in a second of the reader. */
const PLAYING_SPEED = 30;
const KEY_STRETCH = 5;

/** States of the response from which equilibria are looked for as well. */
const VISITED = 20;

const byId = id => document.getElementById(id);
const data = JSON.parse(byId('explorer-data').textContent);
const { scale, units } = data;
const style = getComputedStyle(document.documentElement);
const color = name => style.getPropertyValue('--' + name).trim();
const dt = data.dt;
const samples = Math.round(WINDOW * scale.time / dt);
const window_ = samples * dt;
const times = Float64Array.from({ length: samples }, (_, i) => i * dt);

const currentDigits = digits(Math.abs(scale.current) / 10);
const timeDigits = digits(dt);
const withUnit = (text, unit) => unit ? `${text} ${unit}` : text;
const axis = (name, unit) => unit ? `${name}, ${unit}` : name;
const currentText = (value, places = currentDigits) => withUnit(number(value, places), units.current);
const timeText = (value, places = timeDigits) => withUnit(number(value, places), units.time);
const plainly = value => String(Number(value.toPrecision(3))).replace('-', '\u2212');
const PRESETS = presets(scale, { current: value => withUnit(plainly(value), units.current),
  time: value => withUnit(plainly(value), units.time) });

const LOOKS = {
  neuron: { look: { color: color('neuron'), width: 5 }, pointColor: '#5f5f5f', pointSize: 7.5 },
  network: { look: { color: color('network'), width: 1.8 }, pointColor: color('network'), pointSize: 5 },
};
const PLACES = ['teacher', 'student'];

const views = await Promise.all(data.systems.map(async (description, k) => ({
  of: await system(description), description, place: PLACES[k], ...LOOKS[k === 0 && !description.method ? 'neuron'
    : 'network'],
})));
const student = views[views.length - 1];

const state = {
  preset: PRESETS[0], values: Object.fromEntries(PRESETS.map(p => [p.id, p.slider.value])), seed: 1,
  drawn: currentOf(PRESETS[0], PRESETS[0].slider.value, samples, dt, 1, null), current: null,
  time: 15 * scale.time, cursor: 20 * scale.time,
  playing: !window.matchMedia('(prefers-reduced-motion: reduce)').matches, stale: true, dirty: true,
};

const charts = {
  voltage: new Chart(byId('voltage'), { y: axis(units.potential ? 'membrane potential' : 'potential',
    units.potential) }),
  current: new Chart(byId('current'), { x: axis('time', units.time), y: units.current || 'current' }),
  fi: new Chart(byId('fi'), { x: axis('current', units.current), y: axis('rate', units.rate) }),
};
charts.current.domain = { x: [0, window_], y: [0, 1] };

prepareFrames();
prepareRates();
prepareParameters();
prepareControls();
new ResizeObserver(() => {
  Object.values(charts).forEach(chart => chart.fit());
  state.dirty = true;
}).observe(byId('explorer'));
requestAnimationFrame(frame);

function padded([low, high], share) {
  const margin = share * (high - low) || 1;
  return [low - margin, high + margin];
}

/** Decimal places in which a step of a number shows. */
function digits(step) {
  return Math.max(0, Math.min(9, -Math.floor(Math.log10(step) + 1e-9)));
}

/** Frames around what the systems do from strong hyperpolarisation to fast firing. */
function prepareFrames() {
  const probes = [-15 * scale.hyperpolarising, 0, 2 / 3 * scale.firing, 7 / 3 * scale.firing];
  const length = Math.round(PROBE * scale.time / dt);
  const all = emptyRange();
  for (const view of views) {
    const wide = [emptyRange(), emptyRange()];
    for (const probe of probes) {
      const answer = view.of.simulate(new Float64Array(length).fill(probe * scale.current), dt);
      widen(all, answer.voltage);
      answer.plane.forEach((values, k) => widen(wide[k], values));
    }
    preparePlane(view, wide.map(range => padded(range, 0.08)));
  }
  const size = all[1] - all[0];
  charts.voltage.domain = { x: [0, window_], y: [all[0] - 0.05 * size, all[1] + (0.08 + 0.07 * views.length) * size] };
  views.forEach((view, k) => {
    view.spikeRow = all[1] + (0.07 * (views.length - k)) * size;
    view.spikeHeight = 0.025 * size;
  });
  state.potentialDigits = digits(size / 500);
  byId('saddle-key').hidden = views.every(view => !view.of.planar);
  byId('planar-key').hidden = views.every(view => !view.of.planar);
  byId('projected-key').hidden = views.every(view => !view.chart || view.of.planar);
}

function emptyRange() {
  return [Infinity, -Infinity];
}

function widen(range, values) {
  for (const value of values) {
    if (Number.isFinite(value)) {
      range[0] = Math.min(range[0], value);
      range[1] = Math.max(range[1], value);
    }
  }
}

function preparePlane(view, [x, y]) {
  const canvas = byId(view.place + '-plane');
  if (!view.of.axes) {
    canvas.closest('figure').hidden = true;
    return;
  }
  view.chart = new Chart(canvas, { x: axis(view.of.axes.x.label, view.of.axes.x.unit),
    y: axis(view.of.axes.y.label, view.of.axes.y.unit) });
  charts[view.place] = view.chart;
  view.chart.domain = { x, y };
  byId(view.place + '-caption').textContent = view.of.planar ? `${view.of.name}: its phase plane`
    : `${view.of.name}, projected on ${view.of.axes.x.label} and ${view.of.axes.y.label}`;
}

function prepareRates() {
  const fi = data.rates;
  const top = Math.max(...fi.values.flat()) || 1;
  const currents = emptyRange();
  widen(currents, fi.current);
  charts.fi.domain = { x: padded(currents, 0.05), y: [-0.04 * top, 1.08 * top] };
}

/** The parameters of the systems, as text. */
function prepareParameters() {
  const shown = views.filter(view => view.description.parameters.length);
  byId('parameters').hidden = !shown.length;
  byId('parameters').append(...shown.map(view => {
    const table = document.createElement('table');
    table.createCaption().textContent = view.of.name;
    for (const { name, value, unit, says } of view.description.parameters) {
      const row = table.insertRow();
      const head = document.createElement('th');
      head.scope = 'row';
      head.textContent = name;
      row.append(head);
      for (const text of [withUnit(String(value).replace('-', '\u2212'), unit), says]) {
        row.insertCell().textContent = text;
      }
    }
    return table;
  }));
}

function prepareControls() {
  for (const place of PLACES) {
    const view = views.find(each => each.place === place);
    byId(place + '-key').textContent = view ? view.of.name : '';
    byId(place + '-key').previousElementSibling.hidden = !view;
    if (!view) {
      byId(place + '-plane').closest('figure').hidden = true;
    }
  }
  byId('latency-unit').textContent = axis('latency', units.time);
  byId('peak-unit').textContent = axis('peak', units.potential);
  byId('rate-unit').textContent = axis('rate', units.rate);
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
  byId('time').max = window_ - dt;
  byId('time').step = dt;
  byId('time').addEventListener('input', event => {
    state.playing = false;
    showPlaying();
    setTime(Number(event.target.value));
  });
  byId('voltage').addEventListener('pointerdown', follow(event => {
    state.playing = false;
    showPlaying();
    setTime(Math.min(charts.voltage.at(event).x, window_ - dt));
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
  byId('again').hidden = !preset.noise;
  // The range of steps, and what goes beyond it.
  const { min, max } = PRESETS[0].slider;
  charts.current.domain.y = padded([Math.min(min, slider.min, ...preset.reach), Math.max(max, slider.max,
    ...preset.reach)], 0.033);
  showAmount();
  state.stale = true;
}

function showAmount() {
  const value = state.values[state.preset.id];
  const text = currentText(value, digits(state.preset.slider.step));
  byId('amount-value').textContent = text;
  byId('amount').setAttribute('aria-valuetext', `${state.preset.slider.label} ${text}`);
}

function showPlaying() {
  byId('play').textContent = state.playing ? 'Pause' : 'Play';
  state.dirty = true;
}

function setTime(time) {
  state.time = time;
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
  const first = Math.min(samples - 1, Math.floor(a.x / dt));
  const last = Math.min(samples - 1, Math.floor(b.x / dt));
  for (let i = first; i <= last; i++) {
    const share = last === first ? 1 : (i - first) / (last - first);
    state.drawn[i] = (last === first ? to.y : a.y + share * (b.y - a.y)) - state.values.drawn;
  }
  state.stale = true;
}

function drawByKey(event) {
  const stretch = KEY_STRETCH * scale.time;
  const along = { ArrowLeft: -stretch, ArrowRight: stretch }[event.key];
  const up = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (along) {
    state.cursor = Math.min(window_ - stretch, Math.max(0, state.cursor + along));
  } else if (up) {
    takeUp();
    const first = Math.round(state.cursor / dt);
    for (let i = first; i < Math.min(samples, first + Math.round(stretch / dt)); i++) {
      state.drawn[i] += up * Math.abs(scale.current);
    }
    state.stale = true;
  } else {
    return;
  }
  event.preventDefault();
  state.dirty = true;
  const at = Math.min(samples - 1, Math.round(state.cursor / dt));
  say(`${timeText(state.cursor)}: ${currentText(state.preset.drawn ? state.drawn[at] + state.values.drawn
    : state.current[at])}`);
}

/** The answers of all systems to the present current. */
function respond() {
  const { preset } = state;
  state.current = currentOf(preset, state.values[preset.id], samples, dt, state.seed, state.drawn);
  for (const view of views) {
    const start = preset.held ? restAt(view.of, state.values[preset.id], scale.current) : null;
    view.answer = view.of.simulate(state.current, dt, start);
    view.portrait = null;
    view.lost = view.answer.voltage.findIndex(Number.isNaN);
    const known = view.lost < 0 ? samples : view.lost;
    const all = spikes(view.answer.voltage.subarray(0, known), dt, data.spike);
    view.spikes = all.filter(spike => spike.time >= preset.from);
    view.rate = rate(view.spikes, preset.from, window_) * data.rateFactor;
    view.peak = view.answer.voltage.reduce((a, b) => data.spike.downward ? Math.min(a, b) : Math.max(a, b));
    view.first = view.spikes.length ? view.spikes[0].time - preset.from : NaN;
  }
  const late = state.current.subarray(Math.round(preset.from / dt));
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
    row.append(name, ...[view.spikes.length, number(view.first, timeDigits + 1), number(view.peak,
      state.potentialDigits), view.rate ? number(view.rate, digits(view.rate / 100)) : '\u2013'].map(value => {
        const cell = document.createElement('td');
        cell.textContent = value;
        return cell;
      }));
    return row;
  }));
  const lost = views.filter(view => view.lost >= 0);
  byId('lost').hidden = !lost.length;
  byId('lost').textContent = lost.map(view => `${view.of.name} leaves all bounds, or changes too fast to be computed`
    + ` here, after ${timeText(view.lost * dt)}.`).join(' ');
  const words = views.map(view => `${view.of.name} ${view.spikes.length === 1 ? '1 spike'
    : view.spikes.length + ' spikes'}`).join(', ');
  byId('voltage').setAttribute('aria-label', `Potentials over ${timeText(window_)}: ${words}.`);
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
    setTime((state.time + Math.min(50, now - before) / 1000 * PLAYING_SPEED * scale.time) % window_);
  }
  before = now;
  if (state.dirty) {
    state.dirty = false;
    paint();
  }
  requestAnimationFrame(frame);
}

function paint() {
  const at = Math.min(samples - 1, Math.floor(state.time / dt));
  paintVoltage();
  paintCurrent();
  views.filter(view => view.chart).forEach(view => paintPlane(view, at));
  paintRates();
  if (document.activeElement !== byId('time') || state.playing) {
    byId('time').value = state.time;
  }
  byId('time-value').textContent = `${timeText(state.time)}, ${currentText(state.current[at])}`;
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
      chart.line([spike.time, spike.time], [view.spikeRow - view.spikeHeight, view.spikeRow + view.spikeHeight],
        { color: view.look.color, width: 2.5 });
    }
  }
  chart.vertical(state.time, PLAYHEAD);
  chart.end();
}

function paintCurrent() {
  const chart = charts.current;
  chart.begin();
  chart.line(chart.domain.x, [0, 0], { color: '#b0b0b0', width: 1 });
  chart.steps(times, state.current, { color: '#000000', width: 1.6 });
  chart.vertical(state.time, PLAYHEAD);
  if (document.activeElement === chart.canvas) {
    const [low, high] = chart.domain.y;
    const y = low + 0.03 * (high - low);
    chart.line([state.cursor, state.cursor + KEY_STRETCH * scale.time], [y, y],
      { color: color('first-nullcline'), width: 4 });
  }
  chart.end();
}

/** The picture of a view's system at the present current; states that it visits are searched for equilibria. */
function portraitAt(view, at) {
  const step = Math.abs(scale.current) / 100;
  const current = Math.round(state.current[at] / step) * step;
  if (!view.portrait || view.portrait.current !== current) {
    const visited = Array.from({ length: VISITED }, (_, k) => view.answer.states.map(values =>
      values[Math.floor(samples * k / VISITED)])).filter(x => x.every(Number.isFinite));
    const known = view.portrait ? view.portrait.equilibria.map(each => each.state) : [];
    view.portrait = { current, ...portrait(view.of, current, view.chart.domain, [...known, view.of.rest, ...visited]) };
  }
  return view.portrait;
}

function paintPlane(view, at) {
  const chart = view.chart;
  const [x, y] = view.answer.plane;
  const picture = portraitAt(view, at);
  chart.begin();
  picture.nullclines.forEach((pieces, k) => chart.segments(pieces,
    { color: color(k === 0 ? 'first-nullcline' : 'second-nullcline'), width: 2 }));
  chart.curve(picture.curve, { color: color('second-nullcline'), width: 2, dash: [2, 4] });
  chart.line(x, y, { color: view.look.color, width: 1, alpha: 0.45 });
  chart.line(x, y, { color: view.look.color, width: 3 }, Math.max(0, at - Math.round(TRAIL * scale.time / dt)), at + 1);
  for (const { at: [px, py], kind } of picture.equilibria) {
    chart.point(px, py, { color: color('equilibrium'), size: 4.5, hollow: kind !== 'stable',
      corners: kind === 'saddle' && view.of.dimension === 2 ? 4 : 0 });
  }
  chart.point(x[at], y[at], { color: view.pointColor, size: 6.5, rim: '#ffffff' });
  chart.end();
  showEquilibria(view, picture);
}

/** The equilibria in words. */
function showEquilibria(view, picture) {
  const words = picture.equilibria.map(({ state: x, stable, unstable }) => {
    const place = withUnit(number(view.of.voltage(x), state.potentialDigits), units.potential);
    return `${place}, ${stable ? 'stable' : unstable === 0 ? 'undecided'
      : view.of.dimension === unstable ? 'unstable' : `unstable in ${unstable} of ${view.of.dimension} directions`}`;
  });
  const text = `Equilibria at ${currentText(picture.current)}: ${words.join('; ') || 'none found'}.`;
  if (byId(view.place + '-rest').textContent !== text) {
    byId(view.place + '-rest').textContent = text;
  }
}

function paintRates() {
  const chart = charts.fi;
  const fi = data.rates;
  chart.begin();
  views.forEach((view, k) => chart.line(fi.current, fi.values[k], view.look));
  views.forEach(view => chart.point(state.meanCurrent, view.rate, { size: view.pointSize, color: view.pointColor,
    rim: '#ffffff' }));
  chart.end();
}

/** The numbers inside the network, where the page has a place for them. */
function paintGates(at) {
  const body = byId('gates');
  if (!body || !student.of.gates) {
    return;
  }
  const h = Float64Array.from(student.answer.states, values => values[at]);
  student.of.gates(h, state.current[at]).forEach((values, j) => values.forEach((value, k) => {
    body.rows[j].cells[k + 1].textContent = number(value, 3);
  }));
}

function number(value, places) {
  return Number.isFinite(value) ? value.toFixed(places).replace(/^-(?=0(\.0*)?$)/, '').replace('-', '\u2212')
    : '\u2013';
}
