/**
 * Figures and the page, drawn from records alone: nothing here simulates or measures. One style for all figures
 * ({@code Style}), PNG and SVG of each.
 */
package org.nagumo.experiments.report;
