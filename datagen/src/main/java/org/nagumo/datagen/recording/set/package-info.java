/**
 * Recordings of one cell as sequences of time, current and potential: a {@link
 * org.nagumo.datagen.recording.set.RecordingSet} lists files, corrections, and what is held out; {@link
 * org.nagumo.datagen.recording.set.PreparedRecordings} reads and prepares them.
 *
 * <pre>
 *   RecordingSet set = RecordingSet.read(Path.of("recordings.yaml"));
 *   try (PreparedRecordings prepared = PreparedRecordings.of(set)) {
 *       prepared.forEach(0, (index, columns) -&gt; use(prepared.sequences().get(index), columns));
 *   }
 * </pre>
 *
 * <p>Currents keep the unit of the recording. A membrane's area is never assumed.
 */
package org.nagumo.datagen.recording.set;
