/**
 * Recordings of real neurons: files with sweeps and channels ({@link org.nagumo.datagen.recording.RecordingFormats}).
 */
package org.nagumo.datagen.recording;
