/**
 * Figures and the page, drawn from records alone: nothing here simulates or measures. One style for all figures
 * ({@code Style}), PNG and SVG of each.
 * <ul>
 * <li>{@link org.nagumo.experiments.report.EvaluationFigures}, {@link org.nagumo.experiments.report.PortraitFigure} and
 * {@link org.nagumo.experiments.report.BifurcationFigures}: the figures of the report;</li>
 * <li>{@link org.nagumo.experiments.report.Plot}: a figure of one's own in the same look;</li>
 * <li>{@link org.nagumo.experiments.report.ReportPage}: the page, with {@link org.nagumo.experiments.report.Explorer},
 * which computes in the reader's browser: its ES modules are resources of this package.</li>
 * </ul>
 */
package org.nagumo.experiments.report;
