/**
 * Files: tables of numbers that name their faults ({@link org.nagumo.datagen.io.CsvTable}), and files that appear
 * whole or not at all ({@link org.nagumo.datagen.io.AtomicFile}).
 */
package org.nagumo.datagen.io;
