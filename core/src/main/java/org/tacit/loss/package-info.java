/**
 * Losses of a prediction and a label, a number for each row, and losses made of a regularised or
 * perturbed argmax. Cox's partial likelihood is not here: its risk sets are sums over the rows that
 * come later, so that it is no sum of one number a row.
 */
package org.tacit.loss;
