/** Losses of a prediction and a label, a number for each row. */
package org.tacit.loss;
