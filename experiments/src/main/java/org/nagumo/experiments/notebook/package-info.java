/**
 * Java in Jupyter notebooks: {@link org.nagumo.experiments.notebook.Cells} runs the cells of one in a JShell,
 * {@link org.nagumo.experiments.notebook.JavaKernel} is the Jupyter kernel around it,
 * {@link org.nagumo.experiments.notebook.KernelSpec} tells Jupyter how to start it, and
 * {@link org.nagumo.experiments.notebook.Show} puts the project's figures below a cell.
 */
package org.nagumo.experiments.notebook;
