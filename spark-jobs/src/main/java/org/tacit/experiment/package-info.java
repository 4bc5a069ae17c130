/**
 * The experiments of Blondel et al. (arXiv 2105.15183), each a class of its own on the public
 * library: {@link org.tacit.experiment.Experiments} has all of them, {@link
 * org.tacit.experiment.Setup} what one is run with and {@link org.tacit.experiment.Findings} what
 * it found.
 */
package org.tacit.experiment;
