/**
 * Files of recorded neurons, of any format: {@link org.nagumo.datagen.recording.RecordingFormats} opens a file as
 * sweeps and channels. A format is a service that others may add ({@link org.nagumo.datagen.recording.RecordingFormat}).
 *
 * <pre>
 *   try (RecordingFile file = RecordingFormats.open(Path.of("cell.abf"))) {
 *       for (Sweep sweep : file.sweeps()) {
 *           Channel channel = sweep.channels().get(0);
 *           double[] values = channel.signal().samples();   // in channel.unit()
 *       }
 *   }
 * </pre>
 */
package org.nagumo.datagen.recording;
