/**
 * Data sets as DataVec sequence records: generated from a protocol ({@link
 * org.nagumo.datagen.dataset.DatasetGenerator}) or taken from recordings ({@link
 * org.nagumo.datagen.dataset.Recordings}), written in a compact checksummed form or as CSV, and read back as
 * minibatches ({@link org.nagumo.datagen.dataset.SequenceDataSetIterator}), through a {@code SequenceRecordReader},
 * window by window ({@link org.nagumo.datagen.dataset.SequenceFile}) or whole into arrays ({@link
 * org.nagumo.datagen.dataset.TrajectorySet}). Each has a {@link org.nagumo.datagen.dataset.Manifest} from which it can
 * be made again.
 *
 * <p>Each thread draws, simulates and writes batches of its own where the file has them; one thread takes the file's
 * SHA-256 checksum in order beside them. What is left of that at the end is the part that more threads do not shorten.
 */
package org.nagumo.datagen.dataset;
