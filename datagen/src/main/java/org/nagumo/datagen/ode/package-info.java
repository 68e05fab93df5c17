/**
 * Reads neurons that are written in the language of XPPAUT's {@code .ode} files.
 * {@link org.nagumo.datagen.ode.OdeReader} turns a text into a {@link org.nagumo.datagen.ode.OdeFile}: a system of
 * equations, and the choice of its input and its potential.
 *
 * <p>A text passes through these steps: lines are joined and arrays expanded ({@code SourceLines}), each statement is
 * recognised ({@code StatementReader}), its formula is parsed into a syntax tree with places ({@code FormulaParser}),
 * and all names are resolved ({@code SystemBuilder}). Every step adds its faults to one list, so that a user sees all
 * faults of a file at once.
 */
package org.nagumo.datagen.ode;
