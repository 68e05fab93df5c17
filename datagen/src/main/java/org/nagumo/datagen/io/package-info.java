/**
 * What people give and get: tables of numbers that name their faults ({@link org.nagumo.datagen.io.CsvTable}), uniform
 * times ({@link org.nagumo.datagen.io.UniformTimes}), the name that was probably meant
 * ({@link org.nagumo.datagen.io.Nearest}), and files that appear whole or not at all
 * ({@link org.nagumo.datagen.io.AtomicFile}).
 */
package org.nagumo.datagen.io;
