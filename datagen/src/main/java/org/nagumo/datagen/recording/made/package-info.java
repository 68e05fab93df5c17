/**
 * Recordings of simulated neurons, as a rig would make them ({@link
 * org.nagumo.datagen.recording.made.MadeRecording}): for tests and examples, where the truth is known.
 */
package org.nagumo.datagen.recording.made;
