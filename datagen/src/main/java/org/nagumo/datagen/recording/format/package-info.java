/**
 * Readers of the formats in which recordings are stored: Axon ABF 1 and 2, NWB 2, Igor binary waves 2 and 5, and
 * tables as text. Each reader checks a file's structure when it opens it and reads samples in pieces, so that a
 * recording needs no memory of its own size.
 *
 * <p>The layouts of ABF and IBW follow the vendors' published descriptions (Molecular Devices, <i>Axon Binary File
 * Format</i>; WaveMetrics, Technical Note PTN003), that of NWB the schema of Neurodata Without Borders 2.
 */
package org.nagumo.datagen.recording.format;
