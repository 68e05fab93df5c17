/**
 * Recordings of real neurons. {@link org.nagumo.datagen.recording.RecordingFormats} opens files of any known format as
 * sweeps and channels; a {@link org.nagumo.datagen.recording.RecordingSet} lists the recordings of one data set and
 * what to correct; {@link org.nagumo.datagen.recording.PreparedRecordings} makes sequences of time, current and
 * potential of them:
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
package org.nagumo.datagen.recording;
