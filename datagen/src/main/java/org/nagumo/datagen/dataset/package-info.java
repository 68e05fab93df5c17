/**
 * Data sets as DataVec sequence records: generated from a protocol, written in a compact checksummed form or as CSV,
 * and read back through a {@code SequenceRecordReader} or straight into arrays.
 */
package org.nagumo.datagen.dataset;
